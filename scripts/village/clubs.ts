import type { ClubVisibility, MemberRole } from '../../graph/clubs.js';
import type { Random } from '../simulate/random.js';
import { seededUuid } from './chance.js';
import { type ClubPlan, federationsOf } from './club-plans.js';
import type { Town } from './towns.js';
import type { Villager } from './villagers.js';

/** A club of a generated world. */
export interface VillageClub {
  readonly clubId: string;
  readonly name: string;
  readonly sport: 'ride' | 'run';
  readonly place: string;
  readonly visibility: ClubVisibility;
  readonly createdAt: Date;
  /** The club above; it stands before this one in the list. */
  readonly parentId: string | undefined;
  /** The owner first. */
  readonly members: readonly VillageMember[];
}

/** Somebody's place in a club. */
export interface VillageMember {
  readonly athleteId: string;
  readonly role: MemberRole;
  readonly since: Date;
}

interface Inhabitants {
  readonly towns: readonly Town[];
  readonly villagers: readonly Villager[];
  readonly until: Date;
}

const MEMBERS_PER_LEADER = 30;
const MOST_LEADERS = 5;

/** The clubs of a world with their members, each after the one above it. */
export function clubsOf(random: Random, inhabitants: Inhabitants): readonly VillageClub[] {
  const clubs: VillageClub[] = [];
  const found = (plan: ClubPlan, parentId: string | undefined) => {
    const club = clubOf(random, plan, { ...inhabitants, parentId });
    clubs.push(club);
    for (const below of plan.below) found(below, club.clubId);
  };
  for (const federation of federationsOf(random, inhabitants)) found(federation, undefined);
  return clubs;
}

function clubOf(
  random: Random,
  { name, sport, place, visibility, members }: ClubPlan,
  { villagers, until, parentId }: Inhabitants & { readonly parentId: string | undefined },
): VillageClub {
  const those = members.flatMap((at) => villagers[at] ?? []);
  // The owner was there before the club.
  const createdAt = between(random, those[0]?.createdAt ?? until, until);
  return {
    clubId: seededUuid(random, createdAt),
    name,
    sport,
    place,
    visibility,
    createdAt,
    parentId,
    members: those.map((villager, rank) => ({
      athleteId: villager.athleteId,
      role: roleOf(rank, those.length),
      since: rank === 0 ? createdAt : between(random, later(villager.createdAt, createdAt), until),
    })),
  };
}

// The larger the club, the more lead it: admins and then as many moderators.
function roleOf(rank: number, size: number): MemberRole {
  const leaders = Math.min(Math.floor(size / MEMBERS_PER_LEADER), MOST_LEADERS);
  if (rank === 0) return 'owner';
  if (rank <= leaders) return 'admin';
  return rank <= 2 * leaders ? 'moderator' : 'member';
}

function between(random: Random, from: Date, to: Date): Date {
  return new Date(from.getTime() + random.even() * (to.getTime() - from.getTime()));
}

const later = (one: Date, other: Date): Date => (one > other ? one : other);
