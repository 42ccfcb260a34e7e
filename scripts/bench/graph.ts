import { readConfig } from '../../api/config.js';
import { type App, wire } from '../../api/wiring.js';
import { follow, unfollow } from '../../graph/follows.js';
import type { Query } from '../../graph/session.js';
import { Denied } from '../../policies/access.js';
import { progressBar } from '../progress-bar.js';
import { seedWorld } from '../village/seed-world.js';
import { askersIn } from './graph/askers.js';
import { type Asker, QUESTIONS, type Question, subjectOf } from './graph/questions.js';
import { type Bench, line, quantile, timed } from './line.js';

const ATHLETES = 200_000; // who follow about four million times
const SEED = 1;
const UNTIL = new Date('2026-11-01T00:00:00Z');

const COUNTS = { random: 200, heaviest: 20 };
// The servers' compilers take this long.
const WARM_UP_ROUNDS = 3;
const ROUNDS = 5;
const CHANGE_MILLISECONDS = 2_000;

/**
 * What the questions about people and clubs take on a graph of a real size, blocks and the policy included, for athletes
 * chosen by chance (`graph.QUESTION`) and for those with the most followers (`graph.QUESTION.heaviest`). The limit is a
 * round trip that asks nothing. Also how long after a follow its answer has changed.
 */
export const bench: Bench = async (settings, print) => {
  const { app, close } = await wire(readConfig({ ...settings, LOG_LEVEL: 'silent' }));
  try {
    const wanted = { athletes: ATHLETES, seed: SEED, until: UNTIL };
    await seedWorld(app, wanted, progressBar(process.stderr));
    const askers = await askersIn(app.graph, COUNTS);
    for (const [name, question] of Object.entries(QUESTIONS)) {
      for (const [suffix, those] of [
        ['', askers.random],
        ['.heaviest', askers.heaviest],
      ] as const) {
        const { asked, roundTrips } = await measured(app, question, those);
        for (const [share, part] of [
          [0.5, 'p50'],
          [0.99, 'p99'],
        ] as const) {
          const limit = quantile(roundTrips, share);
          print(line(`graph.${name}${suffix}.${part}`, quantile(asked, share), 'ms', limit));
        }
      }
    }
    print(line('graph.newFollow', await untilChanged(app, askers.random), 'ms', CHANGE_MILLISECONDS));
  } finally {
    await close();
  }
};

const ROUND_TRIP: Query<object, { one: number }> = { path: 'bench', text: 'RETURN 1 AS one' };

/** Each asker once a round, and a round trip after each, so that both meet the machine in the same moods. */
async function measured(
  app: App,
  question: Question,
  askers: readonly Asker[],
): Promise<{ readonly asked: readonly number[]; readonly roundTrips: readonly number[] }> {
  const asked: number[] = [];
  const roundTrips: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const asker of askers) {
      const milliseconds = await timed(() => answered(app, question, asker));
      const bare = await timed(() => app.graph.query(ROUND_TRIP, {}));
      if (round < 0) continue;
      asked.push(milliseconds);
      roundTrips.push(bare);
    }
  }
  return { asked, roundTrips };
}

// A refusal is an answer too: some block one another.
async function answered(app: App, question: Question, asker: Asker): Promise<readonly object[]> {
  try {
    return await question(app, asker, UNTIL);
  } catch (error) {
    if (error instanceof Denied) return [];
    throw error;
  }
}

/** From a follow until the path from one to the other is that follow; the graph is left as it was. */
async function untilChanged(app: App, askers: readonly Asker[]): Promise<number> {
  const { graph, access } = app;
  for (const asker of askers) {
    const path = () => answered(app, QUESTIONS.pathBetween, asker);
    if ((await path()).length <= 2) continue;
    const subject = subjectOf(asker.viewerId);
    const pair = { actorId: asker.viewerId, otherId: asker.athleteId };
    await follow(graph, (target) => access.require(subject, 'follow.create', target), pair, app.now());
    const milliseconds = await timed(async () => {
      while ((await path()).length !== 2);
    });
    await unfollow(graph, (target) => access.require(subject, 'follow.delete', target), pair);
    return milliseconds;
  }
  throw new Error('all of them follow one another already');
}
