import type { Target } from '../policies/access.js';
import { Sealed } from '../policies/sealed.js';
import {
  type Club,
  type ClubRow,
  clubFacts,
  clubRows,
  clubsByIds,
  clubTarget,
  type MemberRole,
} from './clubs.js';
import type { Since, Slice } from './follow-lists.js';
import { prefixQuery } from './prefix-query.js';
import { type AthleteSummary, athleteTarget, type Relation, sealedSummary, summaryOf } from './relations.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** A member of a club, as a viewer sees them. */
export interface ClubMember {
  readonly athlete: AthleteSummary;
  readonly role: MemberRole;
  readonly since: Date;
}

/** A club that an athlete belongs to. */
export interface AthletesClub {
  readonly clubId: string;
  readonly name: string;
  readonly sport: string | null;
  readonly place: string | null;
  readonly role: MemberRole;
  readonly since: Date;
}

/** The sort key of a search: how well a name fits, then which club it is. */
export interface ClubMatch {
  readonly score: number;
  readonly clubId: string;
}

/** A page of things in a club: the club, on which the list itself is decided, and its rows. */
interface ClubPage<Item> {
  readonly club: Target;
  readonly items: readonly Sealed<Item>[];
  readonly next: Since | undefined;
}

interface PageParameters {
  readonly clubId: string;
  readonly viewerId: string;
  readonly limit: Whole;
  readonly beforeSince: Date;
  readonly beforeId: string;
}
type MemberRow = Relation & Since & { readonly role: MemberRole };

const members = cypher<PageParameters, MemberRow>('clubs/members.cypher');
const requests = cypher<PageParameters, Relation & Since>('clubs/requests.cypher');
const bans = cypher<PageParameters, Relation & Since>('clubs/bans.cypher');
const byName = cypher<
  {
    words: string;
    sport: string | null;
    viewerId: string;
    depth: Whole;
    limit: Whole;
    afterScore: number;
    afterId: string;
  },
  ClubMatch
>('clubs/by-name.cypher');
const bySport = cypher<
  { sport: string; viewerId: string; limit: Whole; beforeId: string },
  { clubId: string }
>('clubs/by-sport.cypher');
const subClubs = cypher<
  { clubId: string; viewerId: string; isLeader: boolean; limit: Whole; afterId: string },
  { clubId: string }
>('clubs/sub-clubs.cypher');
const ofAthlete = cypher<
  { athleteId: string; viewerId: string },
  Relation & { memberships: readonly { clubId: string; role: MemberRole; since: Date }[] }
>('clubs/of-athlete.cypher');

type Ids = { readonly clubId: string; readonly viewerId: string };

/** The members of a club, the latest first; undefined when there is no such club. */
export async function clubMembers(
  graph: Graph,
  ids: Ids,
  slice: Slice<Since>,
): Promise<ClubPage<ClubMember> | undefined> {
  return pageIn(graph, ids, slice, members, (row, club) => sealedMember(row, club));
}

/** Who asks to join a club, the latest first; undefined when there is no such club. */
export async function clubRequests(
  graph: Graph,
  ids: Ids,
  slice: Slice<Since>,
): Promise<ClubPage<AthleteSummary> | undefined> {
  return pageIn(graph, ids, slice, requests, sealedSummary);
}

/** Who is banned from a club, the latest first; undefined when there is no such club. */
export async function clubBans(
  graph: Graph,
  ids: Ids,
  slice: Slice<Since>,
): Promise<ClubPage<AthleteSummary> | undefined> {
  return pageIn(graph, ids, slice, bans, sealedSummary);
}

/** A membership as a viewer may come to see it: what decides is the club and the athlete. */
export function sealedMember(row: MemberRow, club: ClubRow): Sealed<ClubMember> {
  const { isBlocked, ownerStanding } = athleteTarget(row).facts;
  const resource = { kind: 'membership', id: club.clubId, ownerId: row.athleteId };
  const facts = {
    ...clubFacts(club),
    isBlocked: isBlocked ?? true,
    ownerStanding: ownerStanding ?? 'deleted',
  };
  return new Sealed(resource, facts, () => ({ athlete: summaryOf(row), role: row.role, since: row.since }));
}

const SEARCH_DEPTH = 1_000; // as with athletes: the work of a request stays bounded

/** What is looked for: words of the name or place, or a sport, or both. */
export interface ClubSearch {
  readonly viewerId: string;
  readonly text: string | undefined;
  readonly sport: string | null;
}

