import { Sealed } from '../policies/sealed.js';
import { habitsSince } from './habits.js';
import { chosenOf, type Wanted } from './rankings.js';
import { type AthleteSummary, athleteTarget, type Relation, summaryOf } from './relations.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** What two athletes do alike, on one day of the week. */
export interface SharedHabit {
  readonly sport: string;
  /** 1 is Monday. */
  readonly weekday: number;
  /** Of the map, at most three. */
  readonly cells: readonly string[];
}

/** Somebody to train with, and what suggests them. */
export interface TrainingPartner {
  readonly athlete: AthleteSummary;
  /** The most usual first. */
  readonly habits: readonly SharedHabit[];
  /** Both named the same home region. */
  readonly isFromYourRegion: boolean;
}

interface RankedRow extends Omit<TrainingPartner, 'athlete'> {
  readonly athleteId: string;
  readonly score: number;
}

/** How a viewer stands to an athlete, and what decides whether they are shown to one another. */
interface PartnerRelation extends Relation {
  readonly isOpenToTraining: boolean;
  readonly isCallerOpenToTraining: boolean;
  readonly isMuted: boolean;
  readonly isDismissed: boolean;
}

/** The one ranking of training partners that there is. */
export const PARTNERS_VERSION = 'training-partners';

const ranking = cypher<{ viewerId: string; startedAfter: Date; limit: Whole }, RankedRow>(
  'recommend/training-partners.cypher',
);
const relations = cypher<{ athleteIds: readonly string[]; viewerId: string }, PartnerRelation>(
  'recommend/partner-relations.cypher',
);

/**
 * With whom a viewer might train, best first; nobody while they look for no company themselves.
 *
 * @param wanted how many; or only one, if it is among so many
 */
export async function trainingPartners(
  graph: Graph,
  viewerId: string,
  { limit, onlyId, now }: Wanted & { readonly now: Date },
): Promise<readonly Sealed<TrainingPartner>[]> {
  const all = await rankedPartners(graph, viewerId, { limit, now });
  const rows = chosenOf(all, onlyId, ({ athleteId }) => athleteId);
  if (rows.length === 0) return [];
  const athleteIds = rows.map(({ athleteId }) => athleteId);
  const known = new Map(
    (await graph.query(relations, { athleteIds, viewerId })).map((row) => [row.athleteId, row]),
  );
  return rows.flatMap((row) => {
    const relation = known.get(row.athleteId);
    return relation ? [sealedPartner(row, relation)] : [];
  });
}

/** What the ranking puts first for a viewer; nothing of it is decided. */
export function rankedPartners(
  graph: Graph,
  viewerId: string,
  { limit, now }: { readonly limit: number; readonly now: Date },
): Promise<readonly RankedRow[]> {
  return graph.query(ranking, { viewerId, startedAfter: habitsSince(now), limit: whole(limit) });
}

function sealedPartner(row: RankedRow, relation: PartnerRelation): Sealed<TrainingPartner> {
  const { resource, facts } = athleteTarget(relation);
  const { isOpenToTraining, isCallerOpenToTraining, isMuted, isDismissed } = relation;
  const { habits, isFromYourRegion } = row;
  return new Sealed(
    resource,
    { ...facts, isOpenToTraining, isCallerOpenToTraining, isMuted, isDismissed },
    () => ({ athlete: summaryOf(relation), habits, isFromYourRegion }),
  );
}
