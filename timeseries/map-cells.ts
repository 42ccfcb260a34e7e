import { createHmac } from 'node:crypto';
import type { Grant } from '../policies/access.js';
import type { AthleteKey, MasterKey } from '../policies/keys.js';
import { type Series, type SeriesTransaction, sql } from './pool.js';
import type { Place, ZoneSize } from './tracks/hidden-shapes.js';
import { mapCellsOf } from './tracks/map-cells.js';
import type { Positions } from './tracks/polyline.js';
import { cellsAskedFor, sizeThatHides } from './tracks/ways-out.js';

/** A cell counts as a way that people use from so many of them on: fewer could be one household. */
const LEAST_ATHLETES = 5;

const HASH_BYTES = 12;

interface Marks {
  readonly cells: readonly Uint8Array[];
  readonly athletes: readonly Uint8Array[];
  readonly activities: readonly Uint8Array[];
}

const used = sql<{ cells: readonly Uint8Array[]; leastAthletes: number }, { cell: Uint8Array }>(
  'map-cells/used.sql',
);
const mark = sql<Marks, object>('map-cells/mark.sql');
const unmark = sql<Marks, object>('map-cells/unmark.sql');
const next = sql<{ until: Date; limit: number }, { activityId: string; writtenAt: Date }>(
  'map-cells/next.sql',
);
const advance = sql<{ writtenAt: Date; activityId: string }, object>('map-cells/advance.sql');

/** The secret of an athlete that the shapes around their hidden places follow from. */
export const shapeSecret = (key: AthleteKey): Uint8Array => key.secretFor('hidden shapes');

/**
 * How much has to be hidden around a place, so that enough ways lead out of it: the wanted size, or a larger one.
 *
 * @param secret of the athlete, from which shapes follow
 */
export async function hiddenSize(
  series: Series,
  masterKey: MasterKey,
  {
    secret,
    wanted,
    place,
  }: { readonly secret: Uint8Array; readonly wanted: ZoneSize; readonly place: Place },
): Promise<ZoneSize> {
  const asked = cellsAskedFor(secret, wanted, place);
  const hashes = asked.map((cell) => cellHash(mapSecret(masterKey), cell));
  const rows = await series.query(used, { cells: hashes, leastAthletes: LEAST_ATHLETES });
  const known = new Set(rows.map(({ cell }) => Buffer.from(cell).toString('hex')));
  const isUsed = asked.filter((_, at) => known.has(Buffer.from(hashes[at] ?? []).toString('hex')));
  return sizeThatHides(secret, wanted, place, new Set(isUsed));
}

/** Where an athlete was in an activity, and what hashes it. */
export interface MapUse {
  readonly activityId: string;
  readonly key: AthleteKey;
  readonly masterKey: MasterKey;
  readonly positions: Positions;
}

/**
 * Notes the map cells of an activity; again is the same as once.
 *
 * @param grant for `privacyZone.apply`
 */
export async function markMapCells(series: Series, grant: Grant, use: MapUse): Promise<void> {
  grant.assertFor('privacyZone.apply');
  await series.query(mark, marksOf(use));
}

/**
 * Forgets the map cells of an activity that is about to be deleted.
 *
 * @param grant for `activity.erase`
 */
export async function unmarkMapCells(
  series: Pick<SeriesTransaction, 'query'>,
  grant: Grant,
  use: MapUse,
): Promise<void> {
  grant.assertFor('activity.erase');
  await series.query(unmark, marksOf(use));
}

/** Recordings that the map does not know of yet, oldest first. */
export async function recordingsToMap(
  series: Series,
  page: { readonly until: Date; readonly limit: number },
): Promise<readonly { readonly activityId: string; readonly writtenAt: Date }[]> {
  return series.query(next, page);
}

/** Notes that the map knows all recordings up to this one. */
export async function mapIsDoneUpTo(
  series: Series,
  recording: { readonly activityId: string; readonly writtenAt: Date },
): Promise<void> {
  await series.query(advance, recording);
}

function marksOf({ activityId, key, masterKey, positions }: MapUse): Marks {
  const cells = mapCellsOf(positions);
  const [ofMap, ofAthlete] = [mapSecret(masterKey), key.secretFor('map cells')];
  return {
    cells: cells.map((cell) => cellHash(ofMap, cell)),
    athletes: cells.map((cell) => hash(ofAthlete, `athlete ${cell}`)),
    activities: cells.map((cell) => hash(ofAthlete, `activity ${activityId} ${cell}`)),
  };
}

const mapSecret = (masterKey: MasterKey): Uint8Array => masterKey.derived('map cells').secretFor('map cells');
const cellHash = (secret: Uint8Array, cell: number): Uint8Array => hash(secret, `cell ${cell}`);

function hash(secret: Uint8Array, text: string): Uint8Array {
  return createHmac('sha256', secret).update(text).digest().subarray(0, HASH_BYTES);
}
