import { run } from './database.js';
import type { Engine } from './engine.js';
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
  vacuumMilliseconds: 10 * 60_000,
};

// Below this share of changed rows the planner's figures are still good enough.
const STALE_SHARE = 0.1;
const STALE_ROWS = 1_000;
const TABLES_A_ROUND = 200;

/** Keeps WAL, dead rows and planner statistics in bounds, in short chores between the work of clients. */
export function maintain(engine: Engine, turns: Turns, times: MaintenanceTimes): { stop: () => void } {
  let checkpointAt = performance.now();
  let checkpointWal = walBytes(engine);

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
      turns.submitChore(() => {
        if (run(engine, `SELECT to_regclass('${table.replaceAll("'", "''")}')`)[0]?.[0]) {
          run(engine, `VACUUM (ANALYZE) ${table}`);
        }
      });
    }
  }

  const timers = [
    setInterval(() => turns.submitChore(look), times.lookMilliseconds),
    setInterval(() => turns.submitChore(vacuum), times.vacuumMilliseconds),
  ];
  return { stop: () => timers.forEach(clearInterval) };
}

function walBytes(engine: Engine): number {
  return Number(run(engine, "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")[0]?.[0]);
}

function staleTables(engine: Engine): string[] {
  return run(
    engine,
    `SELECT format('%I.%I', schemaname, relname) FROM pg_stat_user_tables
     WHERE n_mod_since_analyze > greatest(${STALE_ROWS}, ${STALE_SHARE} * n_live_tup)
     ORDER BY n_mod_since_analyze DESC LIMIT ${TABLES_A_ROUND}`,
  ).flatMap(([name]) => name ?? []);
}
