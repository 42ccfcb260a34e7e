import { NODES } from './nodes.js';
import { RELATIONSHIPS } from './relationships.js';
import { TABLES } from './tables.js';

/**
 * Every name under which a store keeps data. What is missing here fails `test/api/privacy/inventory.test.ts`, so no feature can
 * keep something that export and erasure do not know of.
 */
export const INVENTORY = { nodes: NODES, relationships: RELATIONSHIPS, tables: TABLES };

/** Patterns of keys in Redis; what hangs on an athlete expires within two weeks, and none of it is the truth. */
export const REDIS_KEYS: readonly RegExp[] = [
  /^feed:\{[^}]+\}(:ticket)?$/, // ids of activities
  /^limit:\{[^}]*\}:(reads|writes|uploads|anonymous|follows|contacts)$/, // counts of a minute, an hour or a day
  /^failures:\{[^}]*\}:(account|address)$/, // failed log-ins of a quarter of an hour
  /^idempotency:\{[^}]*\}:[\w-]+$/, // answers of a day, encrypted
  /^\{paceline\}:/, // queues: ids alone
];

/**
 * What the object store keeps: below the folder of each athlete, encrypted, erased by a job and exported as it is;
 * and checkpoints of the audit trail, which name nobody.
 */
export const OBJECTS: readonly RegExp[] = [/^audit\/checkpoints\/\d+\/\d+$/, /^originals\/[^/]+\/[^/]+$/];
