import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { DirectoryInUse, lockDirectory } from '../../../../scripts/services/timescale/lock.js';

test('a lock that is held is refused with the process that holds it, until it is released', async (t) => {
  const file = await lockFile(t);
  const lock = await lockDirectory(file);

  await assert.rejects(lockDirectory(file), { name: 'DirectoryInUse', pid: process.pid });

  lock.release();
  await lockDirectory(file);
});

test('the lock of a process that ended is taken over', async (t) => {
  const file = await lockFile(t);
  const holder = holderOf(file);
  t.after(() => holder.kill('SIGKILL'));
  await once(holder, 'message');
  await assert.rejects(lockDirectory(file), DirectoryInUse);
  holder.kill('SIGKILL');
  await once(holder, 'exit');

  await lockDirectory(file);
});

test('an id that belongs to another process by now does not hold the lock', async (t) => {
  const file = await lockFile(t);
  await writeFile(file, `${process.pid} 1\n`);

  await lockDirectory(file);
});

test('of many who find a stale lock at once one gets it', async (t) => {
  const file = await lockFile(t);
  await writeFile(file, '999999999 1\n');
  const holders = Array.from({ length: 4 }, () => holderOf(file));
  t.after(() => {
    for (const holder of holders) holder.kill('SIGKILL');
  });

  const outcomes = await Promise.all(holders.map(async (holder) => (await once(holder, 'message'))[0]));

  assert.deepEqual(outcomes.sort(), ['DirectoryInUse', 'DirectoryInUse', 'DirectoryInUse', 'locked']);
  assert.deepEqual(await readdir(join(file, '..')), ['lock']);
});

async function lockFile(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'paceline-lock-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return join(directory, 'lock');
}

function holderOf(file: string) {
  const module = new URL('../../../../scripts/services/timescale/lock.js', import.meta.url).href;
  const script = `import { lockDirectory } from ${JSON.stringify(module)};
    lockDirectory(${JSON.stringify(file)}).then(() => process.send('locked'), (error) => process.send(error.name));
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}
