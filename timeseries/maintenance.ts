import { type Series, sql } from './pool.js';

const dueJobs = sql<object, { jobId: number }>('maintenance/due-jobs.sql');
const begin = sql<{ jobId: number; startedAt: Date }, object>('maintenance/begin.sql');
const end = sql<{ jobId: number; startedAt: Date; failure: string | null }, object>('maintenance/end.sql');

/** How a job of TimescaleDB went. */
export interface MaintenanceRun {
  readonly jobId: number;
  /** What the server said; absent when it went well. */
  readonly failure?: string;
}

/**
 * Runs the jobs of TimescaleDB that are due: compression, retention. A server with its own scheduler has none due.
 *
 * @param now when they start, for the record in `job_runs`
 */
export async function runDueJobs(series: Series, now: () => Date): Promise<MaintenanceRun[]> {
  const runs: MaintenanceRun[] = [];
  for (const { jobId } of await series.query(dueJobs, {})) {
    const startedAt = now();
    await series.query(begin, { jobId, startedAt });
    // `CALL` takes no subquery, and a policy commits by itself, so it cannot be a parameter of a filed statement.
    const failure = await series.runScript(`CALL run_job(${Math.trunc(jobId)})`).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    await series.query(end, { jobId, startedAt, failure: failure ?? null });
    runs.push({ jobId, ...(failure !== undefined && { failure }) });
  }
  return runs;
}
