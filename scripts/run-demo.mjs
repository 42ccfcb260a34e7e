import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compile, compiled } from './compile.mjs';
import { demoSecrets } from './demo-secrets.mjs';
import { installPackages } from './packages.mjs';
import { preflight } from './preflight.mjs';
import { Problem, sentenceFor } from './problem.mjs';
import { createProgress } from './progress.mjs';
import { fetchArtifacts } from './services/artifacts.mjs';
import { createChildren } from './services/children.mjs';
import { startNeo4j } from './services/neo4j.mjs';
import { requireFreePort } from './services/ports.mjs';
import { startStores } from './services/stores.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIRECTORY = join(ROOT, '.paceline', 'demo');

const FIRST_PORT = 7300;
const PORTS = ['api', 'bolt', 'http', 'timescale', 'redis', 'analystBolt', 'analystHttp'];
const ANALYST_MEMORY = { heapMegabytes: 768, pageCacheMegabytes: 128 };
const OWNERS = {
  api: 'the API',
  bolt: 'Neo4j',
  http: 'Neo4j Browser',
  timescale: 'TimescaleDB',
  redis: 'Redis',
  analystBolt: 'Neo4j for analysts',
  analystHttp: 'Neo4j Browser for analysts',
};

/** Sets everything up, plays the main job and stays up until Ctrl-C. Ends the process. */
export async function runDemo(words) {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => ending.abort());
  const children = createChildren();
  let code = 0;
  try {
    const options = readArguments(words);
    const stage = await unlessAborted(setStage(options, children), ending.signal);
    if (stage) await perform(options, stage, ending);
  } catch (error) {
    process.stderr.write(`${sentenceFor(error, DIRECTORY)}\n`);
    code = 1;
  }
  await children.close();
  process.exit(code);
}

/** Everything up to the stores: whatever of it runs when the demo is ended early is stopped by the guardian. */
async function setStage({ firstPort, analysts }, children) {
  const progress = createProgress();
  mkdirSync(DIRECTORY, { recursive: true, mode: 0o700 });
  await preflight({ directory: DIRECTORY });
  const fetching = fetchArtifacts(progress, children);
  fetching.catch(() => {});
  await installPackages(ROOT, progress, children);
  await progress.step('Compiling', () => compile(ROOT, children));
  const lock = await lockDemo();
  const ports = await freePorts(firstPort, analysts);
  const secrets = demoSecrets(join(DIRECTORY, 'secrets.json'));
  const stores = await startStores({
    children,
    artifacts: await fetching,
    progress,
    isShortLived: true,
    directory: DIRECTORY,
    password: secrets.storesPassword,
    ports,
  });
  const environment = { ...stores.environment, ...secrets.environment, ...places(ports) };
  const artifacts = await fetching;
  // When everything else is up, so that nobody waits for it who does not ask it anything.
  const startAnalysts = () =>
    startNeo4j(children, artifacts, {
      directory: join(DIRECTORY, 'analyst-neo4j'),
      boltPort: ports.analystBolt,
      httpPort: ports.analystHttp,
      password: secrets.storesPassword,
      isShortLived: true,
      ...ANALYST_MEMORY,
    });
  return { stores, environment, lock, progress, watch: children.watch, ...(analysts && { startAnalysts }) };
}

async function perform({ once, file }, stage, ending) {
  const { stores, environment, lock, progress, watch, startAnalysts } = stage;
  let failure;
  stores.failed.then((sentence) => {
    failure = new Problem(sentence);
    ending.abort();
  });
  try {
    const { play } = await compiled('scripts/demo/play.js');
    await play({
      once,
      ...(file && { file }),
      ...(startAnalysts && { startAnalysts }),
      environment,
      browserUrl: stores.neo4jBrowserUrl,
      logDirectory: join(DIRECTORY, 'logs'),
      signal: ending.signal,
      watch,
    });
  } catch (error) {
    // What breaks because a store failed, or because Ctrl-C took it down, is not the reason.
    if (!ending.signal.aborted) throw error;
  } finally {
    await progress.step('Stopping the stores', () => stores.stop());
    lock.release();
  }
  if (failure) throw failure;
}

/** Waits for the work, or answers undefined as soon as the signal comes. */
function unlessAborted(work, signal) {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    work.then(resolve, reject);
  });
}

async function lockDemo() {
  const { lockDirectory } = await compiled('scripts/services/timescale/lock.js');
  try {
    return await lockDirectory(join(DIRECTORY, 'lock'));
  } catch (error) {
    if (error.name !== 'DirectoryInUse') throw error;
    throw new Problem(`A demo runs already as process ${error.pid}: stop it with Ctrl-C first.`);
  }
}

async function freePorts(firstPort, withAnalysts) {
  const names = PORTS.filter((name) => withAnalysts || !name.startsWith('analyst'));
  const ports = Object.fromEntries(names.map((name, index) => [name, firstPort + index]));
  const advice = 'stop what uses it, or choose others with npm run demo -- --first-port N.';
  for (const [name, port] of Object.entries(ports)) await requireFreePort(port, OWNERS[name], advice);
  return ports;
}

function places(ports) {
  mkdirSync(join(DIRECTORY, 'objects'), { recursive: true, mode: 0o700 });
  mkdirSync(join(DIRECTORY, 'journal'), { recursive: true, mode: 0o700 });
  mkdirSync(join(DIRECTORY, 'logs'), { recursive: true, mode: 0o700 });
  return {
    PORT: String(ports.api),
    PUBLIC_URL: `http://localhost:${ports.api}`,
    OBJECTS_URL: pathToFileURL(join(DIRECTORY, 'objects')).href,
    JOURNAL_DIRECTORY: join(DIRECTORY, 'journal'),
  };
}

function readArguments(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        once: { type: 'boolean' },
        analysts: { type: 'boolean' },
        file: { type: 'string' },
        'first-port': { type: 'string' },
      },
    });
    const firstPort = Number(values['first-port'] ?? FIRST_PORT);
    if (!Number.isInteger(firstPort) || firstPort < 1 || firstPort + PORTS.length > 65_536) {
      throw new Error('--first-port wants a number below 65529');
    }
    const file = values.file && resolve(values.file);
    if (file && !existsSync(file)) throw new Error(`there is no file ${file}`);
    return { once: values.once ?? false, analysts: values.analysts ?? false, file, firstPort };
  } catch (error) {
    throw new Problem(
      `${error.message} (npm run demo -- [--once] [--analysts] [--file PATH] [--first-port N])`,
    );
  }
}
