import type { PseudonymKey } from '../policies/keys.js';
import { Sealed } from '../policies/sealed.js';
import type { AnalystQuery } from './analyst-queries.js';
import type { Graph } from './session.js';

type Row = Readonly<Record<string, unknown>>;

/** What a query of an analyst answered: as it is in the graph, and what is shown of it instead. */
export interface AnalystAnswer {
  readonly rows: readonly Row[];
  /** Rows beyond the limits were left out. */
  readonly isCut: boolean;
  readonly isPseudonymous: boolean;
  readonly pseudonymous: { readonly rows: readonly Row[]; readonly isPseudonymous: true };
}

/** What one question of an analyst may take of the live graph. */
export interface AnalystLimits {
  readonly timeoutMilliseconds: number;
  readonly rows: number;
  /** Of all rows as JSON; more would be no answer that somebody reads. */
  readonly bytes: number;
}

/**
 * Runs a query of an analyst on the live graph, only if it reads and only within the limits.
 *
 * @param key replaces ids; the same one for one analyst, so that answers can be joined
 * @throws {QueryWrites | QueryTooLong}
 */
export async function analystRows(
  graph: Graph,
  { name, query, columns }: AnalystQuery,
  parameters: Row,
  { key, limits }: { readonly key: PseudonymKey; readonly limits: AnalystLimits },
): Promise<Sealed<AnalystAnswer>> {
  const { rows, isCut } = await graph.readWithin(query, parameters, limits);
  const shown = columns.map(
    ({ name: column, type, isPlain }) => [column, viewOf(type, column, isPlain, key)] as const,
  );
  return new Sealed({ kind: 'analystAnswer', id: name }, {}, () => ({
    rows,
    isCut,
    isPseudonymous: false,
    pseudonymous: {
      rows: rows.map((row) => Object.fromEntries(shown.map(([column, view]) => [column, view(row[column])]))),
      isPseudonymous: true,
    },
  }));
}

// Only what the header names is shown, and only what it says that it is: a text that is neither an id nor plain stays
// away, and so does whatever has another type than the header's.
function viewOf(
  type: string,
  column: string,
  isPlain: boolean,
  key: PseudonymKey,
): (value: unknown) => unknown {
  if (type === 'LIST<STRING>' && column.endsWith('Ids')) {
    return (value) =>
      Array.isArray(value) ? value.map((id) => (typeof id === 'string' ? key.pseudonym(id) : null)) : null;
  }
  if (type === 'STRING' && column.endsWith('Id'))
    return (value) => (typeof value === 'string' ? key.pseudonym(value) : null);
  const isShown = SHOWN[type];
  if (type === 'STRING' && !isPlain) return () => null;
  return (value) => (isShown?.(value) ? value : null);
}

const SHOWN: Readonly<Record<string, (value: unknown) => boolean>> = {
  STRING: (value) => typeof value === 'string',
  INTEGER: (value) => typeof value === 'number',
  FLOAT: (value) => typeof value === 'number',
  BOOLEAN: (value) => typeof value === 'boolean',
  DATETIME: (value) => value instanceof Date,
};
