import type { Target } from '../policies/access.js';
import type { MasterKey, Place } from '../policies/keys.js';
import { type Facts, Sealed } from '../policies/sealed.js';
import { type Figures, outlinePlace, polylinePlace, type Visibility } from './activities.js';
import { cypher, type Graph, type ReadTransaction, type Whole, whole } from './session.js';
import type { Original } from './uploads.js';

/** What decides who may see an activity, as every query here returns it. */
export interface ActivityFacts {
  readonly ownerStanding: 'active' | 'suspended' | 'deleted';
  /** The viewer follows the owner. */
  readonly isFollower: boolean;
  /** One of the two blocks the other. */
  readonly isBlocked: boolean;
}

/** An activity in a list. */
export interface ActivitySummary {
  readonly activityId: string;
  readonly athlete: { readonly athleteId: string; readonly displayName: string };
  readonly name: string;
  readonly sport: string;
  readonly visibility: Visibility;
  readonly startedAt: Date;
  readonly timeZone: string;
  readonly distanceMeters: number | null;
  readonly movingSeconds: number | null;
  readonly elapsedSeconds: number;
  readonly climbMeters: number | null;
  readonly averageSpeedMetersPerSecond: number | null;
  readonly averageHeartRateBpm: number | null;
  readonly averagePowerWatts: number | null;
  /** About a hundred points, encoded; null without positions. */
  readonly polyline: string | null;
}

/** An activity by itself; `polyline` is the way in full. */
export interface Activity extends ActivitySummary, Figures {
  readonly description: string | null;
  readonly device: string | null;
  readonly source: 'upload' | 'manual';
  readonly uploadId: string | null;
  readonly channels: readonly string[];
  readonly createdAt: Date;
  readonly version: number;
}

interface ActivityRow extends ActivityFacts, Omit<Activity, 'athlete' | 'polyline'> {
  readonly athleteId: string;
  readonly displayName: string;
  readonly polyline: Uint8Array | null;
  readonly wrappedKey: Uint8Array | null;
}

/** An activity, and who asks about it; null is somebody without an account. */
export interface ActivityIds {
  readonly activityId: string;
  readonly viewerId: string | null;
}

const byId = cypher<ActivityIds, ActivityRow>('activities/activity-by-id.cypher');

/** One activity, as it is right now and with what is so between its owner and the viewer. */
export async function activityById(
  graph: Graph,
  masterKey: MasterKey,
  ids: ActivityIds,
): Promise<Sealed<Activity> | undefined> {
  const [row] = await graph.query(byId, ids);
  return row && sealed(row, () => openedActivity(masterKey, row));
}

function openedActivity(masterKey: MasterKey, row: ActivityRow): Activity {
  const { athleteId, displayName, polyline, wrappedKey, ...rest } = row;
  const { ownerStanding: _standing, isFollower: _follower, isBlocked: _blocked, ...activity } = rest;
  return {
    ...activity,
    athlete: { athleteId, displayName },
    polyline: decrypted(masterKey, wrappedKey, polyline, polylinePlace(athleteId, activity.activityId)),
  };
}

/** What decides about an activity, and what is needed to open its data in other stores. */
export interface ActivityAccess extends ActivityFacts {
  readonly activityId: string;
  readonly athleteId: string;
  readonly visibility: Visibility;
  readonly version: number;
  readonly channels: readonly string[];
  readonly startedAt: Date;
  readonly wrappedKey: Uint8Array | null;
  readonly upload: Pick<Original, 'uploadId' | 'fileName' | 'sizeBytes'> | null;
}

const access = cypher<ActivityIds, ActivityAccess>('activities/access.cypher');

/** What decides about an activity, inside a transaction; undefined when there is no such activity. */
export async function accessTo(
  transaction: Pick<ReadTransaction, 'run'>,
  ids: ActivityIds,
): Promise<ActivityAccess | undefined> {
  const [row] = await transaction.run(access, ids);
  return row;
}

/** What opens the streams of an activity. */
export interface StreamSource {
  readonly athleteId: string;
  /** The wrapped key of the positions; null when the athlete was forgotten. */
  readonly wrappedKey: Uint8Array | null;
  readonly channels: readonly string[];
}

/** What opens the streams of an activity. */
export async function streamsOfActivity(
  graph: Graph,
  ids: ActivityIds,
): Promise<Sealed<StreamSource> | undefined> {
  const [row] = await graph.query(access, ids);
  if (!row) return undefined;
  const { athleteId, wrappedKey, channels } = row;
  return sealed(row, () => ({ athleteId, wrappedKey, channels }));
}

/** Where the file is that an activity was made from; `original` is null when there is none. */
export async function originalOfActivity(
  graph: Graph,
  ids: ActivityIds,
): Promise<Sealed<{ readonly original: Original | null }> | undefined> {
  const [row] = await graph.query(access, ids);
  if (!row) return undefined;
  const { athleteId, wrappedKey, upload } = row;
  return sealed(row, () => ({
    original: upload && wrappedKey ? { ...upload, athleteId, wrappedKey } : null,
  }));
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

interface ListedRow extends Omit<ActivitySummary, 'athlete' | 'startedAt' | 'polyline'> {
  readonly athleteId: string;
  readonly startedAtMilliseconds: number;
  readonly outline: Uint8Array | null;
}

interface OwnerRow extends ActivityFacts {
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
    athlete: { resource: { kind: 'athlete', id: athleteId, ownerId: athleteId }, facts: factsOf(row) },
    activities: row.activities.map((activity) => sealedSummary(masterKey, { ...row, ...activity })),
  };
}

/** Seals a row of a list. */
export function sealedSummary(masterKey: MasterKey, row: SummaryRow): Sealed<ActivitySummary> {
  const { activityId, athleteId, displayName } = row;
  return sealed(row, () => ({
    activityId,
    athlete: { athleteId, displayName },
    name: row.name,
    sport: row.sport,
    visibility: row.visibility,
    startedAt: new Date(row.startedAtMilliseconds),
    timeZone: row.timeZone,
    distanceMeters: row.distanceMeters,
    movingSeconds: row.movingSeconds,
    elapsedSeconds: row.elapsedSeconds,
    climbMeters: row.climbMeters,
    averageSpeedMetersPerSecond: row.averageSpeedMetersPerSecond,
    averageHeartRateBpm: row.averageHeartRateBpm,
    averagePowerWatts: row.averagePowerWatts,
    polyline: decrypted(masterKey, row.wrappedKey, row.outline, outlinePlace(athleteId, activityId)),
  }));
}

function sealed<Content>(row: DecidedRow, content: () => Content): Sealed<Content> {
  const { resource, facts } = targetOf(row);
  return new Sealed(resource, facts, content);
}

type DecidedRow = ActivityFacts & Pick<ListedRow, 'activityId' | 'athleteId' | 'visibility'>;

/** The activity as the policy is asked about it. */
export function targetOf(row: DecidedRow): Target {
  const { activityId, athleteId, visibility } = row;
  return {
    resource: { kind: 'activity', id: activityId, ownerId: athleteId },
    facts: { visibility, ...factsOf(row) },
  };
}

function factsOf({ ownerStanding, isFollower, isBlocked }: ActivityFacts): Facts {
  return { ownerStanding, isFollower, isBlocked };
}

// Without a key the athlete has been forgotten, and so has the way.
function decrypted(
  masterKey: MasterKey,
  wrappedKey: Uint8Array | null,
  ciphertext: Uint8Array | null,
  place: Place,
): string | null {
  if (!wrappedKey || !ciphertext) return null;
  return masterKey.unwrap(place.athleteId, wrappedKey).decryptText(ciphertext, place);
}
