import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, problemOfMachine } from '../problem.mjs';
import { startNeo4j } from './neo4j.mjs';
import { freePort } from './ports.mjs';
import { startRedis } from './redis.mjs';

const NOT_BUILT = 'The TypeScript is not compiled: run npm run build first.';
const SUPERVISOR = new URL('../../dist/scripts/services/timescale/supervisor.js', import.meta.url);

/**
 * Starts Neo4j, TimescaleDB and Redis at once, except those whose URL is given already.
 *
 * @param {{ children: object, artifacts: object, progress: object, directory: string, password: string,
 *           ports?: { bolt?: number, http?: number, timescale?: number, redis?: number },
 *           isShortLived?: boolean, memory?: { heapMegabytes?: number, pageCacheMegabytes?: number },
 *           environment?: Record<string, string | undefined> }} options
 * @returns URLs for the environment of whoever uses the stores, `failed` that resolves with the sentence when one of
 *   them ends by itself, and `stop`
 */
export async function startStores(options) {
  const {
    children,
    artifacts,
    progress,
    directory,
    password,
    ports = {},
    memory = {},
    isShortLived = false,
    environment = {},
  } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const started = [];
  const begin = async (label, work) => {
    const store = await progress.step(`Starting ${label}`, work);
    started.push(store);
    return store;
  };

  const starts = [
    environment.NEO4J_URL
      ? { url: environment.NEO4J_URL }
      : begin('Neo4j', async () =>
          startNeo4j(children, artifacts, {
            directory: join(directory, 'neo4j'),
            boltPort: ports.bolt ?? (await freePort()),
            httpPort: ports.http ?? (await freePort()),
            password,
            isShortLived,
            heapMegabytes: memory.heapMegabytes ?? 768,
            pageCacheMegabytes: memory.pageCacheMegabytes ?? 256,
          }),
        ),
    environment.TIMESCALE_URL
      ? { url: environment.TIMESCALE_URL }
      : begin('TimescaleDB', () =>
          startTimescale(children, {
            directory: join(directory, 'timescale'),
            port: ports.timescale ?? 0,
            password,
          }),
        ),
    environment.REDIS_URL
      ? { url: environment.REDIS_URL }
      : begin('Redis', async () =>
          startRedis(children, artifacts, {
            directory: join(directory, 'redis'),
            port: ports.redis ?? (await freePort()),
            password,
          }),
        ),
  ];

  let isStopping = false;
  const stop = async (signal = 'SIGTERM') => {
    isStopping = true;
    await Promise.all(started.map((store) => store.stop(signal)));
  };
  const results = await Promise.allSettled(starts);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  const [neo4j, timescale, redis] = results.map((result) => result.value);
  return {
    environment: { NEO4J_URL: neo4j.url, TIMESCALE_URL: timescale.url, REDIS_URL: redis.url },
    neo4jBrowserUrl: neo4j.browserUrl,
    failed: new Promise((resolve) => {
      for (const store of started) store.failed.then((sentence) => isStopping || resolve(sentence));
    }),
    stop,
  };
}

async function startTimescale(children, { directory, port, password }) {
  const { superviseTimescale } = await import(SUPERVISOR.href).catch((error) => {
    throw error.code === 'ERR_MODULE_NOT_FOUND' ? new Problem(NOT_BUILT, { cause: error }) : error;
  });
  try {
    return await superviseTimescale({
      directory,
      port,
      password,
      onStart: children.watch,
      onEnd: children.forget,
    });
  } catch (error) {
    throw problemOfMachine(error, directory) ?? new Problem(error.message, { cause: error });
  }
}
