import { emailPlace } from '../../graph/accounts.js';
import { outlinePlace, polylinePlace } from '../../graph/activities.js';
import { placeKey } from '../../graph/place-key.js';
import type { Graph } from '../../graph/session.js';
import {
  type ClubRow,
  completeVillage,
  type FollowsRow,
  type VillageBatch,
  type VillagerRow,
  villageProgress,
  writeVillageBatch,
} from '../../graph/village.js';
import type { Grant } from '../../policies/access.js';
import { AthleteKey, type EmailKey, type MasterKey } from '../../policies/keys.js';
import { type Random, randomFrom } from '../simulate/random.js';
import { type Outing, outingsOf, Roads } from './outings.js';
import type { Villager } from './villagers.js';
import { blockRows, clubRows, followRows, type World, worldSeed } from './world.js';

const VILLAGERS_PER_BATCH = 1_000;
const RELATIONSHIPS_PER_BATCH = 20_000;
const SAYS_WHERE = 0.7; // of all athletes, where they live and what they do

/** The address with which a villager of a world logs in. @param number from 1 */
export const villagerEmail = (
  { athletes, seed }: { readonly athletes: number; readonly seed: number },
  number: number,
): string => `villager-${number}@world-${seed}-of-${athletes}.example`;

/** What a world needs to become one of ours. */
export interface Settling {
  readonly graph: Graph;
  readonly grant: Grant;
  readonly masterKey: MasterKey;
  readonly emailKey: EmailKey;
  /** Of the password that all villagers share. */
  readonly passwordHash: string;
}

/**
 * Writes a world into the graph. Each batch is one transaction that notes its number, so that a run that was
 * interrupted goes on where it ended, and one that is complete does nothing.
 */
export async function settle(
  world: World,
  settling: Settling,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { graph, grant } = settling;
  const { name, until } = world;
  const { batches: written = 0 } = (await villageProgress(graph, name)) ?? {};
  const total = rowsOf(world);
  let number = 0;
  let done = 0;
  let writing: Promise<void> = Promise.resolve();
  try {
    for (const { rows, make } of batchesOf(world, settling)) {
      number += 1;
      if (number > written) {
        // Made while the one before is written: two processors work, this one's and that of the graph.
        const batch = make();
        await writing;
        writing = writeVillageBatch(graph, grant, { name, until, number, batch });
      }
      done += rows;
      onProgress(Math.min(done, total), total);
    }
  } finally {
    await writing;
  }
  await completeVillage(graph, grant, name);
}

interface LazyBatch {
  readonly rows: number;
  /** Made when it is written: what is there already needs no keys. */
  readonly make: () => VillageBatch;
}

const rowsOf = ({ villagers, follows, clubs }: World): number =>
  villagers.length + follows.count + clubs.reduce((sum, { members }) => sum + members.length, 0);

function* batchesOf(world: World, settling: Settling): Generator<LazyBatch> {
  const roads = new Roads(world.towns);
  let index = 0;
  for (const part of filled(world.villagers, () => 1, VILLAGERS_PER_BATCH)) {
    const from = index;
    index += part.length;
    const make = () => ({
      villagers: part.map((villager, at) => rowOf(villager, from + at, { world, roads, settling })),
    });
    yield { rows: part.length, make };
  }
  const followees = ({ followees }: FollowsRow) => followees.length;
  for (const follows of filled(followRows(world), followees, RELATIONSHIPS_PER_BATCH)) {
    yield { rows: follows.reduce((sum, row) => sum + followees(row), 0), make: () => ({ follows }) };
  }
  const { clubs, links } = clubRows(world);
  const members = ({ members }: ClubRow) => members.length;
  for (const part of filled(clubs, members, RELATIONSHIPS_PER_BATCH)) {
    yield { rows: part.reduce((sum, row) => sum + members(row), 0), make: () => ({ clubs: part }) };
  }
  yield { rows: 0, make: () => ({ links }) };
  yield { rows: 0, make: () => ({ blocks: blockRows(world, randomFrom(world.villagers.length)) }) };
}

/** Items in parts, each closed when it is as large as wanted. */
function* filled<Item>(
  items: Iterable<Item>,
  sizeOf: (item: Item) => number,
  wanted: number,
): Generator<readonly Item[]> {
  let part: Item[] = [];
  let size = 0;
  for (const item of items) {
    part.push(item);
    size += sizeOf(item);
    if (size < wanted) continue;
    yield part;
    part = [];
    size = 0;
  }
  if (part.length > 0) yield part;
}

function rowOf(
  villager: Villager,
  index: number,
  { world, roads, settling }: { readonly world: World; readonly roads: Roads; readonly settling: Settling },
): VillagerRow {
  const { athleteId, displayName, approvesFollowers, visibility, createdAt, sport } = villager;
  const key = AthleteKey.generate();
  const email = villagerEmail({ athletes: world.villagers.length, seed: world.seed }, index + 1);
  const town = world.towns[villager.town];
  const timeZone = town?.timeZone ?? 'UTC';
  const random = randomOf(world, index);
  const outings = outingsOf(random, villager, roads, world.until);
  const saysWhere = random.even() < SAYS_WHERE;
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
      emailHash: settling.emailKey.hash(email),
      email: key.encryptText(email, emailPlace(athleteId)),
      passwordHash: settling.passwordHash,
      emailVerifiedAt: createdAt,
    },
    wrappedKey: settling.masterKey.wrap(athleteId, key),
    activities: outings.map((outing) => activityOf(outing, villager, { key, timeZone })),
  };
}

// Of their own, so that a batch that is there already can be skipped.
function randomOf({ seed, villagers }: World, index: number): Random {
  return randomFrom(worldSeed({ athletes: villagers.length, seed }) + index * 2_654_435_761);
}

function activityOf(
  outing: Outing,
  { athleteId, visibility }: Villager,
  { key, timeZone }: { readonly key: AthleteKey; readonly timeZone: string },
): Readonly<Record<string, unknown>> {
  const { polyline, ...measured } = outing;
  const { activityId, sport, startedAt, distanceMeters, movingSeconds } = outing;
  return {
    ...measured,
    athleteId,
    name: `${startedAt.getUTCHours() < 12 ? 'Morning' : 'Evening'} ${sport}`,
    visibility,
    timeZone,
    elapsedSeconds: movingSeconds + 60,
    averageSpeedMetersPerSecond: Number((distanceMeters / movingSeconds).toFixed(3)),
    source: 'manual',
    channels: [],
    createdAt: startedAt,
    version: 1,
    outline: key.encryptText(polyline, outlinePlace(athleteId, activityId)),
    polyline: key.encryptText(polyline, polylinePlace(athleteId, activityId)),
  };
}
