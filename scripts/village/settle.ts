import { emailPlace } from '../../graph/accounts.js';
import { outlinePlace, polylinePlace } from '../../graph/activities.js';
import type { Graph } from '../../graph/session.js';
import {
  completeVillage,
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
import { blockRows, followRows, type World } from './world.js';

const VILLAGERS_PER_BATCH = 1_000;
const FOLLOWS_PER_BATCH = 10_000;

/** The address with which a villager of a world logs in. @param number from 1 */
export const villagerEmail = (seed: number, number: number): string =>
  `villager-${number}@world-${seed}.example`;

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
  const { name, until, villagers, follows } = world;
  const total = villagers.length + follows.count;
  const { batches: written = 0 } = (await villageProgress(graph, name)) ?? {};
  let number = 0;
  let done = 0;
  for (const { rows, batch } of batchesOf(world, settling)) {
    number += 1;
    if (number > written) await writeVillageBatch(graph, grant, { name, until, number, batch: batch() });
    done += rows;
    onProgress(Math.min(done, total), total);
  }
  await completeVillage(graph, grant, name);
}

interface LazyBatch {
  readonly rows: number;
  /** Made when it is written: what is there already needs no keys. */
  readonly batch: () => VillageBatch;
}

function* batchesOf(world: World, settling: Settling): Generator<LazyBatch> {
  const roads = new Roads(world.towns);
  for (const [from, part] of parts(world.villagers, VILLAGERS_PER_BATCH)) {
    const batch = () => ({
      villagers: part.map((villager, at) => rowOf(villager, from + at, { world, roads, settling })),
    });
    yield { rows: part.length, batch };
  }
  let follows: ReturnType<typeof followRows> extends Generator<infer Row> ? Row[] : never = [];
  for (const follow of followRows(world)) {
    follows.push(follow);
    if (follows.length < FOLLOWS_PER_BATCH) continue;
    const full = follows;
    yield { rows: full.length, batch: () => ({ follows: full }) };
    follows = [];
  }
  yield { rows: follows.length, batch: () => ({ follows }) };
  const blocks = blockRows(world, randomFrom(world.villagers.length));
  yield { rows: 0, batch: () => ({ blocks }) };
}

function rowOf(
  villager: Villager,
  index: number,
  { world, roads, settling }: { readonly world: World; readonly roads: Roads; readonly settling: Settling },
): VillagerRow {
  const { athleteId, displayName, approvesFollowers, visibility, createdAt } = villager;
  const key = AthleteKey.generate();
  const email = villagerEmail(world.seed, index + 1);
  const timeZone = world.towns[villager.town]?.timeZone ?? 'UTC';
  const outings = outingsOf(randomOf(world, index), villager, roads, world.until);
  return {
    athlete: {
      athleteId,
      displayName,
      approvesFollowers,
      defaultVisibility: visibility,
      timeZone,
      createdAt,
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

// Of their own, so that a batch that is there already can be skipped; and of the world, since two worlds may stand in
// one graph.
function randomOf({ seed }: World, index: number): Random {
  return randomFrom(seed + index * 2_654_435_761);
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

function* parts<Item>(
  items: readonly Item[],
  size: number,
): Generator<[from: number, part: readonly Item[]]> {
  for (let from = 0; from < items.length; from += size) yield [from, items.slice(from, from + size)];
}
