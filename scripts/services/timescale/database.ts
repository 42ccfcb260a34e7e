import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from './engine.js';
import { readRows } from './rows.js';
import { applyBaseSettings } from './turns.js';
import { queryFrame } from './wire.js';

/** Rows in compressed chunks do not show up in results, although they are in the files. */
export class CompressedRowsMissing extends Error {
  override name = 'CompressedRowsMissing';
  constructor(
    readonly found: number,
    readonly expected: number,
  ) {
    super(
      `the canary has ${found} of ${expected} compressed rows: the Timescale libraries are not loaded right`,
    );
  }
}

const CANARY_ROWS = 1_000;

/**
 * Opens the database of a directory that is locked already, or makes it, and checks it: the engine that comes
 * back counts compressed rows right and has the settings that clients expect.
 *
 * @throws {CompressedRowsMissing}
 */
export async function openDatabase(directory: string): Promise<Engine> {
  const cluster = join(directory, 'cluster');
  const finished = join(directory, 'finished');
  // A cluster that was cut off while it was made has no client's rows in it, and cannot be opened either.
  if (!existsSync(finished)) rmSync(cluster, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const engine = await Engine.open(cluster);
  loadLibraries(engine);
  applyBaseSettings(engine);
  checkCanary(engine);
  if (!existsSync(finished)) writeFileSync(finished, '');
  return engine;
}

/** One statement or several of the gateway's own; throws what the engine answers as an error. */
export function run(engine: Engine, sql: string): (string | null)[][] {
  return readRows(engine.send(queryFrame(sql)).bytes);
}

// CREATE EXTENSION IF NOT EXISTS loads nothing where the extension exists: queries would then silently leave out
// compressed rows until some Timescale function is called, and be wrong even after that.
function loadLibraries(engine: Engine): void {
  run(engine, 'CREATE EXTENSION IF NOT EXISTS timescaledb');
  const version = run(engine, "SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'")[0]?.[0];
  run(engine, `LOAD '$libdir/timescaledb-${version}'`);
  run(engine, `LOAD '$libdir/timescaledb-tsl-${version}'`);
}

function checkCanary(engine: Engine): void {
  const isThere = run(engine, "SELECT to_regclass('paceline_gateway.canary') IS NOT NULL")[0]?.[0] === 't';
  if (!isThere) run(engine, CANARY_SQL);
  const found = Number(run(engine, 'SELECT count(*) FROM paceline_gateway.canary')[0]?.[0]);
  if (found !== CANARY_ROWS) throw new CompressedRowsMissing(found, CANARY_ROWS);
}

// Several statements in one query are one transaction: the canary is there whole or not at all.
const CANARY_SQL = `
  CREATE SCHEMA IF NOT EXISTS paceline_gateway;
  CREATE TABLE paceline_gateway.canary (at timestamptz NOT NULL, value integer NOT NULL);
  SELECT create_hypertable('paceline_gateway.canary', by_range('at'));
  INSERT INTO paceline_gateway.canary
    SELECT timestamptz '2020-01-01' + n * interval '1 second', n FROM generate_series(1, ${CANARY_ROWS}) AS n;
  ALTER TABLE paceline_gateway.canary SET (timescaledb.compress);
  SELECT compress_chunk(chunk) FROM show_chunks('paceline_gateway.canary') AS chunk`;
