import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StoreUrls, storeUrls } from './stores.js';

interface Environment {
  readonly NEO4J_URL: string;
  readonly TIMESCALE_URL: string;
  readonly REDIS_URL: string;
}

interface Services {
  createChildren(): { removeAtEnd(directory: string): void; close(): Promise<void> };
  createProgress(): object;
  fetchArtifacts(progress: object): Promise<object>;
  startStores(options: object): Promise<{ environment: Environment; stop(signal: 'SIGKILL'): Promise<void> }>;
}

type Name = 'neo4j' | 'timescale' | 'redis' | 'noPlugins';

/**
 * Starts servers for one test file, for tests that empty a store, migrate one, or whose relay runs other jobs than
 * those of the API; the other servers are those of the run. Who has all three of their own waits for nobody's turn. With
 * `noPlugins` Neo4j has no Graph Data Science.
 */
export async function startOwnStores(
  ...names: readonly [Name, ...Name[]]
): Promise<{ urls: StoreUrls; stop: () => Promise<void> }> {
  const { createChildren, createProgress, fetchArtifacts, startStores } = await services();
  const children = createChildren();
  const directory = await mkdtemp(join(tmpdir(), 'paceline-own-'));
  children.removeAtEnd(directory);
  const shared = storeUrls();
  const progress = createProgress();
  const { environment, ...servers } = await startStores({
    children,
    artifacts: {
      ...(await fetchArtifacts(progress)),
      ...(names.includes('noPlugins') && { plugins: directory }),
    },
    progress,
    directory,
    password: randomBytes(18).toString('base64url'),
    isShortLived: true,
    memory: { heapMegabytes: 256, pageCacheMegabytes: 32 },
    environment: {
      ...(!names.includes('neo4j') && { NEO4J_URL: shared.neo4jUrl }),
      ...(!names.includes('timescale') && { TIMESCALE_URL: shared.timescaleUrl }),
      ...(!names.includes('redis') && { REDIS_URL: shared.redisUrl }),
    },
  });
  return {
    urls: {
      neo4jUrl: environment.NEO4J_URL,
      timescaleUrl: environment.TIMESCALE_URL,
      redisUrl: environment.REDIS_URL,
    },
    stop: async () => {
      // Before the guardian: a server that it killed would be started again.
      await servers.stop('SIGKILL');
      await children.close();
    },
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
