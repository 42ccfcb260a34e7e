import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import neo4j, { type Driver, type Record as GraphRecord, type Transaction } from 'neo4j-driver';

/** A filed query with the types of what goes in and what comes out; its header documents both. */
export interface Query<Parameters extends object, Row extends object> {
  readonly path: string;
  readonly text: string;
  /** Only for the compiler: ties the parameters and rows to the file. */
  readonly types?: (parameters: Parameters) => Row;
}

/**
 * A query from `graph/queries/`, read once when the module loads.
 *
 * @param path below `graph/queries/`, for example `athletes/athlete-by-id.cypher`
 */
export function cypher<Parameters extends object, Row extends object>(path: string): Query<Parameters, Row> {
  const text = readFileSync(new URL(`../../graph/queries/${path}`, import.meta.url), 'utf8');
  return { path, text };
}

/** A change that other processes must hear of; written with the change itself. */
export interface GraphEvent {
  readonly eventId: string;
  /** Noun and past tense: `activity.created`. */
  readonly type: string;
  /** Events of one key are handled one after another. */
  readonly key: string;
  /** Ids and enumerations only: whoever handles the event reads the truth again. */
  readonly payload: Readonly<Record<string, string | number | boolean>>;
}

export interface ReadTransaction {
  /** Those that are not awaited one by one travel together, and run in the order in which they were asked for. */
  run<Parameters extends object, Row extends object>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]>;
}

export interface WriteTransaction extends ReadTransaction {
  /** Appends to the outbox; committed or rolled back with everything else in the transaction. */
  emit(event: GraphEvent): Promise<void>;
}

const appendEvent = cypher<
  { eventId: string; type: string; key: string; payload: string },
  { eventId: string }
>('events/append.cypher');

/** The graph database: managed transactions that retry, and the one place where types cross the driver. */
export class Graph {
  readonly #driver: Driver;
  readonly #onEvents: () => void;

