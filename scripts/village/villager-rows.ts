import { emailPlace } from '../../graph/accounts.js';
import { outlinePlace, polylinePlace } from '../../graph/activities.js';
import { placeKey } from '../../graph/place-key.js';
import type { VillagerRow } from '../../graph/village.js';
import { AthleteKey, type EmailKey, type MasterKey } from '../../policies/keys.js';
import type { Life } from './lives.js';
import type { Outing } from './outings.js';
import type { Villager } from './villagers.js';
import type { World } from './world.js';

/** With what the accounts of villagers are made. */
export interface AccountKeys {
  readonly masterKey: MasterKey;
  readonly emailKey: EmailKey;
  /** Of the password that all villagers share. */
  readonly passwordHash: string;
}

/** The address with which a villager of a world logs in. @param number from 1 */
export const villagerEmail = (
  { athletes, seed }: { readonly athletes: number; readonly seed: number },
  number: number,
): string => `villager-${number}@world-${seed}-of-${athletes}.example`;

/** A villager as the graph keeps them, with an account and a new key. */
export function villagerRow(
  { villager, index, town, outings, saysWhere }: Life,
  { seed, villagers }: World,
  { masterKey, emailKey, passwordHash }: AccountKeys,
): VillagerRow {
  const { athleteId, displayName, approvesFollowers, visibility, createdAt, sport } = villager;
  const key = AthleteKey.generate();
  const email = villagerEmail({ athletes: villagers.length, seed }, index + 1);
  const timeZone = town?.timeZone ?? 'UTC';
  return {
    athlete: {
      athleteId,
      displayName,
      approvesFollowers,
      defaultVisibility: visibility,
      timeZone,
      createdAt,
      ...(town && saysWhere
        ? { homeRegion: town.name, homeRegionKey: placeKey(town.name), sports: [sport] }
        : {}),
      version: 1,
    },
    account: {
      athleteId,
      emailHash: emailKey.hash(email),
      email: key.encryptText(email, emailPlace(athleteId)),
      passwordHash,
      emailVerifiedAt: createdAt,
    },
    wrappedKey: masterKey.wrap(athleteId, key),
    activities: outings.map((outing) => activityOf(outing, villager, { key, timeZone })),
  };
}

function activityOf(
  outing: Outing,
  { athleteId, visibility }: Villager,
  { key, timeZone }: { readonly key: AthleteKey; readonly timeZone: string },
): Readonly<Record<string, unknown>> {
  const { polyline, ...measured } = outing;
  const { activityId, sport, startedAt, movingSeconds } = outing;
  return {
    ...measured,
    athleteId,
    name: `${startedAt.getUTCHours() < 12 ? 'Morning' : 'Evening'} ${sport}`,
    visibility,
    timeZone,
    elapsedSeconds: movingSeconds + 60,
    averageSpeedMetersPerSecond: averageSpeed(outing),
    source: 'manual',
    channels: [],
    createdAt: startedAt,
    version: 1,
    outline: key.encryptText(polyline, outlinePlace(athleteId, activityId)),
    polyline: key.encryptText(polyline, polylinePlace(athleteId, activityId)),
  };
}

/** In meters a second, to a millimeter. */
export const averageSpeed = ({ distanceMeters, movingSeconds }: Outing): number =>
  Number((distanceMeters / movingSeconds).toFixed(3));
