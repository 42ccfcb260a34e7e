import { job } from '../jobs/job.js';
import type { App } from '../wiring.js';
import { earlierCuts, makeCheckpoint } from './make-checkpoint.js';
import { pruneCheckpoints } from './prune-checkpoints.js';

/** Decisions are kept for thirteen months, so that a year can be compared with the one before. */
const KEPT_DAYS = 400;
const DAY_MILLISECONDS = 86_400_000;

/** Signs where the audit trail ends, and puts that out of reach of whoever may write to the database. */
export const checkpointTrail = job({
  name: 'audit.checkpoint',
  every: { seconds: 10 },
  run: async (app: App) => {
    await makeCheckpoint(app);
  },
});

/**
 * Lets decisions go that are old enough, after they were verified a last time; TimescaleDB then drops them. So do the
 * checkpoints that were made before.
 */
export const cutTrail = job({
  name: 'audit.cut',
  every: { seconds: 86_400 },
  run: async (app: App) => {
    await makeCheckpoint(app, cutBefore(app.now()));
    const { keptFrom } = await earlierCuts(app);
    await pruneCheckpoints(app, keptFrom);
  },
});

/** The beginning of a day in UTC, as the chunks begin. */
function cutBefore(now: Date): Date {
  const days = Math.floor(now.getTime() / DAY_MILLISECONDS) - KEPT_DAYS;
  return new Date(days * DAY_MILLISECONDS);
}
