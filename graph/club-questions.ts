import type { Target } from '../policies/access.js';
import { Sealed } from '../policies/sealed.js';
import { type ClubMember, sealedMember } from './club-lists.js';
import { type Club, clubOf, clubRows, clubTarget, type MemberRole } from './clubs.js';
import { habitsSince } from './habits.js';
import { type Relation, summaryOf } from './relations.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** A member of a club or of one below it, and what of their habits was asked for. */
export interface MemberBelow extends ClubMember {
  readonly clubId: string;
  readonly clubName: string;
  /** Activities of the sport, on the weekday, in the last twelve weeks, that the viewer may see. */
  readonly activityCount: number;
}

/** The sort key of the members below a club. */
export interface MemberPlace {
  readonly clubId: string;
  readonly since: Date;
  readonly athleteId: string;
}

/** Whose habits are asked for; null asks for any. */
export interface MembersWanted {
  readonly clubId: string;
  readonly viewerId: string;
  readonly sport: string | null;
  /** 1 is Monday. */
  readonly weekday: number | null;
}

/** A club and why it is shown. */
export interface NearbyClub {
  readonly club: Club;
  readonly sharedMembers: number;
}

/** A club below, and why it suits. */
export interface FittingClub {
  readonly club: Club;
  /** Members whom the viewer follows. */
  readonly friendCount: number;
  readonly isYourSport: boolean;
  /** Members who are out on the weekday on which the viewer mostly is. */
  readonly membersOnYourDay: number;
  readonly weekday: number | null;
}

type BelowRow = Relation &
  MemberPlace & { readonly role: MemberRole; readonly activityCount: number; readonly isEnd: boolean };

const below = cypher<
  {
    clubId: string;
    viewerId: string;
    isLeader: boolean;
    sport: string | null;
    weekday: Whole | null;
    startedAfter: Date;
    leastActivities: Whole;
    afterClubId: string;
    afterSince: Date;
    afterId: string;
    membersWalked: Whole;
    limit: Whole;
  },
  BelowRow
>('clubs/members-below.cypher');
const nearby = cypher<
  { viewerId: string; clubsWalked: Whole; membersWalked: Whole; limit: Whole },
  { clubId: string; sharedMembers: number }
>('clubs/nearby.cypher');
const fitting = cypher<
  {
    clubId: string;
    viewerId: string;
    isLeader: boolean;
    startedAfter: Date;
    membersWalked: Whole;
    clubsWalked: Whole;
    limit: Whole;
  },
  Omit<FittingClub, 'club'> & { clubId: string }
>('clubs/fitting.cypher');

const HABIT_ACTIVITIES = 2; // once is chance
const MEMBERS_WALKED = 100; // of a page of members below; the next page goes on where it ended
const NEARBY_CLUBS_WALKED = 20;
const NEARBY_MEMBERS_WALKED = 50;
const FITTING_CLUBS_WALKED = 200;
const FITTING_MEMBERS_WALKED = 20;
const BEGINNING_OF_TIME = new Date('0001-01-01T00:00:00Z');

/**
 * The members of a club and of the clubs below it who have a habit: a sport, a weekday or both. A page looks at a
 * bounded number of members, so it may be short, even empty, before the end.
 *
 * @returns undefined when there is no such club
 */
export async function membersBelow(
  graph: Graph,
  { clubId, viewerId, sport, weekday }: MembersWanted,
  {
    limit,
    after,
    now,
  }: { readonly limit: number; readonly after: MemberPlace | undefined; readonly now: Date },
): Promise<
  | {
      readonly club: Target;
      readonly items: readonly Sealed<MemberBelow>[];
      readonly next: MemberPlace | undefined;
    }
  | undefined
