import { knownIds } from '../../graph/upload-remains.js';
import { activitiesWrittenBetween } from '../../timeseries/activity-data.js';
import { job } from '../jobs/job.js';
import type { App } from '../wiring.js';
import { deleteUnknownRecordings } from './unknown-recordings.js';

/** Takes away what processes left behind that were killed between one store and the next. */
export const sweepLeftovers = job({
  name: 'upload.sweep',
  every: { seconds: 6 * 3_600 },
  run: (app: App) => sweepBefore(app, new Date(app.now().getTime() - GRACE_MILLISECONDS)),
});

/**
 * Deletes files that no upload names, and samples of activities that the graph does not know.
 *
 * @param until only what was stored before; younger things may be under way
 */
export async function sweepBefore(app: App, until: Date): Promise<void> {
  await sweepFiles(app, until);
  await sweepSamples(app, until);
}

const GRACE_MILLISECONDS = 3_600_000; // no upload or job takes an hour
const LOOK_BACK_MILLISECONDS = 2 * 86_400_000; // every leftover is seen several times before
const BATCH = 500;
const SMALLEST_UUID = '00000000-0000-0000-0000-000000000000';

async function sweepFiles({ objects, graph, log }: App, until: Date): Promise<void> {
  for await (const { key, storedAt } of objects.list('incoming')) {
    if (storedAt < until) await objects.delete(key);
  }
  let keys: string[] = [];
  const sweepBatch = async () => {
    const uploadIds = keys.map(lastPart);
    const known = await knownIds(graph, { uploadIds, activityIds: [] });
    const orphans = keys.filter((key) => !known.has(lastPart(key)));
    for (const key of orphans) await objects.delete(key);
    if (orphans.length > 0) log.warn({ count: orphans.length }, 'files without an upload were deleted');
    keys = [];
  };
  for await (const { key, storedAt } of objects.list('originals')) {
    if (storedAt < until) keys.push(key);
    if (keys.length === BATCH) await sweepBatch();
  }
  if (keys.length > 0) await sweepBatch();
}

async function sweepSamples(app: App, until: Date): Promise<void> {
  const from = new Date(until.getTime() - LOOK_BACK_MILLISECONDS);
  let afterId = SMALLEST_UUID;
  for (;;) {
    const activityIds = await activitiesWrittenBetween(app.series, { from, until, afterId, limit: BATCH });
    const deleted = await deleteUnknownRecordings(app, activityIds, 'sweep');
    if (deleted.length > 0) app.log.warn({ deleted }, 'samples of unknown activities were deleted');
    if (activityIds.length < BATCH) return;
    afterId = activityIds.at(-1) ?? afterId;
  }
}

const lastPart = (key: string): string => key.slice(key.lastIndexOf('/') + 1);
