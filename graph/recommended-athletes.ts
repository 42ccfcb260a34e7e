import { Sealed } from '../policies/sealed.js';
import { CHOSEN_FROM, diverse } from './diverse.js';
import { filedRanking, type Ranking, ranked, type Wanted } from './rankings.js';
import { type AthleteSummary, athleteTarget, type Relation, sealedSummary, summaryOf } from './relations.js';
import { cypher, type Graph } from './session.js';

/** Somebody to follow, and what suggests them. */
export interface AthleteToFollow {
  readonly athlete: AthleteSummary;
  /** Both named the same home region. */
  readonly isFromYourRegion: boolean;
  readonly sharedSports: readonly string[];
}

/** Of somebody to follow: whom the viewer follows and who follows them, up to twenty. */
export interface CommonFriends {
  readonly athleteId: string;
  readonly friendIds: readonly string[];
}

/** A ranking that is not decided yet: each athlete, whose common friends may be told, and each of these. */
export interface AthletesToFollow {
  readonly athletes: readonly Sealed<AthleteToFollow>[];
  readonly common: readonly Sealed<CommonFriends>[];
  readonly friends: readonly Sealed<AthleteSummary>[];
}

type RankedRow = CommonFriends & Omit<AthleteToFollow, 'athlete'> & { readonly score: number };

/** How a viewer stands to an athlete, and what decides whether they are recommended. */
interface RecommendedRelation extends Relation {
  readonly isRecommendable: boolean;
  readonly tie: 'none' | 'followed' | 'requested' | 'muted' | 'dismissed';
}

/** Ranks whom one might follow. */
export type AthletesRanking = Ranking<RankedRow>;

/** A ranking of athletes by the name of its file. @throws {NoSuchRanking} */
export const athletesRanking = (version: string): AthletesRanking =>
  filedRanking(version, 'athletes-to-follow');

const relations = cypher<{ athleteIds: readonly string[]; viewerId: string }, RecommendedRelation>(
  'recommend/relations.cypher',
);

/**
 * Whom a viewer might follow, best first and mixed, as they may come to see them.
 *
 * @param wanted how many; or only one, if it is among so many
 */
export async function athletesToFollow(
  graph: Graph,
  ranking: AthletesRanking,
  viewerId: string,
  wanted: Wanted,
): Promise<AthletesToFollow> {
  const among = { ...wanted, limit: wanted.limit * CHOSEN_FROM };
  const rows = await ranked(graph, ranking, viewerId, among, ({ athleteId }) => athleteId);
  const sourced = rows.map((row) => ({ ...row, sourceIds: row.friendIds }));
  const chosen = diverse(sourced, wanted.limit);
  const known = await relationsTo(graph, viewerId, [
    ...chosen.map(({ athleteId }) => athleteId),
    ...chosen.flatMap(({ friendIds }) => friendIds),
  ]);
  const pairs = chosen.flatMap((row) => {
    const relation = known.get(row.athleteId);
    return relation ? [{ row, relation }] : [];
  });
  const friendIds = new Set(pairs.flatMap(({ row }) => row.friendIds));
  return {
    athletes: pairs.map(({ row, relation }) => sealedAthlete(row, relation)),
    common: pairs.map(({ row, relation }) => sealedCommon(row, relation)),
    friends: [...known.values()].filter(({ athleteId }) => friendIds.has(athleteId)).map(sealedSummary),
  };
}

/** How a viewer stands to athletes, by their ids. */
export async function relationsTo(
  graph: Graph,
  viewerId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RecommendedRelation>> {
  const athleteIds = [...new Set(ids)];
  const rows = athleteIds.length === 0 ? [] : await graph.query(relations, { athleteIds, viewerId });
  return new Map(rows.map((row) => [row.athleteId, row]));
}

function sealedAthlete(row: RankedRow, relation: RecommendedRelation): Sealed<AthleteToFollow> {
  const { resource, facts } = athleteTarget(relation);
  const { isRecommendable, tie } = relation;
  const { isFromYourRegion, sharedSports } = row;
  const content = () => ({ athlete: summaryOf(relation), isFromYourRegion, sharedSports });
  return new Sealed(resource, { ...facts, isRecommendable, tie }, content);
}

function sealedCommon({ athleteId, friendIds }: RankedRow, relation: Relation): Sealed<CommonFriends> {
  const { resource, facts } = athleteTarget(relation);
  return new Sealed(resource, facts, () => ({ athleteId, friendIds }));
}
