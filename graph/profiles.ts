import { v7 as uuidv7 } from 'uuid';
import type { Grant, Target } from '../policies/access.js';
import type { AthleteKey, MasterKey, Place } from '../policies/keys.js';
import type { Facts } from '../policies/sealed.js';
import { lockAthletes } from './locks.js';
import { placeKey } from './place-key.js';
import { cypher, type Graph, type WriteTransaction } from './session.js';
import type { Visibility } from './sharing.js';
import { refuseStale } from './stale-version.js';

/** What athletes tell about themselves; null where they do not say. */
export interface Profile {
  readonly sex: 'female' | 'male' | 'other' | null;
  /** `YYYY-MM-DD`; encrypted in the graph. */
  readonly birthDate: string | null;
  /** Encrypted in the graph. */
  readonly bodyMassKilograms: number | null;
  readonly heartRateMaxBpm: number | null;
  readonly heartRateRestBpm: number | null;
  readonly functionalThresholdPowerWatts: number | null;
  readonly thresholdPaceSecondsPerKilometer: number | null;
  /** A name of the IANA time zone database. */
  readonly timeZone: string | null;
  /** Those who are not logged in see nothing of the athlete. */
  readonly hidesFromSignedOut: boolean;
  /** What a new activity gets when its upload does not say, as do the next. */
  readonly defaultVisibility: Visibility;
  readonly defaultMapVisibility: Visibility;
  readonly defaultHeartRateVisibility: Visibility;
  readonly defaultPowerVisibility: Visibility;
  readonly defaultCadenceVisibility: Visibility;
  readonly defaultTemperatureVisibility: Visibility;
  readonly defaultHidesStartTime: boolean;
  readonly defaultHidesFromHomeFeed: boolean;
  /** Who sees the age, of those who see the profile; and so on. */
  readonly ageVisibility: Visibility;
  readonly bodyMassVisibility: Visibility;
  readonly heartRateLimitsVisibility: Visibility;
  readonly sexVisibility: Visibility;
  /** Of power and pace at the threshold. */
  readonly thresholdsVisibility: Visibility;
  readonly timeZoneVisibility: Visibility;
  /** Where the athlete feels at home, in their own words; others who name the same place are recommended. */
  readonly homeRegion: string | null;
  readonly sports: readonly string[];
  /** Whether others are shown the athlete as somebody to follow. */
  readonly isRecommendable: boolean;
  /** Whether the athlete looks for company, and is shown to others who do and have the same habits. */
  readonly isOpenToTraining: boolean;
}

/** What the policy decides the parts of a profile upon. */
export function profileFacts(row: PrivateRow): Facts {
  return {
    ownerHidesFromSignedOut: row.hidesFromSignedOut,
    ageVisibility: row.ageVisibility,
    bodyMassVisibility: row.bodyMassVisibility,
    heartRateLimitsVisibility: row.heartRateLimitsVisibility,
    sexVisibility: row.sexVisibility,
    thresholdsVisibility: row.thresholdsVisibility,
    timeZoneVisibility: row.timeZoneVisibility,
  };
}

/**
 * How old somebody is by the end of a year, as races count it. A real age would tell the birthday to whoever looks
 * every day.
 */
export function ageIn(year: number, birthDate: string | null): number | null {
  return birthDate === null ? null : year - Number(birthDate.slice(0, 4));
}

/** A profile as the graph stores it. */
export interface PrivateRow extends Omit<Profile, 'birthDate' | 'bodyMassKilograms'> {
  readonly birthDate: Uint8Array | null;
  readonly bodyMass: Uint8Array | null;
}

/** Decrypts what of a profile is encrypted. */
export function openedProfile(row: PrivateRow, key: AthleteKey, athleteId: string): Profile {
  const { birthDate, bodyMass, ...plain } = row;
  const opened = (column: EncryptedColumn, ciphertext: Uint8Array | null) =>
    ciphertext && key.decryptText(ciphertext, placeOf(athleteId, column));
  const kilograms = opened('bodyMass', bodyMass);
  return {
    ...plain,
    birthDate: opened('birthDate', birthDate),
    bodyMassKilograms: kilograms === null ? null : Number(kilograms),
  };
}

type EncryptedColumn = 'birthDate' | 'bodyMass';

const placeOf = (athleteId: string, column: EncryptedColumn): Place => ({
  athleteId,
  table: 'athlete',
  column,
  row: athleteId,
});

type Changeable = Profile & { readonly displayName: string; readonly approvesFollowers: boolean };

