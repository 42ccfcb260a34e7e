import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import neo4j, { type Driver, type Record as GraphRecord, type ManagedTransaction } from 'neo4j-driver';

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
      maxConnectionPoolSize: MAX_CONNECTIONS,
      maxTransactionRetryTime: RETRY_MILLISECONDS,
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

  #alone<Parameters extends object, Row extends object>(
    defaultAccessMode: 'READ' | 'WRITE',
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]> {
    return again(async () => {
      const session = this.#driver.session({
        defaultAccessMode,
        bookmarkManager: this.#driver.executeQueryBookmarkManager,
      });
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
  async read<Result>(work: (transaction: ReadTransaction) => Promise<Result>): Promise<Result> {
    const session = this.#driver.session({
      defaultAccessMode: neo4j.session.READ,
      bookmarkManager: this.#driver.executeQueryBookmarkManager,
    });
    try {
      return await session.executeRead((transaction) => work(reading(transaction)));
    } finally {
      await session.close();
    }
  }

  /**
   * Writes in one transaction. On a deadlock or a lost leader the work runs again from its start, so it must
   * have no effect outside the transaction.
   */
  async write<Result>(work: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    const session = this.#driver.session({ bookmarkManager: this.#driver.executeQueryBookmarkManager });
    let emitted = false;
    try {
      const result = await session.executeWrite((transaction) => {
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

const MAX_CONNECTIONS = 50; // Neo4j Community runs about as many queries at once before it queues
const RETRY_MILLISECONDS = 10_000; // a client has given up by then

// Repeats a read that failed through no fault of its own: a lost leader, a closed connection.
async function again<Result>(read: () => Promise<Result>): Promise<Result> {
  const deadline = Date.now() + RETRY_MILLISECONDS;
  for (let pauseMilliseconds = 50; ; pauseMilliseconds *= 2) {
    try {
      return await read();
    } catch (error) {
      const isWorthIt = neo4j.isRetryableError(error) && Date.now() + pauseMilliseconds < deadline;
      if (!isWorthIt) throw error;
      await sleep(pauseMilliseconds);
    }
  }
}

function reading(transaction: ManagedTransaction): ReadTransaction {
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
