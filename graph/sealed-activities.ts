import type { MasterKey } from '../policies/keys.js';
import type { Sealed } from '../policies/sealed.js';
import { type Figures, type HiddenPart, polylinePlace, wholePolylinePlace } from './activities.js';
import { type ActivityFacts, sealedActivity } from './activity-facts.js';
import type { ActivitySummary } from './activity-summaries.js';
import { decrypted, inPieces, wholeOf, withWhole } from './opened-ways.js';
import type { RecordingIds } from './recording-ids.js';
import { cypher, type Graph, type ReadTransaction } from './session.js';
import { type Sharing, sharingOf } from './sharing.js';
import type { Original } from './uploads.js';

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
  return row && sealedActivity(row, () => openedActivity(masterKey, row));
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
  return sealedActivity(row, () => ({
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
  return sealedActivity(row, () => ({
    original: upload && wrappedKey ? { ...upload, athleteId, wrappedKey } : null,
  }));
}