/** What a change of profile sets; null clears, undefined leaves alone. */
export type ProfileChanges = { readonly [field in keyof Changeable]?: Changeable[field] | undefined };

/** The resting heart rate would not be below the maximum. */
export class HeartRatesCross extends Error {
  override name = 'HeartRatesCross';
  readonly problem = 'heart-rates-cross';
  readonly fields: { readonly heartRateRestBpm: number; readonly heartRateMaxBpm: number };
  constructor(heartRateRestBpm: number, heartRateMaxBpm: number) {
    super(`a resting heart rate of ${heartRateRestBpm} is not below a maximum of ${heartRateMaxBpm}`);
    this.fields = { heartRateRestBpm, heartRateMaxBpm };
  }
}

interface ProfileRow {
  readonly version: number;
  readonly ownerStanding: 'active' | 'suspended' | 'deleted';
  readonly wrappedKey: Uint8Array;
  readonly heartRateMaxBpm: number | null;
  readonly heartRateRestBpm: number | null;
}

const profileToUpdate = cypher<{ athleteId: string }, ProfileRow>('athletes/profile-to-update.cypher');
const updateProfile = cypher<{ athleteId: string; changes: object }, { version: number }>(
  'athletes/update-profile.cypher',
);

/**
 * Changes a profile.
 *
 * @returns undefined when there is no such athlete any more
 * @throws {StaleVersion | HeartRatesCross}
 */
export async function changeProfile(
  graph: Graph,
  decide: (target: Target) => Grant,
  change: {
    readonly athleteId: string;
    readonly changes: ProfileChanges;
    readonly expectedVersion: number | undefined;
    readonly masterKey: MasterKey;
  },
): Promise<{ readonly version: number } | undefined> {
  const { athleteId, changes, expectedVersion, masterKey } = change;
  return graph.write(async (transaction) => {
    await lockAthletes(transaction, athleteId);
    const [row] = await transaction.run(profileToUpdate, { athleteId });
    if (!row) return undefined;
    const resource = { kind: 'athlete', id: athleteId, ownerId: athleteId };
    decide({ resource, facts: { ownerStanding: row.ownerStanding } }).assertFor('athlete.update');
    refuseStale(expectedVersion, row.version);
    refuseCrossedHeartRates(row, changes);
    const key = masterKey.unwrap(athleteId, row.wrappedKey);
    const [updated] = await transaction.run(updateProfile, {
      athleteId,
      changes: storedChanges(changes, key, athleteId),
    });
    await tellOfTraining(transaction, athleteId, changes);
    return updated;
  });
}

// What somebody does again and again is worked out only while they look for company.
async function tellOfTraining(
  { emit }: WriteTransaction,
  athleteId: string,
  { isOpenToTraining }: ProfileChanges,
): Promise<void> {
  if (isOpenToTraining === undefined) return;
  const type = isOpenToTraining ? 'athlete.openedToTraining' : 'athlete.closedToTraining';
  await emit({ eventId: uuidv7(), type, key: athleteId, payload: { athleteId } });
}

function refuseCrossedHeartRates(stored: ProfileRow, changes: ProfileChanges): void {
  const { heartRateRestBpm = stored.heartRateRestBpm, heartRateMaxBpm = stored.heartRateMaxBpm } = changes;
  if (heartRateRestBpm === null || heartRateMaxBpm === null) return;
  if (heartRateRestBpm >= heartRateMaxBpm) throw new HeartRatesCross(heartRateRestBpm, heartRateMaxBpm);
}

function storedChanges(changes: ProfileChanges, key: AthleteKey, athleteId: string): object {
  const { birthDate, bodyMassKilograms, ...plain } = changes;
  const { homeRegion } = plain;
  const encrypted = (column: EncryptedColumn, value: string | number | null) =>
    value === null ? null : key.encryptText(String(value), placeOf(athleteId, column));
  const stored = {
    ...plain,
    ...(birthDate === undefined ? {} : { birthDate: encrypted('birthDate', birthDate) }),
    ...(bodyMassKilograms === undefined ? {} : { bodyMass: encrypted('bodyMass', bodyMassKilograms) }),
    ...(homeRegion === undefined ? {} : { homeRegionKey: homeRegion === null ? null : placeKey(homeRegion) }),
  };
  // The driver writes undefined as null, which would clear what nobody mentioned.
  return Object.fromEntries(Object.entries(stored).filter(([, value]) => value !== undefined));
}
