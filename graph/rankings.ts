import { headerOf } from './query-header.js';
import { cypher, type Query, type Whole } from './session.js';

/** A filed ranking of recommendations, known by its file. */
export interface Ranking<Row extends object> {
  /** Name of the file below `graph/queries/recommend/`, without its ending. */
  readonly version: string;
  readonly query: Query<{ readonly viewerId: string; readonly limit: Whole }, Row>;
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
