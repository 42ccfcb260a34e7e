import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** A filed SQL statement with the types of what goes in and what comes out; its header documents both. */
export interface Statement<Parameters extends object, Row extends object> {
  readonly path: string;
  readonly text: string;
  /** Names of `$1`, `$2`, …, as the header of the file declares them; a statement without a file has none. */
  readonly parameterNames?: readonly string[];
  /** Only for the compiler: ties the parameters and rows to the file. */
  readonly types?: (parameters: Parameters) => Row;
}

/**
 * A statement from `timeseries/queries/`, read once when the module loads.
 *
 * The header names the parameters in order, in comment lines such as `-- in:  $1 activityId UUID`.
 *
 * @param path below `timeseries/queries/`, for example `samples/streams.sql`
 * @throws {Error} a `$n` of the statement has no name in the header
 */
export function sql<Parameters extends object, Row extends object>(path: string): Statement<Parameters, Row> {
  const text = readFileSync(new URL(`../../timeseries/queries/${path}`, import.meta.url), 'utf8');
  const lines = text.split('\n');
  const header = lines.filter((line) => line.startsWith('--')).join('\n');
  const body = lines.filter((line) => !line.startsWith('--')).join('\n');
  const names = new Map([...header.matchAll(/\$(\d+) (\w+)/g)].map(([, at, name]) => [Number(at), name]));
  const highest = Math.max(0, ...[...body.matchAll(/\$(\d+)/g)].map(([, at]) => Number(at)));
  const parameterNames = Array.from({ length: highest }, (_, index) => {
    const name = names.get(index + 1);
    if (name === undefined) throw new Error(`${path}: the header does not name $${index + 1}`);
    return name;
  });
  return { path, text, parameterNames };
}

export interface SeriesTransaction {
  query<Parameters extends object, Row extends object>(
    statement: Statement<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]>;

  /**
   * Sends rows to a `COPY … FROM STDIN` statement.
   *
   * @param rows text in the format that the statement names, cut anywhere
   */
  copy(statement: Statement<object, object>, rows: Iterable<Uint8Array>): Promise<void>;

  /** Runs a text of several statements; for migrations and for `CALL run_job(literal)` alone. */
  runScript(text: string): Promise<void>;
}

/**
 * TimescaleDB: pooled connections, named prepared statements, transactions.
 *
 * When the connection breaks, the work is tried again on a new one for up to ten seconds, even when the answer
 * to a commit was lost. **So everything that goes through here must be idempotent**: writes are deletes,
 * inserts by a key with `ON CONFLICT`, or a replacement of all rows of one activity in one transaction.
 */
export class Series {
  readonly #pool: pg.Pool;

  /**
   * @param url `postgres://user:password@host:5432/database`
   * @param log hears of connections that broke
   */
  constructor(url: string, log?: { warn(fields: object, message: string): void }) {
    this.#pool = new pg.Pool({
      connectionString: url,
      application_name: 'paceline',
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MILLISECONDS,
      idleTimeoutMillis: IDLE_MILLISECONDS,
      statement_timeout: STATEMENT_MILLISECONDS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MILLISECONDS,
      types: { getTypeParser },
    });
    // Without a listener a broken connection ends the process; the query that used it fails by itself.
    this.#pool.on('connect', (client) =>
      client.on('error', (error) => log?.warn({ error: error.message }, 'a connection to TimescaleDB broke')),
    );
    this.#pool.on('error', () => {});
  }

  /** Runs one filed statement by itself. */
  async query<Parameters extends object, Row extends object>(
    statement: Statement<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]> {
    return this.#withClient((client) => on(client).query(statement, parameters));
  }

  /** Runs all of the work in one transaction; it may run more than once, see the class. */
  async transaction<Result>(work: (transaction: SeriesTransaction) => Promise<Result>): Promise<Result> {
    return this.#withClient(async (client) => {
      await client.query('BEGIN');
      try {
        const result = await work(on(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        // A connection that is lost has rolled back already; the first error is the one that matters.
        await client.query('ROLLBACK').catch(() => {});
        throw error;
      }
    });
  }

  /** Runs a text of statements outside a transaction of ours; for `CALL run_job(literal)`. */
  async runScript(text: string): Promise<void> {
    await this.#withClient((client) => on(client).runScript(text));
  }

  /** Resolves when the server answers. */
  async ping(): Promise<void> {
    await this.#pool.query('SELECT 1');
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #withClient<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const giveUpAt = Date.now() + RETRY_MILLISECONDS;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#once(work);
      } catch (error) {
        if (!isPassing(error) || Date.now() > giveUpAt) throw error;
        await wait(Math.min(50 * 2 ** attempt, 1_000));
      }
    }
  }

  async #once<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let broken = false;
    try {
      return await work(client);
    } catch (error) {
      broken = isPassing(error);
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

const MAX_CONNECTIONS = 10; // the embedded server takes one statement at a time; a real one has other clients
const CONNECT_MILLISECONDS = 5_000;
const IDLE_MILLISECONDS = 30_000;
const STATEMENT_MILLISECONDS = 30_000; // the longest statement rewrites the samples of a week
const IDLE_IN_TRANSACTION_MILLISECONDS = 10_000; // one forgotten BEGIN stops every client of the embedded server
const RETRY_MILLISECONDS = 10_000; // the embedded server is back after a crash within five; a client gives up by then

function on(client: pg.PoolClient): SeriesTransaction {
  return {
    query: async <Parameters extends object, Row extends object>(
      { path, text, parameterNames }: Statement<Parameters, Row>,
      parameters: Parameters,
    ) => {
      // Only a filed text is sure to be the only one of its name, which prepared statements need.
      const { rows } = await client.query<Row>(
        parameterNames
          ? { name: path, text, values: valuesInOrder(parameterNames, parameters, path) }
          : { text },
      );
      return rows;
    },
    copy: async ({ text }, rows) => {
      const stream = client.query(copyFrom(text));
      const finished = once(stream, 'finish');
      // A refused row reaches `finished`; when that happens while a chunk waits for room, nobody else listens.
      finished.catch(() => {});
      for (const chunk of rows) {
        if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), finished]);
      }
      stream.end();
      await finished;
    },
    runScript: async (text) => {
      await client.query(text);
    },
  };
}

function valuesInOrder(names: readonly string[], parameters: object, path: string): unknown[] {
  const given = new Map(Object.entries(parameters));
  return names.map((name) => {
    if (!given.has(name)) throw new Error(`${path} needs ${name}`);
    return given.get(name);
  });
}

// Class 08 is "connection exception"; 57P01 to 57P03 say that the server goes down or is not up yet; 40001 and
// 40P01 ask for another try.
const PASSING_CODES = new Set([
  '57P01',
  '57P02',
  '57P03',
  '40001',
  '40P01',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
]);

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return PASSING_CODES.has(code) || code.startsWith('08') || /^Connection terminated/.test(error.message);
}

// Types that pg leaves as text or parses slowly: counts are below 2^53, and arrays of numbers are JSON but for
// their braces. NaN is never stored.
const INT8 = 20;
const ARRAYS_OF_NUMBERS = new Set([1005, 1007, 1016, 1021, 1022]); // smallint, integer, bigint, real, double

function getTypeParser(oid: number, format?: 'text' | 'binary'): ((text: string) => unknown) | undefined {
  if (oid === INT8) return Number;
  if (ARRAYS_OF_NUMBERS.has(oid)) return numbers;
  // pg's own signature wants the format as a literal, which picks another overload for each.
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}

function numbers(text: string): unknown {
  return JSON.parse(`[${text.slice(1, -1).replaceAll('NULL', 'null')}]`);
}
