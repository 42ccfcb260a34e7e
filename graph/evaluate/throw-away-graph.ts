import { cypher, type Graph, type Whole, whole } from '../session.js';

/** Who follows whom, and since when where that is known. */
export interface Tie {
  readonly followerId: string;
  readonly followeeId: string;
  readonly since: Date | null;
}

const createAthletes = cypher<{ athleteIds: readonly string[] }, { made: number }>(
  'evaluate/create-athletes.cypher',
);
const createFollows = cypher<{ ties: readonly Tie[] }, { made: number }>('evaluate/create-follows.cypher');
const followsAfter = cypher<{ afterFollowerId: string; afterFolloweeId: string; limit: Whole }, Tie>(
  'evaluate/follows.cypher',
);

const ROWS_PER_TRANSACTION = 5_000;
const BEGINNING = new Date('2000-01-01T00:00:00Z');

/** Fills an empty graph with athletes who are nothing but ids, and with what ties them. */
export async function fillThrowAwayGraph(
  graph: Graph,
  ties: readonly Tie[],
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const athleteIds = [...new Set(ties.flatMap(({ followerId, followeeId }) => [followerId, followeeId]))];
  for (const part of partsOf(athleteIds)) {
    await graph.write(({ run }) => run(createAthletes, { athleteIds: part }));
  }
  let done = 0;
  for (const part of partsOf(ties)) {
    const dated = part.map((tie) => ({ ...tie, since: tie.since ?? BEGINNING }));
    const [row] = await graph.write(({ run }) => run(createFollows, { ties: dated }));
    // Figures of a graph that holds less than it should look like figures.
    if (row?.made !== part.length) throw new Error(`${row?.made} of ${part.length} follows were made`);
    done += part.length;
    onProgress(done, ties.length);
  }
}

/** Every follow of a graph that is only read. */
export async function followsIn(graph: Graph): Promise<readonly Tie[]> {
  const ties: Tie[] = [];
  for (;;) {
    const last = ties.at(-1);
    const page = await graph.query(followsAfter, {
      afterFollowerId: last?.followerId ?? '',
      afterFolloweeId: last?.followeeId ?? '',
      limit: whole(ROWS_PER_TRANSACTION),
    });
    if (page.length === 0) return ties;
    ties.push(...page);
  }
}

function* partsOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += ROWS_PER_TRANSACTION)
    yield items.slice(from, from + ROWS_PER_TRANSACTION);
}
