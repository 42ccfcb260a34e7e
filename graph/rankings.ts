import { headerOf } from './query-header.js';
import { cypher, type Graph, type Query, type Whole, whole } from './session.js';

/** A filed ranking of recommendations, known by its file. */
export interface Ranking<Row extends object> {
  /** Name of the file below `graph/queries/recommend/`, without its ending. */
  readonly version: string;
  readonly query: Query<{ readonly viewerId: string; readonly limit: Whole }, Row>;
}

/** How much of a ranking is wanted. */
export interface Wanted {
  readonly limit: number;
  /** Only this one, if it is among the best at all. */
  readonly onlyId?: string;
}

/** No file of this name ranks what is asked for. */
export class NoSuchRanking extends Error {
  override name = 'NoSuchRanking';
}

/**
 * A ranking by the name of its file.
 *
 * @param model name of the ranking whose parameters and columns it has to have
 * @throws {NoSuchRanking}
 */
export function filedRanking<Row extends object>(version: string, model: string): Ranking<Row> {
  const query = queryOf<Row>(version);
  const [is, should] = [query, queryOf<Row>(model)].map(({ text }) => signatureOf(text));
  if (is === should) return { version, query };
  throw new NoSuchRanking(`${version} is ${is}, and ${model} is ${should}`);
}

/**
 * What a ranking puts first for a viewer.
 *
 * @param wanted how many; or only one, if it is among so many
 * @param idOf what a row is about
 */
export async function ranked<Row extends object>(
  graph: Graph,
  { query }: Ranking<Row>,
  viewerId: string,
  { limit, onlyId }: Wanted,
  idOf: (row: Row) => string,
): Promise<readonly Row[]> {
  return chosenOf(await graph.query(query, { viewerId, limit: whole(limit) }), onlyId, idOf);
}

/** All rows of a ranking, or the one that is wanted. */
export function chosenOf<Row>(
  rows: readonly Row[],
  onlyId: string | undefined,
  idOf: (row: Row) => string,
): readonly Row[] {
  return onlyId === undefined ? rows : rows.filter((row) => idOf(row) === onlyId);
}

function queryOf<Row extends object>(version: string): Ranking<Row>['query'] {
  try {
    return cypher(`recommend/${version}.cypher`);
  } catch (error) {
    throw new NoSuchRanking(`there is no ${version}.cypher in graph/queries/recommend/`, { cause: error });
  }
}

function signatureOf(text: string): string {
  const { parameters, columns } = headerOf(text);
  const [taken, answered] = [parameters, columns].map((names) =>
    names
      .map(({ name, type }) => `${name} ${type}`)
      .sort()
      .join(', '),
  );
  return `(${taken}) → (${answered})`;
}
