import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiled, gather } from './compile.mjs';
import { installPackages } from './packages.mjs';
import { preflight } from './preflight.mjs';
import { sentenceFor } from './problem.mjs';
import { createProgress } from './progress.mjs';
import { fetchArtifacts } from './services/artifacts.mjs';
import { createChildren } from './services/children.mjs';
import { startStores } from './services/stores.mjs';
import { chosenTestFiles } from './test-files.mjs';
import { openTurns } from './turns.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
// One has its turn with the stores; meanwhile another loads its code and waits, and a third may need no stores.
const TEST_FOLDERS_AT_ONCE = 3;
const INTERRUPTED = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/**
 * Sets up everything on free ports with throw-away data, checks, reports and ends the process.
 *
 * @param {string[]} words only test files whose path holds one of them, and no other checks; all when empty
 * @param {{ isLong?: boolean }} [options] isLong: without words, only the test files that have a large count
 */
export async function runChecks(words, { isLong = false } = {}) {
  const children = createChildren();
  const running = { stores: undefined };
  let code = 1;
  try {
    code = await Promise.race([check({ words, isLong }, children, running), interruption()]);
  } catch (error) {
    process.stderr.write(`${sentenceFor(error, ROOT)}\n`);
  }
  await running.stores?.stop('SIGKILL');
  // The guardian stops what still runs and removes the throw-away folder, and only then is anything over.
  await children.close();
  process.exit(code);
}

async function check({ words, isLong }, children, running) {
  const progress = createProgress();
  const results = [];
  const record = async (name, work) => {
    const startedAt = Date.now();
    const outcome = await work();
    results.push({ name, seconds: (Date.now() - startedAt) / 1000, ...outcome });
  };

  const directory = mkdtempSync(join(tmpdir(), 'paceline-test-'));
  children.removeAtEnd(directory);
  const needsServers = !(process.env.NEO4J_URL && process.env.REDIS_URL);
  await preflight({ directory, needsServers });
  const files = chosenTestFiles(ROOT, words, { isLong });

  const fetching = needsServers ? fetchArtifacts(progress, children) : Promise.resolve(undefined);
  fetching.catch(() => {});
  await installPackages(ROOT, progress, children);
  await record('tsc', () => progress.step('Compiling', () => tool(children, 'typescript/bin/tsc')));
  const artifacts = await fetching;
  const starting = startStores({
    children,
    artifacts,
    progress,
    isShortLived: true,
    directory,
    password: randomBytes(18).toString('base64url'),
    environment: process.env,
  });
  starting.catch(() => {});
  // The linters use the processors that the servers leave idle while they start.
  if (words.length === 0 && !isLong) await runLinters(record, progress, children);
  running.stores = await starting;

  const temporary = join(directory, 'tmp');
  mkdirSync(temporary);
  const turns = await openTurns();
  // A letter that nobody takes is tried again for a quarter of an hour, and every athlete of every test is sent one.
  const { catchMail } = await compiled('scripts/services/mail-catcher.js');
  const mail = await catchMail(() => {});
  const environment = {
    ...process.env,
    ...running.stores.environment,
    PACELINE_TEST_TURNS: String(turns.port),
    PACELINE_TEST_SMTP_URL: mail.url,
    TMPDIR: temporary,
  };
  await record('tests', () => runTests(files, children, environment));
  return report(results);
}

async function runLinters(record, progress, children) {
  await record('biome', () =>
    progress.step('Biome', () => tool(children, '@biomejs/biome/bin/biome', ['check', '.'])),
  );
  await record('knip', () => progress.step('knip', () => tool(children, 'knip/bin/knip.js')));
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  if (scripts['policies:test']) {
    await record('policies', () =>
      progress.step('Policies', () => gather(children, ROOT, 'npm', ['run', '--silent', 'policies:test'])),
    );
  }
}

function runTests(files, children, env) {
  const missing = files.filter((file) => !existsSync(join(ROOT, file)));
  if (missing.length > 0) return { passed: false, output: `not compiled: ${missing.join(', ')}` };
  const args = [join(ROOT, 'scripts/run-test-files.mjs'), String(TEST_FOLDERS_AT_ONCE), ...files];
  return new Promise((resolve) => {
    // Its own process group: the guardian can end it together with the processes of the test files.
    const runner = spawn(process.execPath, args, {
      cwd: ROOT,
      env,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    children.watch(runner.pid);
    runner.once('exit', (code) => resolve({ passed: code === 0, output: '' }));
  });
}

const tool = (children, path, args = []) =>
  gather(children, ROOT, process.execPath, [join(ROOT, 'node_modules', path), ...args]);

function report(results) {
  const failed = results.filter((result) => !result.passed);
  for (const { name, output } of failed) if (output) console.log(`\n—— ${name} ——\n${output.trimEnd()}`);
  console.log('');
  for (const { name, passed, seconds } of results) {
    console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(9)} ${seconds.toFixed(1).padStart(6)} s`);
  }
  for (const line of results.flatMap(({ output }) => skippedIn(output))) console.log(`\n${line}`);
  console.log(
    failed.length === 0 ? '\nEvery check passed.' : `\nFailed: ${failed.map(({ name }) => name).join(', ')}.`,
  );
  return failed.length === 0 ? 0 : 1;
}

/** What a check that passed did not look at. */
const skippedIn = (output) => output.split('\n').filter((line) => line.startsWith('Skipped, '));

/** Resolves with the exit code of the first signal that asks this process to end. */
function interruption() {
  return new Promise((resolve) => {
    for (const [signal, code] of Object.entries(INTERRUPTED)) {
      process.on(signal, () => {
        process.stderr.write('Interrupted: stopping everything.\n');
        resolve(code);
      });
    }
  });
}
