import { Sealed } from '../policies/sealed.js';
import { type Club, type ClubRow, clubFacts, clubOf, clubRows } from './clubs.js';
import { dismissedAmong } from './dismissals.js';
import { CHOSEN_FROM, diverse } from './diverse.js';
import { filedRanking, type Ranking, ranked, type Wanted } from './rankings.js';
import { relationsTo } from './recommended-athletes.js';
import { type AthleteSummary, type Relation, summaryOf } from './relations.js';
import type { Graph } from './session.js';

/** A club to join, and what suggests it. */
export interface ClubToJoin {
  readonly club: Club;
  /** Its place is the viewer's home region. */
  readonly isFromYourRegion: boolean;
  readonly isYourSport: boolean;
  /** A club directly above it that the viewer belongs to. */
  readonly aboveId: string | null;
}

/** A member of a club to join whom the viewer follows or is in another club with. */
export interface KnownMember {
  readonly clubId: string;
  readonly athlete: AthleteSummary;
  readonly isFollowed: boolean;
}

/** A ranking that is not decided yet: each club, and each membership that suggests one. */
export interface ClubsToJoin {
  readonly clubs: readonly Sealed<ClubToJoin>[];
  readonly members: readonly Sealed<KnownMember>[];
}

interface RankedRow extends Omit<ClubToJoin, 'club'> {
  readonly clubId: string;
  readonly score: number;
  readonly friendIds: readonly string[];
  readonly mateIds: readonly string[];
}

/** Ranks which clubs one might join. */
export type ClubsRanking = Ranking<RankedRow>;

/** A ranking of clubs by the name of its file. @throws {NoSuchRanking} */
export const clubsRanking = (version: string): ClubsRanking => filedRanking(version, 'clubs-to-join');

/**
 * Which clubs a viewer might join, best first and mixed, as they may come to see them.
 *
 * @param wanted how many; or only one, if it is among so many
 */
export async function clubsToJoin(
  graph: Graph,
  ranking: ClubsRanking,
  viewerId: string,
  wanted: Wanted,
): Promise<ClubsToJoin> {
  const among = { ...wanted, limit: wanted.limit * CHOSEN_FROM };
  const rows = await ranked(graph, ranking, viewerId, among, ({ clubId }) => clubId);
  const sourced = rows.map((row) => ({ ...row, sourceIds: [...row.friendIds, ...row.mateIds] }));
  const chosen = diverse(sourced, wanted.limit);
  const clubIds = chosen.map(({ clubId }) => clubId);
  const [clubs, dismissed, known] = await Promise.all([
    clubRows(graph, clubIds, viewerId),
    dismissedAmong(graph, viewerId, clubIds),
    relationsTo(
      graph,
      viewerId,
      chosen.flatMap(({ sourceIds }) => sourceIds),
    ),
  ]);
  const byId = new Map(clubs.map((club) => [club.clubId, club]));
  const pairs = chosen.flatMap((row) => {
    const club = byId.get(row.clubId);
    return club ? [{ row, club }] : [];
  });
  return {
    clubs: pairs.map(({ row, club }) => sealedClub(row, club, dismissed.has(club.clubId))),
    members: pairs.flatMap(({ row, club }) =>
      row.sourceIds.flatMap((athleteId) => {
        const relation = known.get(athleteId);
        return relation ? [sealedMember(club, relation)] : [];
      }),
    ),
  };
}

function sealedClub(row: RankedRow, club: ClubRow, isDismissed: boolean): Sealed<ClubToJoin> {
  const { isFromYourRegion, isYourSport, aboveId } = row;
  return new Sealed({ kind: 'club', id: club.clubId }, { ...clubFacts(club), isDismissed }, () => ({
    club: clubOf(club),
    isFromYourRegion,
    isYourSport,
    aboveId,
  }));
}

function sealedMember(club: ClubRow, relation: Relation): Sealed<KnownMember> {
  const { athleteId, isBlocked, ownerStanding, isFollower } = relation;
  const resource = { kind: 'membership', id: club.clubId, ownerId: athleteId };
  return new Sealed(resource, { ...clubFacts(club), isBlocked, ownerStanding }, () => ({
    clubId: club.clubId,
    athlete: summaryOf(relation),
    isFollowed: isFollower,
  }));
}
