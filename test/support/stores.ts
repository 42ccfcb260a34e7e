import { Graph, type Query } from '../../graph/session.js';
import { Series } from '../../timeseries/pool.js';
import { takeTurn } from './turn.js';

/** The servers of a test run, from the environment that `npm test` sets. */
export interface StoreUrls {
  readonly neo4jUrl: string;
  readonly timescaleUrl: string;
  readonly redisUrl: string;
}

/** The servers that this test run may use. */
export function storeUrls(): StoreUrls {
  const named = (name: string): string => {
    const url = process.env[name];
    if (!url)
      throw new Error(`${name} is not set; run the tests with \`npm test -- FILE\`, which starts the stores`);
    return url;
  };
  return { neo4jUrl: named('NEO4J_URL'), timescaleUrl: named('TIMESCALE_URL'), redisUrl: named('REDIS_URL') };
}

/**
 * Waits for the turn of this process if one of the servers is that of the run. Refuses servers that hold anything but
 * earlier test runs of Paceline: tests write where they like, and a mistyped URL must not cost anybody their data.
 */
export async function claimForTests(urls: StoreUrls): Promise<void> {
  const { neo4jUrl, timescaleUrl, redisUrl } = urls;
  const { NEO4J_URL, TIMESCALE_URL, REDIS_URL } = process.env;
  if (neo4jUrl === NEO4J_URL || timescaleUrl === TIMESCALE_URL || redisUrl === REDIS_URL) await takeTurn();
  const graph = new Graph(neo4jUrl);
  const series = new Series(timescaleUrl);
  try {
    await claimGraph(graph, new URL(neo4jUrl).host);
    await claimSeries(series, new URL(timescaleUrl).host);
  } finally {
    await Promise.all([graph.close(), series.close()]);
  }
}

const ask = <Row extends object>(text: string): Query<object, Row> => ({ path: 'test', text });

async function claimGraph(graph: Graph, host: string): Promise<void> {
  const [found] = await graph.query(
    ask<{ isMarked: boolean; isEmpty: boolean }>(
      'RETURN EXISTS { (:PacelineTestServer) } AS isMarked, NOT EXISTS { MATCH (node) RETURN node LIMIT 1 } AS isEmpty',
    ),
    {},
  );
  if (found?.isMarked) return;
  if (!found?.isEmpty) throw new NotATestServer('Neo4j', host);
  await graph.write((transaction) => transaction.run(ask('MERGE (:PacelineTestServer {only: true})'), {}));
}

async function claimSeries(series: Series, host: string): Promise<void> {
  const [found] = await series.query<object, { marked: string | null; tables: number }>(
    {
      path: 'test',
      text: `SELECT to_regclass('public.paceline_test_server')::text AS marked,
               (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public') AS tables`,
    },
    {},
  );
  if (found?.marked) return;
  if (found?.tables) throw new NotATestServer('TimescaleDB', host);
  await series.query({ path: 'test', text: 'CREATE TABLE IF NOT EXISTS paceline_test_server ()' }, {});
}

/** A server that is neither empty nor marked as Paceline's test server. */
class NotATestServer extends Error {
  override name = 'NotATestServer';
  constructor(store: string, host: string) {
    super(`${store} at ${host} holds data and is not marked as a test server; name an empty one`);
  }
}
