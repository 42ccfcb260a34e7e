import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

const CHILDREN = new URL('../../../../scripts/services/children.mjs', import.meta.url).href;
// A process that ended and that nobody has waited for still has an id; this sees through it.
const identity: { processStartedAt(pid: number): string | undefined } = await import(
  new URL('../../../../scripts/services/process-identity.mjs', import.meta.url).href
);

// A runner as small as can be: it starts a process that starts another, and a folder that has to go.
const runner = (directory: string) => `
  import { createChildren } from ${JSON.stringify(CHILDREN)};
  const children = createChildren();
  children.removeAtEnd(${JSON.stringify(directory)});
  const stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);";
  const parent = "require('child_process').spawn(process.execPath, ['-e', " + JSON.stringify(stubborn)
    + "], { stdio: 'inherit' }).on('spawn', function () { console.log(this.pid) });" + stubborn;
  const child = children.start(process.execPath, ['-e', parent], { logFile: ${JSON.stringify(join(directory, 'log'))} });
  process.on('SIGINT', async () => {
    await children.close();
    process.exit(130);
  });
  console.log(child.pid);
  setInterval(() => {}, 1000);`;

for (const signal of ['SIGINT', 'SIGKILL'] as const) {
  test(`nothing runs and no folder is left after ${signal}`, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'paceline-children-'));
    await writeFile(join(directory, 'row'), 'kept nowhere');
    const started = spawn(process.execPath, ['--input-type=module', '-e', runner(directory)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await firstNumber(started);
    const grandchild = await until(async () => Number(await readLog(join(directory, 'log'))));

    started.kill(signal);

    await until(() => !existsSync(directory) && !isAlive(pid) && !isAlive(grandchild));
  });
}

async function firstNumber(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error('no output to read');
  for await (const line of createInterface({ input: child.stdout })) return Number(line);
  throw new Error('the runner ended early');
}

async function readLog(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

const isAlive = (pid: number): boolean => identity.processStartedAt(pid) !== undefined;

/** Asks until the answer is something. */
async function until<T>(ask: () => T | Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await ask();
    if (answer) return answer;
    await delay(50);
  }
  assert.fail('it did not happen within ten seconds');
}
