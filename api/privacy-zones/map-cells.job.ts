import { type ActivityKeyRow, keysOfActivities } from '../../graph/activity-keys.js';
import { systemSubject } from '../../policies/subject.js';
import { mapIsDoneUpTo, markMapCells, recordingsToMap } from '../../timeseries/map-cells.js';
import { readPositions } from '../../timeseries/positions.js';
import { job } from '../jobs/job.js';
import type { App } from '../wiring.js';

/** Notes which cells of the map athletes have used in what was recorded since. Killed anywhere, it goes on from there. */
export const mapCells = job({
  name: 'privacyZones.mapCells',
  // Seldom, since sizes of zones need no more and uploads need the processor.
  every: { seconds: 900 },
  run: (app: App) => mapUntil(app, new Date(app.now().getTime() - SETTLED_MILLISECONDS)),
});

const SETTLED_MILLISECONDS = 60_000; // no transaction that writes a recording takes so long
const RECORDINGS_PER_ROUND = 100;

/**
 * Notes the cells of all recordings that the map does not know of yet.
 *
 * @param until only of those that were written before
 */
export async function mapUntil(app: App, until: Date): Promise<void> {
  for (;;) {
    const recordings = await recordingsToMap(app.series, { until, limit: RECORDINGS_PER_ROUND });
    const last = recordings.at(-1);
    if (!last) return;
    const activityIds = recordings.map(({ activityId }) => activityId);
    // What zones leave has ids of its own, and of that the map knows from the whole.
    for (const row of await keysOfActivities(app.graph, activityIds)) await mapActivity(app, row);
    await mapIsDoneUpTo(app.series, last);
  }
}

async function mapActivity({ access, series, masterKey }: App, row: ActivityKeyRow): Promise<void> {
  const { activityId, athleteId, wrappedKey } = row;
  const grant = access.require(systemSubject('worker', 'map'), 'privacyZone.apply', {
    resource: { kind: 'activity', id: activityId, ownerId: athleteId },
    facts: {},
  });
  const key = masterKey.unwrap(athleteId, wrappedKey);
  const positions = await readPositions(series, grant, { athleteId, activityId, key });
  if (positions) await markMapCells(series, grant, { activityId, key, masterKey, positions });
}
