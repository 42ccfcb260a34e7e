import { v7 as uuidv7 } from 'uuid';
import type { Grant } from '../policies/access.js';
import { lockAthletes } from './locks.js';
import type { AthletesRanking } from './recommended-athletes.js';
import type { ClubsRanking } from './recommended-clubs.js';
import { cypher, type Graph, type Whole, whole } from './session.js';
import { rankedPartners } from './training-partners.js';

/** What may be suggested to somebody unasked. */
export interface Suggestion {
  readonly kind: 'athleteToFollow' | 'clubToJoin' | 'trainingPartner';
  /** Of the athlete or the club. */
  readonly itemId: string;
}

interface DuePage {
  readonly timeZones: readonly string[];
  readonly soughtBefore: Date;
  readonly refreshedAfter: Date;
  readonly afterId: string;
  readonly limit: Whole;
}

const zones = cypher<{ limit: Whole }, { timeZone: string }>('suggestions/time-zones.cypher');
const due = cypher<DuePage, { athleteId: string }>('suggestions/due.cypher');
const replace = cypher<{ athleteId: string; now: Date }, { athleteId: string }>('suggestions/replace.cypher');
const create = cypher<Suggestion & { athleteId: string; now: Date }, { itemId: string }>(
  'suggestions/create.cypher',
);
const ofAthlete = cypher<{ athleteId: string; since: Date }, Suggestion & { suggestedAt: Date }>(
  'suggestions/of-athlete.cypher',
);

const HOURS = 3_600_000;
const A_DAY = 20 * HOURS; // the mornings of somebody who travels are not a day apart
const HERE_LATELY = 30 * 24 * HOURS;

const MOST_TIME_ZONES = 1_000; // there are six hundred names

/** Time zones in which athletes live. */
export async function timeZonesOfAthletes(graph: Graph): Promise<readonly string[]> {
  const rows = await graph.query(zones, { limit: whole(MOST_TIME_ZONES) });
  return rows.map(({ timeZone }) => timeZone);
}

/**
 * Athletes for whom nothing was sought today, a page by id.
 *
 * @param page.timeZones where it is morning. The graph is not asked what time it is there: it may not know a zone that
 *   we know, and then answers nobody
 */
export async function dueForSuggestion(
  graph: Graph,
  page: {
    readonly now: Date;
    readonly timeZones: readonly string[];
    readonly afterId: string;
    readonly limit: number;
  },
): Promise<readonly string[]> {
  const { now, timeZones, afterId, limit } = page;
  const rows = await graph.execute(due, {
    timeZones,
    soughtBefore: new Date(now.getTime() - A_DAY),
    refreshedAfter: new Date(now.getTime() - HERE_LATELY),
    afterId,
    limit: whole(limit),
  });
  return rows.map(({ athleteId }) => athleteId);
}

// Scores of two versions of a ranking are not comparable, so what is worth a suggestion is counted in people and days.
const LEAST_FRIENDS = 3;
const LEAST_SHARED_DAYS = 6; // every other week, in twelve
const LOOKED_AT = 20;

/**
 * What would be worth suggesting to an athlete, one kind after another: company first, which is rarest, then clubs, then
 * others to follow. A kind is looked for when it is asked for, and seldom is it all three.
 */
export async function* worthSuggesting(
  graph: Graph,
  viewerId: string,
  { athletes, clubs, now }: { athletes: AthletesRanking; clubs: ClubsRanking; now: Date },
): AsyncGenerator<readonly Suggestion[]> {
  const partners = await rankedPartners(graph, viewerId, { limit: LOOKED_AT, now });
  yield partners
    .filter(({ score }) => score >= LEAST_SHARED_DAYS)
    .map(({ athleteId }) => ({ kind: 'trainingPartner', itemId: athleteId }));
  const asked = { viewerId, limit: whole(LOOKED_AT) };
  yield (await graph.query(clubs.query, asked))
    .filter(({ friendIds }) => friendIds.length >= LEAST_FRIENDS)
    .map(({ clubId }) => ({ kind: 'clubToJoin', itemId: clubId }));
  yield (await graph.query(athletes.query, asked))
    .filter(({ friendIds }) => friendIds.length >= LEAST_FRIENDS)
    .map(({ athleteId }) => ({ kind: 'athleteToFollow', itemId: athleteId }));
}

/**
 * Suggests something to an athlete in place of what was suggested before, or nothing, and tells of it
 * (`recommendation.suggested`).
 *
 * @param grant for `recommendation.suggest`
 */
export async function suggest(
  graph: Graph,
  grant: Grant,
  athleteId: string,
  suggestion: Suggestion | undefined,
  now: Date,
): Promise<void> {
  grant.assertFor('recommendation.suggest');
  await graph.write(async (transaction) => {
    await lockAthletes(transaction, athleteId);
    const [athlete] = await transaction.run(replace, { athleteId, now });
    if (!athlete || !suggestion) return;
    const [made] = await transaction.run(create, { athleteId, ...suggestion, now });
    if (!made) return;
    await transaction.emit({
      eventId: uuidv7(),
      type: 'recommendation.suggested',
      key: athleteId,
      payload: { athleteId, ...suggestion },
    });
  });
}

/** What is suggested to an athlete today; whether they may see it is decided when it is looked up. */
export async function suggestionFor(
  graph: Graph,
  athleteId: string,
  now: Date,
): Promise<(Suggestion & { readonly suggestedAt: Date }) | undefined> {
  const [row] = await graph.query(ofAthlete, { athleteId, since: new Date(now.getTime() - 24 * HOURS) });
  return row;
}
