import type { Logger } from 'pino';
import type { Graph } from '../graph/session.js';
import type { Access } from '../policies/access.js';
import type { EmailKey, MasterKey } from '../policies/keys.js';
import type { Series } from '../timeseries/pool.js';
import type { Config } from './config.js';
import type { Queues } from './jobs/queue.js';
import type { Objects } from './stores/objects.js';
import type { Redis } from './stores/redis.js';

/** Everything that a controller or a job may need; a plain object, made once per process. */
export interface App {
  readonly config: Config;
  readonly log: Logger;
  readonly now: () => Date;
  readonly access: Access;
  readonly masterKey: MasterKey;
  readonly emailKey: EmailKey;
  readonly graph: Graph;
  readonly series: Series;
  readonly redis: Redis;
  readonly objects: Objects;
  readonly queues: Queues;
}