  /**
   * @param url with user and password: `neo4j://user:password@host:7687`
   * @param onEvents called after a commit that emitted events, to wake the relay
   */
  constructor(url: string, onEvents: () => void = () => {}) {
    const { address, user, password } = partsOf(url);
    this.#driver = neo4j.driver(address, neo4j.auth.basic(user, password), {
      disableLosslessIntegers: true,
      // Nobody reads them; a graph in which some property was never set sends one for each, with every answer.
      notificationFilter: { minimumSeverityLevel: 'OFF' },
      maxConnectionPoolSize: MAX_CONNECTIONS,
    });
    this.#onEvents = onEvents;
  }

  /** Runs one query by itself, on a reader of a cluster; sees this process's own writes. */
  query<Parameters extends object, Row extends object>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]> {
    return this.#alone(neo4j.session.READ, query, parameters);
  }

  /**
   * Runs one query by itself on the leader of a cluster, who has every commit. It may write; then it runs again when
   * the answer to its commit was lost, so doing it twice must be the same as doing it once.
   */
  execute<Parameters extends object, Row extends object>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]> {
    return this.#alone(neo4j.session.WRITE, query, parameters);
  }

  #session(defaultAccessMode: 'READ' | 'WRITE') {
    const bookmarkManager = this.#driver.executeQueryBookmarkManager;
    return this.#driver.session({ defaultAccessMode, bookmarkManager });
  }

  #alone<Parameters extends object, Row extends object>(
    defaultAccessMode: 'READ' | 'WRITE',
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]> {
    return again(async () => {
      const session = this.#session(defaultAccessMode);
      try {
        // Without a transaction of its own: a managed one costs two round trips more, and most of a short read.
        const { records } = await session.run(query.text, toGraph(parameters));
        return records.map((record) => rowOf(record) as Row);
      } finally {
        await session.close();
      }
    });
  }

  /** Reads several times from one snapshot of locks; the work may run more than once. */
  read<Result>(work: (transaction: ReadTransaction) => Promise<Result>): Promise<Result> {
    return this.#together(neo4j.session.READ, (transaction) => work(reading(transaction)));
  }

  /**
   * Writes in one transaction. On a deadlock or a lost leader the work runs again from its start, so it must
   * have no effect outside the transaction.
   */
  async write<Result>(work: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    let emitted = false;
    const result = await this.#together(neo4j.session.WRITE, (transaction) => {
      emitted = false;
      const { run } = reading(transaction);
      const emit = async ({ payload, ...event }: GraphEvent) => {
        emitted = true;
        await run(appendEvent, { ...event, payload: JSON.stringify(payload) });
      };
      return work({ run, emit });
    });
    if (emitted) this.#onEvents();
    return result;
  }

  #together<Result>(
    defaultAccessMode: 'READ' | 'WRITE',
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    return again(async () => {
      const session = this.#session(defaultAccessMode);
      try {
        // Not awaited: it travels with the first query. A transaction that the driver manages costs a round trip more.
        const transaction = session.beginTransaction();
        const result = await work(transaction);
        await transaction.commit();
        return result;
      } finally {
        await session.close(); // rolls back what was not committed
      }
    });
  }

  /**
   * Runs one query by itself if it does nothing but read, and stops it at its limits: the server ends it at the time,
   * and what is beyond the rows or their size is not fetched.
   *
   * @throws {QueryWrites | QueryTooLong}
   */
  async readWithin<Parameters extends object, Row extends object>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
    limits: { readonly timeoutMilliseconds: number; readonly rows: number; readonly bytes: number },
  ): Promise<{ readonly rows: readonly Row[]; readonly isCut: boolean }> {
    const { isRead } = await this.plan(query, parameters);
    if (!isRead) throw new QueryWrites(query.path);
    // The plan is one guard and the session another: the server refuses a write in a session that reads.
    const session = this.#driver.session({ defaultAccessMode: neo4j.session.READ });
    const rows: Row[] = [];
    let bytes = 0;
    try {
      const result = session.run(query.text, toGraph(parameters), { timeout: limits.timeoutMilliseconds });
      for await (const record of result) {
        const row = rowOf(record);
        bytes += JSON.stringify(row).length;
        if (rows.length === limits.rows || bytes > limits.bytes) return { rows, isCut: true };
        rows.push(row as Row);
      }
      return { rows, isCut: false };
    } catch (error) {
      if (error instanceof neo4j.Neo4jError && WRITE_REFUSED.has(error.code))
        throw new QueryWrites(query.path);
      if (error instanceof neo4j.Neo4jError && STOPPED.test(error.code))
        throw new QueryTooLong(limits.timeoutMilliseconds);
      throw error;
    } finally {
      await session.close();
    }
  }

  /**
   * How the server would run a query or, with `isProfiled`, how it ran it, in a session that only reads.
   *
   * @returns whether the query does nothing but read, and its operators from the last to the first
   */
  async plan<Parameters extends object, Row extends object>(
    { text }: Query<Parameters, Row>,
    parameters: Parameters,
    { isProfiled = false } = {},
  ): Promise<{ readonly isRead: boolean; readonly plan: PlanStep }> {
    const session = this.#driver.session({ defaultAccessMode: neo4j.session.READ });
    try {
      const { summary } = await session.run(
        `${isProfiled ? 'PROFILE' : 'EXPLAIN'} ${text}`,
        toGraph(parameters),
      );
      const plan = summary.profile || summary.plan;
      if (!plan) throw new Error('the server answered no plan');
      return { isRead: summary.queryType === 'r', plan: stepOf(plan) };
    } finally {
      await session.close();
    }
  }

  /** Runs one schema statement by itself; Neo4j refuses to mix those with data in a transaction. */
  async runSchema(statement: string): Promise<void> {
    await this.#driver.executeQuery(statement);
  }

  /** Resolves when the server answers. */
  async ping(): Promise<void> {
    await this.#driver.verifyConnectivity();
  }

  async close(): Promise<void> {
    await this.#driver.close();
  }
}

/** Marks a number that must be an integer in Cypher: counts, ranks, `LIMIT`. Other numbers are floats there. */
export class Whole {
  constructor(readonly value: number) {}
}
export const whole = (value: number): Whole => new Whole(value);

/** Whether a write failed because a constraint found its key taken: somebody else was quicker. */
export function violatesConstraint(error: unknown): boolean {
  return (
    error instanceof neo4j.Neo4jError && error.code === 'Neo.ClientError.Schema.ConstraintValidationFailed'
  );
}

/** A query that was to read would change the graph; it was not run. */
export class QueryWrites extends Error {
  override name = 'QueryWrites';
  readonly problem = 'analyst-query-writes';
  constructor(readonly path: string) {
    super(`${path} would change the graph, and only reading is possible here`);
  }
}

/** A query took longer, or more memory, than it may; the server ended it. */
export class QueryTooLong extends Error {
  override name = 'QueryTooLong';
  readonly problem = 'analyst-query-too-long';
  readonly fields: { readonly limitSeconds: number };
  constructor(timeoutMilliseconds: number) {
    super(`the query was ended after ${timeoutMilliseconds / 1000} s, or at the end of its memory`);
    this.fields = { limitSeconds: timeoutMilliseconds / 1000 };
  }
}

