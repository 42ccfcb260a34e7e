import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before } from 'node:test';
import pg from 'pg';
import {
  superviseTimescale,
  type Timescale,
  type TimescaleOptions,
} from '../../../../scripts/services/timescale/supervisor.js';

/** An embedded TimescaleDB for all tests of a file. */
export interface Running {
  readonly directory: string;
  readonly timescale: Timescale;
  /** A connection of its own; closed after the test. */
  client(): Promise<pg.Client>;
}

/** Starts one before the tests of the file and ends it after them. */
export function runTimescale(
  options: Omit<TimescaleOptions, 'directory' | 'port' | 'password'>,
): () => Running {
  let running: Running | undefined;
  const clients: pg.Client[] = [];
  before(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'paceline-timescale-'));
    const timescale = await superviseTimescale({ ...options, directory, port: 0, password: 'p%ss word' });
    const client = async () => {
      const connection = new pg.Client({ connectionString: timescale.url });
      // Without a listener a connection that breaks ends the process.
      connection.on('error', () => {});
      await connection.connect();
      clients.push(connection);
      return connection;
    };
    running = { directory, timescale, client };
  });
  afterEach(() => Promise.allSettled(clients.splice(0).map((client) => client.end())));
  after(async () => {
    await running?.timescale.stop();
    if (running) await rm(running.directory, { recursive: true, force: true });
  });
  return () => {
    if (!running) throw new Error('before() has not run');
    return running;
  };
}

/** The code and message of the error that a query ends with. */
export async function refusalOf(query: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await query;
  } catch (error) {
    if (error instanceof pg.DatabaseError) return { code: error.code ?? '', message: error.message };
    throw error;
  }
  throw new Error('the query was not refused');
}
