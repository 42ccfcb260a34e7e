import { readdirSync, readFileSync } from 'node:fs';
import { headerOf, type QueryHeader } from './query-header.js';
import type { Query } from './session.js';

/** A filed query that analysts may run. */
export interface AnalystQuery extends QueryHeader {
  /** Its path below `graph/queries/` without the ending, with a dash for each slash: `analysis-most-followed`. */
  readonly name: string;
  readonly query: Query<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>>;
}

const FOLDER = new URL('../../graph/queries/', import.meta.url);

/** Every query whose header says `// for: analysts`, by name; read once when the module loads. */
export const ANALYST_QUERIES: ReadonlyMap<string, AnalystQuery> = new Map(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.cypher') && !path.endsWith('.params.cypher'))
    .sort()
    .map((path) => analystQuery(path.replaceAll('\\', '/'), readFileSync(new URL(path, FOLDER), 'utf8')))
    .filter(({ isForAnalysts }) => isForAnalysts)
    .map((query) => [query.name, query]),
);

/** A query as analysts may run it. @param path below `graph/queries/` */
export function analystQuery(path: string, text: string): AnalystQuery {
  const name = path.replace(/\.cypher$/, '').replaceAll('/', '-');
  return { ...headerOf(text), name, query: { path, text } };
}
