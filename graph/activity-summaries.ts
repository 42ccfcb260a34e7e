import type { Target } from '../policies/access.js';
import type { MasterKey } from '../policies/keys.js';
import type { Sealed } from '../policies/sealed.js';
import { type HiddenPart, outlinePlace, wholeOutlinePlace } from './activities.js';
import { type ActivityFacts, sealedActivity } from './activity-facts.js';
import { decrypted, inPieces, type Way, wholeOf, withWhole } from './opened-ways.js';
import { cypher, type Graph, type Whole, whole } from './session.js';
import { type OwnerFacts, ownerFacts, type StoredSharing, type Visibility } from './sharing.js';

/** An activity in a list, with a way of about a hundred points. */
export interface ActivitySummary extends Way {
  readonly activityId: string;
  readonly athlete: { readonly athleteId: string; readonly displayName: string };
  readonly name: string;
  readonly sport: string;
  readonly visibility: Visibility;
  /** Null when it is withheld. */
  readonly startedAt: Date | null;
  /** Its place in lists: when it started, or the start of that day in UTC when its athlete hides the time. */
  readonly listedAt: Date;
  /** Null when it is withheld. */
  readonly timeZone: string | null;
  readonly distanceMeters: number | null;
  readonly movingSeconds: number | null;
  /** Null when it is withheld. */
  readonly elapsedSeconds: number | null;
  readonly climbMeters: number | null;
  readonly averageSpeedMetersPerSecond: number | null;
  readonly averageHeartRateBpm: number | null;
  readonly averagePowerWatts: number | null;
  /** What others see instead of the fields of the same names; absent when that is the same. */
  readonly public?: object;
}

/** Where a list of activities goes on: below this pair, newest first. */
export interface ActivityPosition {
  readonly startedAt: Date;
  readonly activityId: string;
}

/** Which activities of one athlete. */
export interface ActivitiesWanted {
  readonly athleteId: string;
  readonly viewerId: string | null;
  readonly sport: string | null;
  /** Started then or later. */
  readonly after: Date;
  readonly below: ActivityPosition;
  readonly limit: number;
}

interface ListedRow
  extends Omit<
      ActivitySummary,
      'athlete' | 'startedAt' | 'listedAt' | 'polyline' | 'polylines' | 'public' | 'visibility'
    >,
    Pick<ActivityFacts, 'zonesArePending' | 'timeZoneVisibility'>,
    Pick<HiddenPart, 'whole' | 'wholeOutline'> {
  readonly athleteId: string;
  readonly sharing: StoredSharing;
  readonly startedAtMilliseconds: number;
  readonly hiddenStartedAtMilliseconds: number | null;
  readonly outline: Uint8Array | null;
}

interface OwnerRow extends OwnerFacts {
  readonly displayName: string;
  readonly wrappedKey: Uint8Array | null;
}

/** A row of a list, as its query returns it. */
export interface SummaryRow extends ListedRow, OwnerRow {}

const ofAthlete = cypher<
  {
    athleteId: string;
    viewerId: string | null;
    sport: string | null;
    after: Date;
    cursorStartedAt: Date;
    cursorActivityId: string;
    limit: Whole;
  },
  OwnerRow & { activities: readonly ListedRow[] }
>('activities/activities-of-athlete.cypher');

/**
 * Activities of one athlete, newest first, among those that the viewer has a chance to see.
 *
 * @returns the athlete as what `activity.list` decides upon, and the activities; undefined without such an athlete
 */
export async function activitiesOfAthlete(
  graph: Graph,
  masterKey: MasterKey,
  { below, limit, ...wanted }: ActivitiesWanted,
): Promise<{ athlete: Target; activities: readonly Sealed<ActivitySummary>[] } | undefined> {
  const [row] = await graph.query(ofAthlete, {
    ...wanted,
    cursorStartedAt: below.startedAt,
    cursorActivityId: below.activityId,
    limit: whole(limit),
  });
  if (!row) return undefined;
  const { athleteId } = wanted;
  return {
    athlete: { resource: { kind: 'athlete', id: athleteId, ownerId: athleteId }, facts: ownerFacts(row) },
    activities: row.activities.map((activity) => sealedSummary(masterKey, { ...row, ...activity })),
  };
}

/** Seals a row of a list. */
export function sealedSummary(masterKey: MasterKey, row: SummaryRow): Sealed<ActivitySummary> {
  return sealedActivity(row, () => openedSummary(masterKey, row));
}

function openedSummary(masterKey: MasterKey, row: SummaryRow): ActivitySummary {
  const { activityId, athleteId, displayName, wrappedKey } = row;
  const seen = {
    activityId,
    athlete: { athleteId, displayName },
    name: row.name,
    sport: row.sport,
    visibility: row.sharing.visibility,
    startedAt: new Date(row.hiddenStartedAtMilliseconds ?? row.startedAtMilliseconds),
    listedAt: new Date(row.startedAtMilliseconds),
    timeZone: row.timeZone,
    distanceMeters: row.distanceMeters,
    movingSeconds: row.movingSeconds,
    elapsedSeconds: row.elapsedSeconds,
    climbMeters: row.climbMeters,
    averageSpeedMetersPerSecond: row.averageSpeedMetersPerSecond,
    averageHeartRateBpm: row.averageHeartRateBpm,
    averagePowerWatts: row.averagePowerWatts,
    ...inPieces(decrypted(masterKey, wrappedKey, row.outline, outlinePlace(athleteId, activityId))),
  };
  const whole = wholeOf(masterKey, { athleteId, activityId, wrappedKey, hidden: row.whole });
  if (!whole) return seen;
  const outline = decrypted(
    masterKey,
    wrappedKey,
    row.wholeOutline,
    wholeOutlinePlace(athleteId, activityId),
  );
  return withWhole(seen, whole, outline, {});
}