> {
  const [root] = await clubRows(graph, [clubId], viewerId);
  if (!root) return undefined;
  const leastActivities = sport === null && weekday === null ? 0 : HABIT_ACTIVITIES;
  const rows = await graph.query(below, {
    clubId,
    viewerId,
    isLeader: root.clubRole === 'owner' || root.clubRole === 'admin',
    sport,
    weekday: weekday === null ? null : whole(weekday),
    startedAfter: habitsSince(now),
    leastActivities: whole(leastActivities),
    afterClubId: after?.clubId ?? '',
    afterSince: after?.since ?? BEGINNING_OF_TIME,
    afterId: after?.athleteId ?? '',
    membersWalked: whole(MEMBERS_WALKED),
    limit: whole(limit + 1),
  });
  const matching = rows.filter(({ activityCount }) => activityCount >= leastActivities);
  const page = matching.slice(0, limit);
  // Behind the last of a full page, else where the walk ended.
  const last = matching.length > limit ? page.at(-1) : rows.find(({ isEnd }) => isEnd);
  return {
    club: clubTarget(root),
    items: await sealedBelow(graph, page, viewerId),
    next: last && { clubId: last.clubId, since: last.since, athleteId: last.athleteId },
  };
}

/** Clubs that members of the viewer's clubs belong to, the most shared members first. */
export async function clubsNearby(
  graph: Graph,
  viewerId: string,
  limit: number,
): Promise<readonly Sealed<NearbyClub>[]> {
  const rows = await graph.query(nearby, {
    viewerId,
    clubsWalked: whole(NEARBY_CLUBS_WALKED),
    membersWalked: whole(NEARBY_MEMBERS_WALKED),
    limit: whole(limit),
  });
  return withClubs(graph, rows, viewerId);
}

/** The clubs below a club that suit the viewer, best first; undefined when there is no such club. */
export async function fittingClubs(
  graph: Graph,
  { clubId, viewerId }: { readonly clubId: string; readonly viewerId: string },
  { limit, now }: { readonly limit: number; readonly now: Date },
): Promise<{ readonly club: Target; readonly items: readonly Sealed<FittingClub>[] } | undefined> {
  const [root] = await clubRows(graph, [clubId], viewerId);
  if (!root) return undefined;
  const rows = await graph.query(fitting, {
    clubId,
    viewerId,
    isLeader: root.clubRole === 'owner' || root.clubRole === 'admin',
    startedAfter: habitsSince(now),
    membersWalked: whole(FITTING_MEMBERS_WALKED),
    clubsWalked: whole(FITTING_CLUBS_WALKED),
    limit: whole(limit),
  });
  return { club: clubTarget(root), items: await withClubs(graph, rows, viewerId) };
}

async function sealedBelow(
  graph: Graph,
  page: readonly BelowRow[],
  viewerId: string,
): Promise<readonly Sealed<MemberBelow>[]> {
  const clubs = await clubRows(graph, [...new Set(page.map(({ clubId }) => clubId))], viewerId);
  const byId = new Map(clubs.map((club) => [club.clubId, club]));
  return page.flatMap((row) => {
    const club = byId.get(row.clubId);
    if (!club) return [];
    const { resource, facts } = sealedMember(row, club);
    const { clubId, role, since, activityCount } = row;
    const content = { athlete: summaryOf(row), clubId, clubName: club.name, role, since, activityCount };
    return [new Sealed(resource, facts, () => content)];
  });
}

async function withClubs<Row extends { readonly clubId: string }>(
  graph: Graph,
  rows: readonly Row[],
  viewerId: string,
): Promise<readonly Sealed<Omit<Row, 'clubId'> & { readonly club: Club }>[]> {
  const clubIds = rows.map(({ clubId }) => clubId);
  const clubs = new Map((await clubRows(graph, clubIds, viewerId)).map((club) => [club.clubId, club]));
  return rows.flatMap(({ clubId, ...reason }) => {
    const club = clubs.get(clubId);
    if (!club) return [];
    const { resource, facts } = clubTarget(club);
    return [new Sealed(resource, facts, () => ({ club: clubOf(club), ...reason }))];
  });
}
