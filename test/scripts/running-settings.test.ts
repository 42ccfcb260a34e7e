import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { NothingRuns, runningSettings } from '../../scripts/running-settings.js';
import { lockDirectory } from '../../scripts/services/timescale/lock.js';
import { temporaryFolder } from '../support/folders.js';

/** Without the servers of the test run, which would count instead. */
async function demoFolder(context: TestContext): Promise<string> {
  for (const name of ['NEO4J_URL', 'TIMESCALE_URL']) {
    const url = process.env[name];
    delete process.env[name];
    context.after(() => {
      if (url !== undefined) process.env[name] = url;
    });
  }
  const folder = await temporaryFolder(context);
  writeFileSync(join(folder, 'running.json'), JSON.stringify({ PORT: '7300' }));
  return folder;
}

test('a demo that runs says how it is configured', async (context) => {
  const folder = await demoFolder(context);
  const lock = await lockDirectory(join(folder, 'lock'));

  assert.deepEqual(runningSettings(folder), { PORT: '7300' });

  lock.release();
  assert.throws(() => runningSettings(folder), NothingRuns);
});

test('a demo that was killed runs no more, though it could not say so', async (context) => {
  const folder = await demoFolder(context);
  const lock = new URL('../../scripts/services/timescale/lock.js', import.meta.url).href;
  const program = `import { lockDirectory } from '${lock}';
    await lockDirectory(process.argv[1]);
    process.kill(process.pid, 'SIGKILL');`;
  const args = ['--input-type=module', '--eval', program, join(folder, 'lock')];
  assert.equal(spawnSync(process.execPath, args).signal, 'SIGKILL');

  assert.throws(() => runningSettings(folder), NothingRuns);
});
