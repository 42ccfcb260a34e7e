import { chainAfter, type Link, type StoredDecision } from './decision-chain.js';
import { type Series, sql } from './pool.js';

/** Where the chain of a writer ends, as the drain that brought it there has signed it. */
export interface Head extends Link {
  readonly writer: string;
  readonly storedAt: Date;
  /** Base64. */
  readonly signature: string;
}

const head = sql<{ writer: string }, Omit<Head, 'writer'>>('audit/head.sql');
const append = sql<Head & { after: number; rows: string }, { sequence: number }>('decisions/append.sql');

/** Where the chain of a writer ends; undefined before its first decision. */
export async function headOf(series: Series, writer: string): Promise<Head | undefined> {
  const [row] = await series.query(head, { writer });
  return row && { writer, ...row };
}

/**
 * Lengthens the chain of a writer, in one statement: all of it or nothing.
 *
 * @param after where it ends now
 * @param decisions of this writer, the next in order
 * @param sign makes the signature of the new end
 * @returns the new end; undefined when the chain did not end there any more
 */
export async function appendDecisions(
  series: Series,
  after: Link,
  decisions: readonly StoredDecision[],
  sign: (end: Omit<Head, 'signature'>) => string,
): Promise<Head | undefined> {
  const writer = decisions[0]?.writer;
  if (writer === undefined) return undefined;
  let { sequence, chain } = after;
  const rows = decisions.map(({ decidedAtMicroseconds, ...decision }) => {
    chain = chainAfter(chain, { decidedAtMicroseconds, ...decision });
    sequence = decision.sequence;
    return { ...decision, decidedAt: new Date(decidedAtMicroseconds / 1_000), chain };
  });
  const end = { writer, sequence, chain, storedAt: new Date() };
  const next: Head = { ...end, signature: sign(end) };
  const done = await series.query(append, { ...next, after: after.sequence, rows: JSON.stringify(rows) });
  return done.length > 0 ? next : undefined;
}
