import type { Graph, Query } from '../../../graph/session.js';
import { randomFrom } from '../../simulate/random.js';
import { oneOf } from '../../village/chance.js';
import type { Asker } from './questions.js';

/**
 * Athletes with open profiles who ask about one another and about the highest clubs, and others who look for company.
 *
 * @param counts how many of all athletes, and how many of those with the most followers, or who share their habits with most
 */
export async function askersIn(
  graph: Graph,
  counts: { readonly random: number; readonly heaviest: number },
): Promise<{ readonly random: readonly Asker[]; readonly heaviest: readonly Asker[] }> {
  const athletes = (await graph.query(ATHLETES, {})).map(({ athleteId }) => athleteId);
  const clubs = (await graph.query(HIGHEST_CLUBS, {})).map(({ clubId }) => clubId);
  const open = (await graph.query(OPEN, {})).map(({ athleteId }) => athleteId);
  const [random, others] = [randomFrom(1), randomFrom(2)];
  const heavy = athletes.slice(0, counts.heaviest);
  return {
    random: Array.from({ length: counts.random }, () => {
      const [viewerId, athleteId] = [oneOf(random, athletes), oneOf(random, athletes)];
      return { viewerId, athleteId, clubId: oneOf(random, clubs), openId: oneOf(others, open) };
    }).filter(({ viewerId, athleteId }) => viewerId !== athleteId),
    // The largest federations come first.
    heaviest: heavy.map((viewerId, at) => ({
      viewerId,
      athleteId: heavy[(at + 1) % heavy.length] ?? viewerId,
      clubId: clubs[at % Math.min(clubs.length, LARGEST_CLUBS)] ?? '',
      openId: open[at % open.length] ?? viewerId,
    })),
  };
}

const LARGEST_CLUBS = 3;

const ATHLETES: Query<object, { athleteId: string }> = {
  path: 'bench',
  text: `
    MATCH (athlete:Athlete)
    WHERE NOT athlete.approvesFollowers
    RETURN athlete.athleteId AS athleteId
    ORDER BY COUNT { (athlete)<-[:FOLLOWS]-() } DESC, athleteId`,
};

const OPEN: Query<object, { athleteId: string }> = {
  path: 'bench',
  text: `
    MATCH (athlete:Athlete)-[:HABITUALLY]->(habit:Habit)
    WITH athlete, sum(COUNT { (habit)<-[:HABITUALLY]-() }) AS sharers
    RETURN athlete.athleteId AS athleteId
    ORDER BY sharers DESC, athleteId`,
};

const HIGHEST_CLUBS: Query<object, { clubId: string }> = {
  path: 'bench',
  text: `
    MATCH (club:Club)
    WHERE NOT EXISTS { (club)-[:PART_OF]->() } AND EXISTS { (club)<-[:PART_OF]-() }
    RETURN club.clubId AS clubId
    ORDER BY COUNT { (club)<-[:PART_OF*1..3]-() } DESC, clubId`,
};
