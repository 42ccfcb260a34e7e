import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StoreUrls, storeUrls } from './stores.js';

interface Services {
  createChildren(): { removeAtEnd(directory: string): void; close(): Promise<void> };
  createProgress(): object;
  fetchArtifacts(progress: object): Promise<object>;
  startStores(options: object): Promise<{ environment: { NEO4J_URL: string; REDIS_URL: string } }>;
}

/**
 * Starts a Neo4j and a Redis for one test file: for tests that empty a store, or whose relay runs other jobs than
 * those of the API. TimescaleDB is shared with the run; activities have ids of their own there.
 */
export async function startOwnStores(): Promise<{ urls: StoreUrls; stop: () => Promise<void> }> {
  const { createChildren, createProgress, fetchArtifacts, startStores } = await services();
  const children = createChildren();
  const directory = await mkdtemp(join(tmpdir(), 'paceline-own-'));
  children.removeAtEnd(directory);
  const { timescaleUrl } = storeUrls();
  const progress = createProgress();
  const { environment } = await startStores({
    children,
    artifacts: await fetchArtifacts(progress),
    progress,
    directory,
    password: randomBytes(18).toString('base64url'),
    memory: { heapMegabytes: 256, pageCacheMegabytes: 32 },
    environment: { TIMESCALE_URL: timescaleUrl },
  });
  return {
    urls: { neo4jUrl: environment.NEO4J_URL, redisUrl: environment.REDIS_URL, timescaleUrl },
    stop: () => children.close(),
  };
}

// Plain JavaScript outside the compiler, because it also runs before anything is installed.
async function services(): Promise<Services> {
  const scripts = new URL('../../../scripts/', import.meta.url);
  const modules = await Promise.all(
    ['services/children.mjs', 'progress.mjs', 'services/artifacts.mjs', 'services/stores.mjs'].map(
      (path) => import(new URL(path, scripts).href),
    ),
  );
  return Object.assign({}, ...modules);
}