/**
 * Clubs by name, best match first, or by sport alone, the newest first.
 *
 * @returns the clubs, and where the next page begins; a search by sport alone has no score
 */
export async function searchClubs(
  graph: Graph,
  { viewerId, text, sport }: ClubSearch,
  { limit, after }: Slice<ClubMatch>,
): Promise<{ readonly items: readonly Sealed<Club>[]; readonly next: ClubMatch | undefined }> {
  const matches = await matching();
  const page = matches.slice(0, limit);
  const items = await clubsByIds(
    graph,
    page.map(({ clubId }) => clubId),
    viewerId,
  );
  return { items, next: matches.length > limit ? page.at(-1) : undefined };

  async function matching(): Promise<readonly ClubMatch[]> {
    const rows = whole(limit + 1);
    if (text !== undefined) {
      const words = prefixQuery(text);
      if (words === '') return [];
      const [afterScore, afterId] = [after?.score ?? Number.MAX_VALUE, after?.clubId ?? ''];
      return graph.query(byName, {
        words,
        sport,
        viewerId,
        depth: whole(SEARCH_DEPTH),
        limit: rows,
        afterScore,
        afterId,
      });
    }
    if (sport === null) return [];
    const found = await graph.query(bySport, {
      sport,
      viewerId,
      limit: rows,
      beforeId: after?.clubId ?? LAST_ID,
    });
    return found.map(({ clubId }) => ({ score: 0, clubId }));
  }
}

/** The clubs directly below a club, with the club itself to decide upon; undefined when there is no such club. */
export async function clubsBelow(
  graph: Graph,
  { clubId, viewerId }: Ids,
  { limit, after }: Slice<string>,
): Promise<
  | { readonly club: Target; readonly items: readonly Sealed<Club>[]; readonly next: string | undefined }
  | undefined
> {
  const [club] = await clubRows(graph, [clubId], viewerId);
  if (!club) return undefined;
  const isLeader = club.clubRole === 'owner' || club.clubRole === 'admin';
  const rows = await graph.query(subClubs, {
    clubId,
    viewerId,
    isLeader,
    limit: whole(limit + 1),
    afterId: after ?? '',
  });
  const clubIds = rows.slice(0, limit).map((row) => row.clubId);
  return {
    club: clubTarget(club),
    items: await clubsByIds(graph, clubIds, viewerId),
    next: rows.length > limit ? clubIds.at(-1) : undefined,
  };
}

/** The clubs of an athlete, each with what decides it; undefined when there never was such an athlete. */
export async function clubsOfAthlete(
  graph: Graph,
  ids: { readonly athleteId: string; readonly viewerId: string },
): Promise<{ readonly athlete: Target; readonly items: readonly Sealed<AthletesClub>[] } | undefined> {
  const [row] = await graph.query(ofAthlete, ids);
  if (!row) return undefined;
  const rows = await clubRows(
    graph,
    row.memberships.map(({ clubId }) => clubId),
    ids.viewerId,
  );
  const items = rows.flatMap((club) => {
    const membership = row.memberships.find(({ clubId }) => clubId === club.clubId);
    if (!membership) return [];
    const { resource, facts } = sealedMember({ ...row, ...membership }, club);
    const { clubId, name, sport, place } = club;
    const { role, since } = membership;
    return [new Sealed(resource, facts, () => ({ clubId, name, sport, place, role, since }))];
  });
  return { athlete: athleteTarget(row), items };
}

const END_OF_TIME = new Date('9999-12-31T00:00:00Z');
const LAST_ID = 'g'; // behind every hexadecimal digit

async function pageIn<Row extends Since, Item>(
  graph: Graph,
  { clubId, viewerId }: Ids,
  { limit, after }: Slice<Since>,
  list: ReturnType<typeof cypher<PageParameters, Row>>,
  seal: (row: Row, club: ClubRow) => Sealed<Item>,
): Promise<ClubPage<Item> | undefined> {
  const [club] = await clubRows(graph, [clubId], viewerId);
  if (!club) return undefined;
  const rows = await graph.query(list, {
    clubId,
    viewerId,
    limit: whole(limit + 1), // one more tells whether there is another page
    beforeSince: after?.since ?? END_OF_TIME,
    beforeId: after?.athleteId ?? '',
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    club: clubTarget(club),
    items: page.map((row) => seal(row, club)),
    next: last && { since: last.since, athleteId: last.athleteId },
  };
}
