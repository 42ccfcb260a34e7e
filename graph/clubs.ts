import type { Grant, Target } from '../policies/access.js';
import type { Action } from '../policies/actions.js';
import { type Facts, Sealed } from '../policies/sealed.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type ReadTransaction, type WriteTransaction } from './session.js';

/** Who finds a club and who gets in: everyone; everyone, by asking; those whom it invites. */
export const CLUB_VISIBILITIES = ['public', 'closed', 'secret'] as const;
/** One of `CLUB_VISIBILITIES`. */
export type ClubVisibility = (typeof CLUB_VISIBILITIES)[number];

/** What a member of a club is in it. */
export const MEMBER_ROLES = ['owner', 'admin', 'moderator', 'member'] as const;
/** One of `MEMBER_ROLES`. */
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** What somebody counts as in a club, with what they are in the clubs above and below it. */
export type ClubRole = MemberRole | 'none' | 'invited' | 'pending' | 'banned';

/** What decides about a club, for one viewer. */
interface ClubFacts {
  /** Of the club, or of a club above it whose door the viewer has not passed. */
  readonly clubVisibility: ClubVisibility;
  readonly clubRole: ClubRole;
  /** Of this very club, not of one below it. */
  readonly isMember: boolean;
}

/** A club as a viewer sees it. */
export interface Club {
  readonly clubId: string;
  readonly name: string;
  readonly description: string | null;
  readonly sport: string | null;
  readonly place: string | null;
  readonly visibility: ClubVisibility;
  readonly createdAt: Date;
  readonly version: number;
  readonly memberCount: number;
  readonly parent: { readonly clubId: string; readonly name: string } | null;
  /** What the viewer counts as. */
  readonly role: ClubRole;
  readonly isMember: boolean;
}

/** A club and what decides about it, as `clubs/clubs.cypher` returns them. */
export interface ClubRow extends ClubFacts, Omit<Club, 'role'> {}

/** Asks the policy, inside the transaction; throws when it refuses. */
export type DecideClub = (action: Action, target: Target) => Grant;

/** A club and who acts in it. */
export interface ClubActor {
  readonly clubId: string;
  readonly actorId: string;
}

const clubs = cypher<{ clubIds: readonly string[]; viewerId: string | null }, ClubRow>('clubs/clubs.cypher');
const lock = cypher<{ clubIds: readonly string[] }, { clubId: string }>('clubs/lock.cypher');

/** Clubs in the given order, as a viewer may come to see them; those that are gone are left out. */
export async function clubsByIds(
  graph: Graph,
  clubIds: readonly string[],
  viewerId: string | null,
): Promise<readonly Sealed<Club>[]> {
  const rows = await clubRows(graph, clubIds, viewerId);
  return rows.map(sealedClub);
}

/** One club, as a viewer may come to see it; undefined when there is none, or none any more. */
export async function clubById(
  graph: Graph,
  clubId: string,
  viewerId: string | null,
): Promise<Sealed<Club> | undefined> {
  const [club] = await clubsByIds(graph, [clubId], viewerId);
  return club;
}

/** A club as what is in it is decided upon; undefined when there is none, or none any more. */
export async function clubTargetOf(
  graph: Graph,
  ids: { readonly clubId: string; readonly viewerId: string },
): Promise<Target | undefined> {
  const [row] = await clubRows(graph, [ids.clubId], ids.viewerId);
  return row && clubTarget(row);
}

/** The same, with what decides about them. */
export async function clubRows(
  graph: Pick<Graph, 'query'>,
  clubIds: readonly string[],
  viewerId: string | null,
): Promise<readonly ClubRow[]> {
  return clubIds.length === 0 ? [] : graph.query(clubs, { clubIds, viewerId });
}

/** A club as the policy is asked about it. */
export function clubTarget(row: ClubRow, more: Facts = {}): Target {
  return { resource: { kind: 'club', id: row.clubId }, facts: { ...clubFacts(row), ...more } };
}

/** What the policy is told of a club when it is asked about something in it. */
export function clubFacts({ clubVisibility, clubRole, isMember }: ClubFacts): Facts {
  return { clubVisibility, clubRole, isMember };
}

function sealedClub(row: ClubRow): Sealed<Club> {
  const { resource, facts } = clubTarget(row);
  return new Sealed(resource, facts, () => clubOf(row));
}

/** A club as it is shown, without what decides about it. */
export function clubOf({ clubVisibility: _visibility, clubRole, ...club }: ClubRow): Club {
  return { ...club, role: clubRole };
}

/**
 * Runs one change in a club, with the club, who acts and whom it is about locked: of two who act on one another at
 * once, the second decides on what the first has left.
 *
 * @param athleteIds whom it is about, besides the actor
 * @returns undefined when there is no such club
 */
export async function withClub<Result>(
  graph: Graph,
  { clubId, actorId }: ClubActor,
  athleteIds: readonly string[],
  change: (transaction: WriteTransaction, club: ClubRow) => Promise<Result>,
): Promise<Result | undefined> {
  return graph.write(async (transaction) => {
    await lockAthletes(transaction, actorId, ...athleteIds);
    await lockClubs(transaction, clubId);
    const club = await clubIn(transaction, clubId, actorId);
    return club && change(transaction, club);
  });
}

/** Locks clubs until the transaction ends; all in one call, and after the athletes. */
export async function lockClubs(transaction: WriteTransaction, ...clubIds: readonly string[]): Promise<void> {
  await transaction.run(lock, { clubIds });
}

/** A club and what decides about it, inside a transaction. */
export async function clubIn(
  transaction: ReadTransaction,
  clubId: string,
  viewerId: string,
): Promise<ClubRow | undefined> {
  const [row] = await transaction.run(clubs, { clubIds: [clubId], viewerId });
  return row;
}
