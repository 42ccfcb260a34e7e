import { v7 as uuidv7 } from 'uuid';
import type { Grant } from '../policies/access.js';
import type { Place } from '../policies/keys.js';
import { begun, type Figures, type NewActivity, polylinePlace, wholePolylinePlace } from './activities.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** An activity that is due to be measured again. */
export interface RecutActivity {
  readonly activityId: string;
  /** Null when it was made by hand, or the upload is missing. */
  readonly uploadId: string | null;
  readonly format: string | null;
  readonly timeZone: string;
  readonly hasPositions: boolean;
  /** Zones have hidden something of it. */
  readonly isCut: boolean;
  /** Its whole way as it is stored; null without one. */
  readonly wholePolyline: { readonly stored: Uint8Array; readonly place: Place } | null;
}

/** Activities of an athlete that are due. */
export interface RecutWork {
  readonly ownerStanding: 'active' | 'suspended';
  readonly wrappedKey: Uint8Array;
  readonly activities: readonly RecutActivity[];
}

interface RecutRow {
  readonly activityId: string;
  readonly source: 'upload' | 'manual';
  readonly uploadId: string | null;
  readonly format: string | null;
  readonly channels: readonly string[];
  readonly timeZone: string;
  readonly isCut: boolean;
  readonly polyline: Uint8Array | null;
  readonly wholePolyline: Uint8Array | null;
}

const work = cypher<
  { athleteId: string; limit: Whole },
  Omit<RecutWork, 'activities'> & { activities: readonly RecutRow[] }
>('activities/recut-work.cypher');
const facts = cypher<
  { athleteId: string; activityId: string },
  { zonesVersion: number; startedAt: Date; hidesStartTime: boolean; publicRecordingId: string | null }
>('activities/recut-facts.cypher');
const recut = cypher<{ activityId: string; zonesVersion: Whole; properties: object }, { version: number }>(
  'activities/recut.cypher',
);

const skip = cypher<{ activityId: string; zonesVersion: Whole }, { activityId: string }>(
  'activities/skip-recut.cypher',
);

/** Some activities that are due and can be, newest first; undefined when there is no such athlete any more. */
export async function recutWork(
  graph: Graph,
  athleteId: string,
  limit: number,
): Promise<RecutWork | undefined> {
  const [row] = await graph.execute(work, { athleteId, limit: whole(limit) });
  return (
    row && { ...row, activities: row.activities.map((activity) => recutActivityOf(athleteId, activity)) }
  );
}

function recutActivityOf(athleteId: string, row: RecutRow): RecutActivity {
  const { activityId, timeZone, isCut, channels, polyline, wholePolyline } = row;
  const [stored, placeOf] = wholePolyline
    ? ([wholePolyline, wholePolylinePlace] as const)
    : ([polyline, polylinePlace] as const);
  return {
    activityId,
    timeZone,
    isCut,
    uploadId: row.uploadId,
    format: row.format,
    // By hand nobody has been anywhere. Where the upload is missing there was one, and its file is missed.
    hasPositions: row.source === 'upload' && channels.includes('position'),
    wholePolyline: stored && { stored, place: placeOf(athleteId, activityId) },
  };
}

/** What was measured anew. */
type Measures = Figures &
  Pick<NewActivity, 'polyline' | 'outline' | 'sampleCount' | 'channels' | 'hidden'> & {
    readonly begunAt: Date;
  };

/**
 * Replaces what was measured of an activity, under the lock of its athlete, and tells of it (`activity.updated`), and
 * of what the series keeps for nobody any more (`recording.replaced`).
 *
 * @param grant for `privacyZone.apply`
 * @returns `again` when the zones are no longer those that it was measured by; `gone` when the activity is
 */
export async function recutActivity(
  graph: Graph,
  grant: Grant,
  change: {
    readonly athleteId: string;
    readonly activity: RecutActivity;
    readonly zonesVersion: number;
    /** Undefined when zones change nothing about it. */
    readonly measures: Measures | undefined;
  },
): Promise<'done' | 'again' | 'gone'> {
  grant.assertFor('privacyZone.apply');
  const { athleteId, activity, zonesVersion, measures } = change;
  const { activityId } = activity;
  return graph.write(async (transaction) => {
    await lockAthletes(transaction, athleteId);
    const [found] = await transaction.run(facts, { athleteId, activityId });
    if (!found) return 'gone';
    if (found.zonesVersion !== zonesVersion) return 'again';
    await transaction.run(recut, {
      activityId,
      zonesVersion: whole(zonesVersion),
      properties: measures ? propertiesOf(measures, found.hidesStartTime) : {},
    });
    if (!measures) return 'done';
    await transaction.emit({
      eventId: uuidv7(),
      type: 'activity.updated',
      key: activityId,
      payload: { activityId, athleteId, startedAtMilliseconds: found.startedAt.getTime() },
    });
    const replaced = found.publicRecordingId;
    if (replaced !== null && replaced !== measures.hidden.publicRecordingId)
      await transaction.emit({
        eventId: uuidv7(),
        type: 'recording.replaced',
        key: replaced,
        payload: { recordingId: replaced },
      });
    return 'done';
  });
}

/**
 * Leaves an activity withheld whose recording cannot be read, so that the others come to their turn. It is tried again
 * after the next change of zones.
 *
 * @param grant for `privacyZone.apply`
 */
export async function skipRecut(
  graph: Graph,
  grant: Grant,
  { activityId, zonesVersion }: { readonly activityId: string; readonly zonesVersion: number },
): Promise<void> {
  grant.assertFor('privacyZone.apply');
  await graph.write(({ run }) => run(skip, { activityId, zonesVersion: whole(zonesVersion) }));
}

/**
 * Tells that the activities of an athlete are as their zones want them (`privacyZones.applied`), also those about which
 * zones change nothing.
 *
 * @param grant for `privacyZone.apply`
 */
export async function tellZonesApplied(graph: Graph, grant: Grant, athleteId: string): Promise<void> {
  grant.assertFor('privacyZone.apply');
  await graph.write(({ emit }) =>
    emit({
      eventId: uuidv7(),
      type: 'privacyZones.applied',
      key: `zones:${athleteId}`,
      payload: { athleteId },
    }),
  );
}

function propertiesOf(
  { begunAt, hidden, sampleCount, ...measures }: Measures,
  hidesStartTime: boolean,
): object {
  return {
    ...measures,
    ...hidden,
    sampleCount: whole(sampleCount),
    ...begun(begunAt, hidesStartTime),
  };
}
