import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readConfig } from '../../api/config.js';
import { buildAthleteModel } from '../../graph/athlete-model.js';
import { byFollower, hideLatest, type Split } from '../../graph/evaluate/hide.js';
import {
  type Estimate,
  type Fame,
  type Quality,
  qualityOf,
  type Trial,
} from '../../graph/evaluate/measures.js';
import { fillThrowAwayGraph, followsIn, type Tie } from '../../graph/evaluate/throw-away-graph.js';
import { migrateGraph } from '../../graph/migrate.js';
import { Graph, type Query, type Whole, whole } from '../../graph/session.js';
import { Access } from '../../policies/access.js';
import { loadEngine } from '../../policies/engine.js';
import { systemSubject } from '../../policies/subject.js';
import { table } from '../cypher/table.js';
import { progressBar } from '../progress-bar.js';
import { runningSettings } from '../running-settings.js';
import { randomFrom } from '../simulate/random.js';
import { readPairs } from './pairs.js';

const USAGE = `npm run recommend:evaluate -- [--query FILE]… [--baseline FILE] [--train FILE --hidden FILE]

Measures rankings of athletes to follow. FILE is a path, or one below graph/queries/recommend/. --train and --hidden name
friendships as id,id in each line, gzipped or not; --train alone has some of them hidden by chance. Without both, the
latest follows of the running demo are hidden; the demo itself is only read. Where a ranking asks for the nightly model, it
is built of what the rankings may know.`;

const FOLDER = fileURLToPath(new URL('../../../graph/queries/recommend/', import.meta.url));
const PLAIN = 'athletes-to-follow.cypher';
const TEST_ATHLETES = 1_000;
const SHOWN = 10;
const SEED = 20_261_129;

type Ranking = Query<{ viewerId: string; limit: Whole }, { athleteId: string }>;

/** What is to be measured. */
export interface Wanted {
  readonly rankings: readonly Ranking[];
  readonly train: string | undefined;
  readonly hidden: string | undefined;
}

/** Reads the words of the command line. @throws with the usage when they make no sense */
export function readWords(words: readonly string[]): Wanted {
  const { values } = parseArgs({
    args: [...words],
    options: {
      query: { type: 'string', multiple: true, default: [PLAIN] },
      baseline: { type: 'string' },
      train: { type: 'string' },
      hidden: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const { query, baseline, train, hidden } = values;
  if (values.help || (hidden !== undefined && train === undefined)) throw new Error(USAGE);
  const files = [...(baseline === undefined ? [] : [baseline]), ...query];
  return { rankings: files.map(rankingIn), train, hidden };
}

/** Measures rankings on an empty graph, which is filled with what they may know. */
export async function evaluateRankings(url: string, { rankings, train, hidden }: Wanted): Promise<void> {
  const graph = new Graph(url);
  const bar = progressBar(process.stderr);
  try {
    const split = await splitOf(train, hidden);
    await migrateGraph(graph);
    await fillThrowAwayGraph(graph, split.known, bar('Loading'));
    if (rankings.some(needsModel)) await buildModel(graph, bar('Building the nightly model'));
    const fame = fameIn(split.known);
    const rows: Record<string, string>[] = [];
    for (const ranking of rankings) {
      const trials = await trialsOf(graph, ranking, split, bar(basename(ranking.path, '.cypher')));
      rows.push({
        ranking: basename(ranking.path, '.cypher'),
        ...spelled(qualityOf(trials, fame, evenly())),
      });
    }
    console.log(table(rows));
    console.log(`${split.hidden.size} test athletes; in brackets where 95 of 100 draws of them lie.`);
  } finally {
    await graph.close();
  }
}

/** Whether a ranking asks for something that the nightly model writes. */
function needsModel({ text }: Ranking): boolean {
  return /\b(RESEMBLES|modelVersion|community|place)\b/.test(text);
}

/** Lets the model know what the rankings may know. */
async function buildModel(graph: Graph, onProgress: (done: number, total: number) => void): Promise<void> {
  onProgress(0, 1);
  // Nobody lives in a graph that is thrown away, so there is no trail of what was decided about them.
  const access = new Access(await loadEngine(), { record: () => {} }, () => new Date());
  const subject = systemSubject('worker', 'evaluation');
  const resource = { kind: 'model', id: 'athletes' };
  const grant = access.require(subject, 'model.build', { resource, facts: {} });
  await buildAthleteModel(graph, grant, new Date());
  onProgress(1, 1);
}

async function splitOf(train: string | undefined, hidden: string | undefined): Promise<Split> {
  const random = evenly();
  if (train === undefined) return hideLatest(await demoFollows(), TEST_ATHLETES, random);
  const friendships = readPairs(train).map(tieOf);
  if (hidden === undefined) {
    // Hidden as a whole: who follows back would give it away.
    const split = hideLatest(friendships, TEST_ATHLETES, random);
    return { ...split, known: bothWays(split.known) };
  }
  return { known: bothWays(friendships), hidden: byFollower(readPairs(hidden).map(tieOf)) };
}

function tieOf([followerId, followeeId]: readonly [string, string]): Tie {
  return { followerId, followeeId, since: null };
}

/** Friends follow one another. */
function bothWays(ties: readonly Tie[]): readonly Tie[] {
  return ties.flatMap((tie) => [tie, { ...tie, followerId: tie.followeeId, followeeId: tie.followerId }]);
}

async function demoFollows(): Promise<readonly Tie[]> {
  const graph = new Graph(readConfig(runningSettings()).NEO4J_URL);
  try {
    return await followsIn(graph);
  } finally {
    await graph.close();
  }
}

async function trialsOf(
  graph: Graph,
  ranking: Ranking,
  { hidden }: Split,
  onProgress: (done: number, total: number) => void,
): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const [viewerId, hiddenIds] of hidden) {
    const rows = await graph.query(ranking, { viewerId, limit: whole(SHOWN) });
    trials.push({ shownIds: rows.map(({ athleteId }) => athleteId), hiddenIds });
    onProgress(trials.length, hidden.size);
  }
  return trials;
}

function fameIn(ties: readonly Tie[]): Fame {
  const followers = new Map<string, number>();
  const athletes = new Set<string>();
  for (const { followerId, followeeId } of ties) {
    followers.set(followeeId, (followers.get(followeeId) ?? 0) + 1);
    athletes.add(followerId).add(followeeId);
  }
  return { followers, athletes: athletes.size, follows: ties.length };
}

function spelled(quality: Quality): Record<string, string> {
  const { recallAt10, hitRate, meanReciprocalRank, novelty, coverage, topShare, topShareHidden } = quality;
  return {
    'recall@10': estimate(recallAt10),
    'hit rate': estimate(hitRate),
    MRR: estimate(meanReciprocalRank),
    coverage: coverage.toFixed(3),
    'novelty (bits)': estimate(novelty, 1),
    'top 1 % shown': estimate(topShare),
    'top 1 % hidden': topShareHidden.toFixed(3),
  };
}

function estimate({ mean, low, high }: Estimate, digits = 3): string {
  return `${mean.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}

function rankingIn(file: string): Ranking {
  const path = [resolve(file), resolve(FOLDER, file)].find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`there is no file ${file}`);
  return { path, text: readFileSync(path, 'utf8') };
}

// The same numbers in each run, so that two rankings are measured by the same draws.
const evenly = () => randomFrom(SEED).even;
