/**
 * Starts the three stores and stays up until Ctrl-C; prints one line of JSON with their URLs.
 *
 *   node scripts/services/up.mjs --directory DIR [--password WORD] [--bolt-port N] [--http-port N]
 *        [--timescale-port N] [--redis-port N] [--heap-megabytes N] [--page-cache-megabytes N]
 *
 * Ports are free ones unless given. `npm run build` has to have run.
 */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { preflight } from '../preflight.mjs';
import { Problem, sentenceFor } from '../problem.mjs';
import { createProgress } from '../progress.mjs';
import { fetchArtifacts } from './artifacts.mjs';
import { createChildren } from './children.mjs';
import { startStores } from './stores.mjs';

const NUMBERS = [
  'bolt-port',
  'http-port',
  'timescale-port',
  'redis-port',
  'heap-megabytes',
  'page-cache-megabytes',
];

try {
  await up();
} catch (error) {
  process.stderr.write(`${sentenceFor(error, process.cwd())}\n`);
  process.exit(1);
}

async function up() {
  const values = readArguments();
  const progress = createProgress();
  await preflight({ directory: resolve(values.directory) });
  const children = createChildren();
  const artifacts = await fetchArtifacts(progress, children);
  const stores = await startStores({
    children,
    artifacts,
    progress,
    directory: resolve(values.directory),
    password: values.password ?? randomBytes(18).toString('base64url'),
    ports: {
      bolt: values['bolt-port'],
      http: values['http-port'],
      timescale: values['timescale-port'],
      redis: values['redis-port'],
    },
    memory: { heapMegabytes: values['heap-megabytes'], pageCacheMegabytes: values['page-cache-megabytes'] },
  });
  console.log(
    JSON.stringify({
      neo4jUrl: stores.environment.NEO4J_URL,
      neo4jBrowserUrl: stores.neo4jBrowserUrl,
      timescaleUrl: stores.environment.TIMESCALE_URL,
      redisUrl: stores.environment.REDIS_URL,
      pid: process.pid,
    }),
  );

  stores.failed.then(async (reason) => {
    process.stderr.write(`${reason}\n`);
    await stores.stop();
    process.exit(1);
  });
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      await stores.stop();
      await children.close();
      process.exit(0);
    });
  }
  setInterval(() => {}, 2 ** 30);
}

function readArguments() {
  const options = { directory: { type: 'string' }, password: { type: 'string' } };
  for (const name of NUMBERS) options[name] = { type: 'string' };
  try {
    const { values } = parseArgs({ options });
    if (!values.directory) throw new Error('--directory is missing');
    for (const name of NUMBERS) if (values[name] !== undefined) values[name] = Number(values[name]);
    return values;
  } catch (error) {
    throw new Problem(
      `${error.message}: node scripts/services/up.mjs --directory DIR [--${NUMBERS.join(' N] [--')} N]`,
    );
  }
}
