import { placeKey } from '../../graph/place-key.js';
import type { BlockRow, ClubLinkRow, ClubRow, FollowsRow } from '../../graph/village.js';
import { type Random, randomFrom } from '../simulate/random.js';
import { below } from './chance.js';
import { clubsOf, type VillageClub } from './clubs.js';
import { type Follows, followsOf } from './follows.js';
import { type Town, townsFor } from './towns.js';
import { type Villager, villagersOf } from './villagers.js';

/** A generated world: athletes with communities, places, habits and clubs, and who follows whom. */
export interface World {
  readonly name: string;
  readonly seed: number;
  readonly until: Date;
  readonly towns: readonly Town[];
  readonly villagers: readonly Villager[];
  readonly follows: Follows;
  readonly clubs: readonly VillageClub[];
}

const ONE_IN_BLOCKS = 20;
const FOLLOW_SECONDS_APART = 7_200;

/** What a world is called in the graph. */
export const worldName = (athletes: number, seed: number): string => `${athletes} athletes of seed ${seed}`;

/** Where the chance of a world begins: no two worlds have an id in common, so they can stand in one graph. */
export const worldSeed = ({ athletes, seed }: { readonly athletes: number; readonly seed: number }): number =>
  seed * 1_000_003 + athletes;

/**
 * The world of a number of athletes and a seed; the same every time, whoever asks and whenever.
 *
 * @param until the day up to which everything has happened
 * @param onProgress called with how much of the follows has been decided
 */
export function worldOf(
  { athletes, seed, until }: { readonly athletes: number; readonly seed: number; readonly until: Date },
  onProgress: (done: number, total: number) => void,
): World {
  const random = randomFrom(worldSeed({ athletes, seed }));
  const towns = townsFor(random, athletes);
  const villagers = villagersOf(random, { towns, count: athletes, until });
  const follows = followsOf(random, villagers, onProgress);
  const clubs = clubsOf(random, { towns, villagers, until });
  return { name: worldName(athletes, seed), seed, until, towns, villagers, follows, clubs };
}

/** Whom each follows, with the instants. */
export function* followRows({ villagers, follows, until }: World): Generator<FollowsRow> {
  for (const [from, followees] of follows.followeesOf.entries()) {
    const follower = villagers[from];
    if (!follower || followees.length === 0) continue;
    yield {
      followerId: follower.athleteId,
      followees: followees.flatMap((to, rank) => {
        const followee = villagers[to];
        if (!followee) return [];
        const bothSince = Math.max(follower.createdAt.getTime(), followee.createdAt.getTime());
        // One after another from when both were there, but never after the end.
        const since = Math.min(bothSince + (rank + 1) * FOLLOW_SECONDS_APART * 1_000, until.getTime());
        return [{ followeeId: followee.athleteId, since: new Date(since) }];
      }),
    };
  }
}

/** The clubs with their members, and which is part of which. */
export function clubRows({ clubs }: World): {
  readonly clubs: readonly ClubRow[];
  readonly links: readonly ClubLinkRow[];
} {
  return {
    clubs: clubs.map(({ parentId: _parent, members, ...club }) => ({
      club: { ...club, placeKey: placeKey(club.place), version: 1 },
      members,
    })),
    links: clubs.flatMap(({ clubId, parentId }) => (parentId === undefined ? [] : [{ clubId, parentId }])),
  };
}

/** A few who block somebody whom they don't follow and who doesn't follow them. */
export function blockRows({ villagers, follows, until }: World, random: Random): readonly BlockRow[] {
  const isTied = (from: number, to: number) => follows.followeesOf[from]?.includes(to);
  return Array.from({ length: Math.floor(villagers.length / ONE_IN_BLOCKS) }, () => {
    const [from, to] = [below(random, villagers.length), below(random, villagers.length)];
    const [blocker, blocked] = [villagers[from], villagers[to]];
    if (!blocker || !blocked || from === to || isTied(from, to) || isTied(to, from)) return [];
    return [{ blockerId: blocker.athleteId, blockedId: blocked.athleteId, since: until }];
  })
    .flat()
    .filter(isFirstOfPair());
}

function isFirstOfPair(): (block: BlockRow) => boolean {
  const seen = new Set<string>();
  return ({ blockerId, blockedId }) => {
    const pair = `${blockerId} ${blockedId}`;
    if (seen.has(pair)) return false;
    seen.add(pair);
    return true;
  };
}