/** One operator of a plan. */
export interface PlanStep {
  /** As Neo4j calls it: `NodeUniqueIndexSeek`. */
  readonly operator: string;
  readonly details: string;
  /** Estimated, or counted when the query was run. */
  readonly rows: number;
  /** Reads of the store; undefined when the query was not run. */
  readonly hits: number | undefined;
  readonly steps: readonly PlanStep[];
}

const WRITE_REFUSED = new Set([
  'Neo.ClientError.Statement.AccessMode',
  'Neo.ClientError.Request.Invalid',
  'Neo.ClientError.Security.Forbidden',
]);
const STOPPED = /TransactionTimedOut|Transaction\.Terminated|MemoryPoolOutOfMemory|OutOfMemory/;

const MAX_CONNECTIONS = 50; // Neo4j Community runs about as many queries at once before it queues
const RETRY_MILLISECONDS = 10_000; // a client has given up by then

// Repeats what failed through no fault of its own: a lost leader, a closed connection, a deadlock, a node that was
// deleted while its lock was waited for.
async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  const deadline = Date.now() + RETRY_MILLISECONDS;
  for (let pauseMilliseconds = 50; ; pauseMilliseconds *= 2) {
    try {
      return await work();
    } catch (error) {
      const isWorthIt =
        (neo4j.isRetryableError(error) || hasVanished(error)) && Date.now() + pauseMilliseconds < deadline;
      if (!isWorthIt) throw error;
      await sleep(pauseMilliseconds * (0.5 + Math.random())); // two that met must not meet again
    }
  }
}

// The driver takes this for a mistake of the query; run again, the query does not find the node.
function hasVanished(error: unknown): boolean {
  return error instanceof neo4j.Neo4jError && error.code === 'Neo.ClientError.Statement.EntityNotFound';
}

function reading(transaction: Transaction): ReadTransaction {
  return {
    run: async <Parameters extends object, Row extends object>(
      query: Query<Parameters, Row>,
      parameters: Parameters,
    ) => {
      const { records } = await transaction.run(query.text, toGraph(parameters));
      // The row's type is stated beside its query file and checked against it by the query tests.
      return records.map((record) => rowOf(record) as Row);
    },
  };
}

function stepOf(plan: DriverPlan): PlanStep {
  const { operatorType, arguments: details, children } = plan;
  return {
    operator: operatorType.split('@')[0] ?? operatorType,
    details: String(details.Details ?? ''),
    rows: Number(plan.rows ?? details.EstimatedRows ?? 0),
    hits: plan.dbHits === undefined ? undefined : Number(plan.dbHits),
    steps: children.map(stepOf),
  };
}

// What the driver's `Plan` and `ProfiledPlan` have in common.
interface DriverPlan {
  readonly operatorType: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly children: readonly DriverPlan[];
  readonly rows?: number;
  readonly dbHits?: number;
}

function partsOf(url: string): { address: string; user: string; password: string } {
  const { protocol, host, username, password } = new URL(url);
  return {
    address: `${protocol}//${host}`,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}

// The driver would store a Buffer as a list of floats and refuses Date; both are converted here alone.
function toGraph(parameters: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, parameter(value)]));
}

function parameter(value: unknown): unknown {
  if (value instanceof Whole) return neo4j.int(value.value);
  if (value instanceof Date) return utc(value);
  if (value instanceof Uint8Array) return new Int8Array(value.buffer, value.byteOffset, value.byteLength);
  if (Array.isArray(value)) return value.map(parameter);
  if (value !== null && typeof value === 'object') return toGraph(value);
  return value ?? null;
}

// `DateTime.fromStandardDate` would keep the offset of this machine.
function utc(at: Date): InstanceType<typeof neo4j.types.DateTime> {
  return new neo4j.types.DateTime(
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
    at.getUTCMilliseconds() * 1e6,
    0,
  );
}

// By index, value by value: the driver's own `toObject` takes ten times as long, half a millisecond for a page of a feed.
function rowOf(record: GraphRecord): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < record.length; index += 1) {
    row[String(record.keys[index])] = fromGraph(record.get(index));
  }
  return row;
}

function fromGraph(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(fromGraph);
  if (value instanceof Int8Array) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (neo4j.isDateTime(value)) return value.toStandardDate();
  if (neo4j.isNode(value) || neo4j.isRelationship(value)) return fromGraph(value.properties);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, fromGraph(entry)]));
}
