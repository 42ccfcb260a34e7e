import pino, { type Logger } from 'pino';
import { migrateGraph } from '../graph/migrate.js';
import { Graph } from '../graph/session.js';
import { Access } from '../policies/access.js';
import { engineVersion, loadEngine } from '../policies/engine.js';
import { EmailKey, MasterKey } from '../policies/keys.js';
import { migrateSeries } from '../timeseries/migrate.js';
import { Series } from '../timeseries/pool.js';
import { AuditSigner } from './audit/signatures.js';
import type { Config } from './config.js';
import { Queues } from './jobs/queue.js';
import { Impressions, impressionKey } from './recommendations/impressions.js';
import { Journal } from './stores/journal.js';
import { journalKey } from './stores/journal-frames.js';
import { News } from './stores/news.js';
import { type Objects, openObjects } from './stores/objects.js';
import { connectRedis, type Redis } from './stores/redis.js';

/** Everything that a controller or a job may need; a plain object, made once per process. */
export interface App {
  readonly config: Config;
  readonly log: Logger;
  readonly now: () => Date;
  readonly access: Access;
  readonly masterKey: MasterKey;
  readonly emailKey: EmailKey;
  readonly auditSigner: AuditSigner;
  readonly graph: Graph;
  readonly series: Series;
  readonly redis: Redis;
  readonly news: News;
  readonly objects: Objects;
  readonly queues: Queues;
  readonly journal: Journal;
  readonly impressions: Impressions;
}

/** Connects a process to its stores. `close` lets go of them in an order that loses nothing. */
export async function wire(
  config: Config,
  now: () => Date = () => new Date(),
): Promise<{ app: App; close: () => Promise<void> }> {
  const log = pino({ level: config.LOG_LEVEL });
  const engine = await loadEngine();
  const masterKey = new MasterKey(config.MASTER_KEY);
  const journal = new Journal({
    directory: config.JOURNAL_DIRECTORY,
    maxBytes: config.JOURNAL_MAX_BYTES,
    flush: config.AUDIT_FLUSH,
    engine: engineVersion(),
    keyOf: (writer) => journalKey(masterKey, writer),
    log,
  });
  const redis = await connectRedis(config.REDIS_URL, log);
  const news = new News(redis, config.REDIS_URL, log);
  const queues = new Queues(config.REDIS_URL, log);
  const graph = new Graph(config.NEO4J_URL, () => queues.wakeRelays());
  const series = new Series(config.TIMESCALE_URL, log);
  const impressions = new Impressions(series, impressionKey(masterKey), log);
  const app: App = {
    config,
    log,
    now,
    access: new Access(engine, journal, now),
    masterKey,
    emailKey: new EmailKey(config.EMAIL_KEY),
    auditSigner: new AuditSigner(config.AUDIT_SIGNING_KEY, config.AUDIT_FORMER_KEYS),
    graph,
    series,
    redis,
    news,
    objects: openObjects(config.OBJECTS_URL),
    queues,
    journal,
    impressions,
  };
  const close = async () => {
    await Promise.all([queues.close(), news.close(), impressions.settled()]);
    await Promise.all([redis.close(), graph.close(), series.close()]);
    journal.close();
  };
  return { app, close };
}

/** Brings both databases to this version; safe to run from several processes at once. */
export async function migrate(config: Config): Promise<void> {
  const graph = new Graph(config.NEO4J_URL);
  try {
    await Promise.all([migrateGraph(graph), migrateSeries(config.TIMESCALE_URL)]);
  } finally {
    await graph.close();
  }
}
