import type { Grant } from '../policies/access.js';
import type { AthleteKey } from '../policies/keys.js';
import { type Series, sql } from './pool.js';
import { assertAbout, recordingFor } from './samples.js';
import type { Positions } from './tracks/polyline.js';
import { decodePositionBlocks } from './tracks/position-blocks.js';

const blocksOf = sql<{ activityId: string }, { block: number; ciphertext: Uint8Array }>(
  'positions/blocks.sql',
);

/** Whose positions, of which activity, under which key. */
export interface PositionsOwner {
  readonly athleteId: string;
  readonly activityId: string;
  /** Under which what zones leave is kept; absent or null when they hide nothing. */
  readonly publicRecordingId?: string | null;
  readonly key: AthleteKey;
}

/** Encrypts blocks of positions, packed by `encodePositionBlocks`. */
export function encryptedBlocks(owner: PositionsOwner, blocks: readonly Uint8Array[]): Uint8Array[] {
  return blocks.map((bytes, block) => owner.key.encrypt(bytes, place(owner, block)));
}

/**
 * Reads where an activity went, one position per sample.
 *
 * @param grant for `activity.readStreams` of this activity; for `privacyZone.apply` or `activity.erase`, to keep the map
 * @returns undefined when nothing was located, or where it went is withheld
 * @throws {BrokenCiphertext} stored under another key, or damaged
 */
export async function readPositions(
  series: Series,
  grant: Grant,
  owner: PositionsOwner,
): Promise<Positions | undefined> {
  assertAbout(grant, owner.activityId, 'activity.readStreams', 'privacyZone.apply', 'activity.erase');
  if (grant.without({ channels: ['position'] }).channels.length === 0) return undefined;
  const { publicRecordingId = null } = owner;
  const activityId = recordingFor(grant, { ...owner, publicRecordingId });
  const rows = await series.query(blocksOf, { activityId });
  if (rows.length === 0) return undefined;
  return decodePositionBlocks(
    rows.map(({ block, ciphertext }) =>
      owner.key.decrypt(ciphertext, place({ ...owner, activityId }, block)),
    ),
  );
}

// Binds each block to its place in the row of blocks: they cannot be swapped.
const place = ({ athleteId, activityId }: PositionsOwner, block: number) => ({
  athleteId,
  table: 'position_blocks',
  column: 'ciphertext',
  row: `${activityId}/${block}`,
});
