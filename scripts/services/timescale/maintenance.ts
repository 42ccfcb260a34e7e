import { run } from './database.js';
import { type Engine, EngineBroken } from './engine.js';
import type { Turns } from './turns.js';

/** How often the gateway looks after the database. There is no checkpointer and no autovacuum in the engine. */
export interface MaintenanceTimes {
  readonly lookMilliseconds: number;
  readonly checkpointMilliseconds: number;
  /** Recovery after a crash takes about 7 s for each GB of WAL since the last checkpoint. */
  readonly checkpointWalBytes: number;
  readonly vacuumMilliseconds: number;
}

export const DEFAULT_TIMES: MaintenanceTimes = {
  lookMilliseconds: 10_000,
  checkpointMilliseconds: 5 * 60_000,
  checkpointWalBytes: 256 * 1024 * 1024,
  vacuumMilliseconds: 60_000,
};

// Below this growth the planner's figures are still good enough.
const GROWN_SHARE = 0.1;
const GROWN_PAGES = 10;
const TABLES_A_ROUND = 200;

/** Keeps WAL, dead rows and planner statistics in bounds, in short chores between the work of clients. */
export function maintain(engine: Engine, turns: Turns, times: MaintenanceTimes): { stop: () => void } {
  let checkpointAt = performance.now();
  let checkpointWal = walBytes(engine);

  // A vacuum that fails is tried again later; a client must not lose its connection over it.
  function submit(work: () => void): void {
    turns.submitChore(() => {
      try {
        work();
      } catch (error) {
        if (error instanceof EngineBroken) throw error;
        process.stderr.write(`${new Date().toISOString()} maintenance: ${error}\n`);
      }
    });
  }

  function look(): void {
    const wal = walBytes(engine);
    const isLate = performance.now() - checkpointAt >= times.checkpointMilliseconds && wal > checkpointWal;
    if (!isLate && wal - checkpointWal < times.checkpointWalBytes) return;
    run(engine, 'CHECKPOINT');
    checkpointAt = performance.now();
    checkpointWal = walBytes(engine);
  }

  function vacuum(): void {
    for (const table of staleTables(engine)) {
      // The table may be gone by the time of its turn: a chunk dropped by retention.
      submit(() => {
        if (run(engine, `SELECT to_regclass('${table.replaceAll("'", "''")}')`)[0]?.[0]) {
          run(engine, `VACUUM (ANALYZE) ${table}`);
        }
      });
    }
  }

  const timers = [
    setInterval(() => submit(look), times.lookMilliseconds),
    setInterval(() => submit(vacuum), times.vacuumMilliseconds),
  ];
  return { stop: () => timers.forEach(clearInterval) };
}

function walBytes(engine: Engine): number {
  return Number(run(engine, "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")[0]?.[0]);
}

// The engine never counts changed rows, but a table that changes grows: dead rows take room until they are vacuumed.
function staleTables(engine: Engine): string[] {
  return run(
    engine,
    `SELECT format('%I.%I', nspname, relname)
     FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE relkind IN ('r', 'm') AND relpersistence = 'p'
       AND pg_relation_size(pg_class.oid) / current_setting('block_size')::int - relpages
         > greatest(${GROWN_PAGES}, ${GROWN_SHARE} * relpages)
     ORDER BY pg_relation_size(pg_class.oid) DESC LIMIT ${TABLES_A_ROUND}`,
  ).flatMap(([name]) => name ?? []);
}
