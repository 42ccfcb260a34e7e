import { type Series, sql } from './pool.js';

const insert = sql<{ lines: string }, object>('decisions/insert.sql');

/**
 * Stores access decisions; one that is there already stays as it is, so a repeated call adds nothing.
 *
 * @param lines objects of JSON, named like the columns of `decisions`, as the journal writes them
 */
export async function storeDecisions(series: Series, lines: readonly string[]): Promise<void> {
  await series.query(insert, { lines: `[${lines.join()}]` });
}
