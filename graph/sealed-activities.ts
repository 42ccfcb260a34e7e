import type { Target } from '../policies/access.js';
import type { MasterKey, Place } from '../policies/keys.js';
import { Sealed } from '../policies/sealed.js';
import {
  type Figures,
  type HiddenPart,
  outlinePlace,
  polylinePlace,
  wholeOutlinePlace,
  wholePolylinePlace,
} from './activities.js';
import type { RecordingIds } from './recording-ids.js';
import { cypher, type Graph, type ReadTransaction, type Whole, whole } from './session.js';
import {
  type OwnerFacts,
  ownerFacts,
  type Sharing,
  type StoredSharing,
  sharingOf,
  type Visibility,
} from './sharing.js';
import type { Original } from './uploads.js';
import { openedWhole, type WholeActivity } from './whole-activities.js';

/** What decides who may see an activity, as every query here returns it. */
export interface ActivityFacts extends OwnerFacts {
  readonly sharing: StoredSharing;
  /** Zones have changed since the activity was measured. */
  readonly zonesArePending: boolean;
  /** Who knows the time zone of the owner. */
  readonly timeZoneVisibility: Visibility;
}

/** An activity in a list. */
export interface ActivitySummary {
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
  /** About a hundred points, encoded; null without positions. */
  readonly polyline: string | null;
  /** All pieces of the way, where there are several because something between is hidden. */
  readonly polylines?: readonly string[];
  /** What others see instead of the fields of the same names; absent when that is the same. */
  readonly public?: object;
}

/** An activity by itself; `polyline` is the way in full. */
export interface Activity extends ActivitySummary, RecordingIds, Omit<Figures, 'elapsedSeconds'>, Sharing {
  readonly activityId: string;
  readonly description: string | null;
  readonly device: string | null;
  readonly source: 'upload' | 'manual';
  readonly uploadId: string | null;
  readonly channels: readonly string[];
  /** Null when it is withheld, since it follows close upon the end. */
  readonly createdAt: Date | null;
  readonly version: number;
}

interface ActivityRow
  extends ActivityFacts,
    Pick<HiddenPart, 'whole' | 'wholePolyline' | 'publicRecordingId' | 'publicChannels'>,
    Omit<
      Activity,
      | 'athlete'
      | 'polyline'
      | 'polylines'
      | 'public'
      | 'startedAt'
      | 'listedAt'
      | keyof RecordingIds
      | keyof Sharing
    > {
  readonly activityId: string;
  readonly athleteId: string;
  readonly displayName: string;
  readonly startedAt: Date;
  readonly hiddenStartedAt: Date | null;
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
  const { athleteId, displayName, polyline, wrappedKey, sharing, startedAt, hiddenStartedAt, ...rest } = row;
  const { ownerStanding: _standing, ownerHidesFromSignedOut: _objection, ...related } = rest;
  const { isFollower: _follower, isClubMate: _clubMate, isBlocked: _blocked, ...stored } = related;
  const { zonesArePending: _pending, timeZoneVisibility: _circle, whole: hidden, ...known } = stored;
  const { wholePolyline, publicChannels, ...activity } = known;
  const { activityId } = activity;
  const seen = {
    ...activity,
    ...sharingOf(sharing),
    startedAt: hiddenStartedAt ?? startedAt,
    listedAt: startedAt,
    athlete: { athleteId, displayName },
    ...inPieces(decrypted(masterKey, wrappedKey, polyline, polylinePlace(athleteId, activityId))),
  };
  const way = () =>
    decrypted(masterKey, wrappedKey, wholePolyline, wholePolylinePlace(athleteId, activityId));
  const whole = wholeOf(masterKey, { athleteId, activityId, wrappedKey, hidden });
  return whole
    ? withWhole(seen, whole, way(), {
        channels: publicChannels ?? seen.channels,
        // Who uploads as soon as they are home would tell by it how long they were unseen.
        createdAt: null,
      })
    : seen;
}

/** What is kept for the owner of an activity that zones cut; undefined when they cut nothing, or it was forgotten. */
function wholeOf(
  masterKey: MasterKey,
  activity: {
    readonly athleteId: string;
    readonly activityId: string;
    readonly wrappedKey: Uint8Array | null;
    readonly hidden: Uint8Array | null;
  },
): WholeActivity | undefined {
  const { athleteId, wrappedKey, hidden } = activity;
  if (!wrappedKey || !hidden) return undefined;
  return openedWhole(masterKey.unwrap(athleteId, wrappedKey), activity, hidden);
}

/** An activity as its owner sees it, with what others see instead. */
function withWhole<Seen extends ActivitySummary>(
  { polylines, ...seen }: Seen,
  { startedAt, sampleCount: _samples, hiddenMeters: _meters, ...figures }: WholeActivity,
  polyline: string | null,
  others: object,
) {
  const known = Object.entries(figures).filter(([name]) => name in seen);
  const whole = { ...Object.fromEntries(known), startedAt: new Date(startedAt), polyline };
  const names = Object.keys(whole);
  const instead = Object.fromEntries(Object.entries(seen).filter(([name]) => names.includes(name)));
  return { ...seen, ...whole, public: { ...instead, ...(polylines && { polylines }), ...others } };
}

/** The longest piece of a way for who draws one line, and all of them where there are several. */
function inPieces(way: string | null): Pick<ActivitySummary, 'polyline' | 'polylines'> {
  const pieces = way?.split('\n') ?? [];
  if (pieces.length < 2) return { polyline: way };
  const longest = pieces.reduce((one, other) => (other.length > one.length ? other : one));
  return { polyline: longest, polylines: pieces };
}

/** What decides about an activity, and what is needed to open its data in other stores. */
export interface ActivityAccess extends ActivityFacts, RecordingIds, Pick<HiddenPart, 'publicChannels'> {
  readonly athleteId: string;
  readonly version: number;
  readonly channels: readonly string[];
  /** Its place in lists. */
  readonly startedAt: Date;
  readonly hiddenStartedAt: Date | null;
  readonly timeZone: string;
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
export interface StreamSource extends RecordingIds {
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
  const { athleteId, activityId, publicRecordingId, wrappedKey, channels, publicChannels } = row;
  return sealed(row, () => ({
    athleteId,
    activityId,
    publicRecordingId,
    wrappedKey,
    channels,
    ...(publicChannels && { public: { channels: publicChannels } }),
  }));
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
  return sealed(row, () => openedSummary(masterKey, row));
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

function sealed<Content>(row: DecidedRow, content: () => Content): Sealed<Content> {
  const { resource, facts } = targetOf(row);
  return new Sealed(resource, facts, content);
}

type DecidedRow = ActivityFacts & Pick<ListedRow, 'activityId' | 'athleteId'>;

/** The activity as the policy is asked about it. */
export function targetOf(row: DecidedRow): Target {
  const { activityId, athleteId, sharing, zonesArePending, timeZoneVisibility } = row;
  return {
    resource: { kind: 'activity', id: activityId, ownerId: athleteId },
    facts: { ...sharingOf(sharing), ...ownerFacts(row), zonesArePending, timeZoneVisibility },
  };
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
