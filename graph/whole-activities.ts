import type { AthleteKey, MasterKey } from '../policies/keys.js';
import { Sealed } from '../policies/sealed.js';
import type { Figures } from './activities.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** What an activity has that zones hide from others: kept encrypted beside what everybody may see. */
export interface WholeActivity extends Figures {
  /** When it really started, as ISO 8601. */
  readonly startedAt: string;
  readonly sampleCount: number;
  /** Metres that each zone hides, by its id. */
  readonly hiddenMeters: Readonly<Record<string, number>>;
}

/** Where it is kept, for encrypting and decrypting it. */
const wholePlace = (athleteId: string, activityId: string) =>
  ({ athleteId, table: 'Activity', column: 'whole', row: activityId }) as const;

/** Encrypts what zones hide. */
export function encryptedWhole(
  key: AthleteKey,
  ids: { readonly athleteId: string; readonly activityId: string },
  content: WholeActivity,
): Uint8Array {
  return key.encryptText(JSON.stringify(content), wholePlace(ids.athleteId, ids.activityId));
}

/** Decrypts what zones hide. */
export function openedWhole(
  key: AthleteKey,
  ids: { readonly athleteId: string; readonly activityId: string },
  stored: Uint8Array,
): WholeActivity {
  return JSON.parse(key.decryptText(stored, wholePlace(ids.athleteId, ids.activityId)));
}

/** What the zones of an athlete hide, all in all. */
export interface HiddenByZones {
  readonly pendingCount: number;
  /** Of activities that stay withheld, for their recordings cannot be read. */
  readonly unreadableCount: number;
  /** By the id of the zone. */
  readonly byZone: Readonly<
    Record<string, { readonly activityCount: number; readonly distanceMeters: number }>
  >;
}

const hiddenOfAthlete = cypher<
  { athleteId: string; limit: Whole },
  {
    wrappedKey: Uint8Array | null;
    cut: readonly { activityId: string; whole: Uint8Array }[];
    pendingCount: number;
    unreadableCount: number;
  }
>('privacy-zones/hidden-of-athlete.cypher');

const MOST_ACTIVITIES = 5_000; // fifteen years of rides; a thousand are decrypted in 20 ms

/** What the zones of an athlete hide of their activities; undefined when there is no such athlete. */
export async function hiddenByZones(
  graph: Graph,
  masterKey: MasterKey,
  athleteId: string,
): Promise<Sealed<HiddenByZones> | undefined> {
  const [row] = await graph.query(hiddenOfAthlete, { athleteId, limit: whole(MOST_ACTIVITIES) });
  if (!row?.wrappedKey) return undefined;
  const key = masterKey.unwrap(athleteId, row.wrappedKey);
  const resource = { kind: 'privacyZone', id: athleteId, ownerId: athleteId };
  return new Sealed(resource, { ownerStanding: 'active' }, () => ({
    pendingCount: row.pendingCount,
    unreadableCount: row.unreadableCount,
    byZone: sumsByZone(
      row.cut.map(({ activityId, whole: stored }) => openedWhole(key, { athleteId, activityId }, stored)),
    ),
  }));
}

function sumsByZone(activities: readonly WholeActivity[]): HiddenByZones['byZone'] {
  const sums: Record<string, { activityCount: number; distanceMeters: number }> = {};
  for (const { hiddenMeters } of activities) {
    for (const [zoneId, meters] of Object.entries(hiddenMeters)) {
      const { activityCount, distanceMeters } = sums[zoneId] ?? { activityCount: 0, distanceMeters: 0 };
      sums[zoneId] = { activityCount: activityCount + 1, distanceMeters: distanceMeters + meters };
    }
  }
  return sums;
}
