import type { Link, StoredDecision } from './decision-chain.js';
import type { Head } from './decisions.js';
import { type Series, sql } from './pool.js';

/** A decision with the chain that was stored for it; `isPlain` is false when an array was tampered with. */
export type ChainedDecision = StoredDecision & { readonly chain: string; readonly isPlain: boolean };

/** A checkpoint as it is kept; `body` is what was signed, the signature is base64. */
export interface KeptCheckpoint {
  readonly number: number;
  readonly body: string;
  readonly signature: string;
  readonly isPublished: boolean;
}

/** A checkpoint about to be kept. */
export interface NewCheckpoint {
  readonly number: number;
  readonly madeAt: Date;
  readonly body: string;
  readonly signature: string;
  readonly cutBefore: Date | null;
}

const chain = sql<{ writer: string; after: string; limit: number }, ChainedDecision>('decisions/chain.sql');
const writers = sql<object, { writer: string }>('audit/writers.sql');
const heads = sql<{ since: Date }, Head>('audit/heads.sql');
const cut = sql<{ before: Date }, Link & { writer: string }>('audit/cut.sql');
const lastCheckpoints = sql<{ limit: number }, KeptCheckpoint>('audit/last-checkpoints.sql');
const checkpoints = sql<{ after: number; limit: number }, KeptCheckpoint>('audit/checkpoints.sql');
const cuts = sql<object, KeptCheckpoint>('audit/cuts.sql');
const prunable = sql<{ before: number; limit: number }, { number: number }>('audit/prunable-checkpoints.sql');
const deleteCheckpoints = sql<{ numbers: readonly number[] }, object>('audit/delete-checkpoints.sql');
const addCheckpoint = sql<NewCheckpoint, { number: number }>('audit/add-checkpoint.sql');
const publishCheckpoint = sql<{ number: number }, object>('audit/publish-checkpoint.sql');

/** Decisions of a writer behind a number, in pages; a page may cut those with one number in two. */
export async function decisionsAfter(
  series: Series,
  writer: string,
  after: bigint,
): Promise<readonly ChainedDecision[]> {
  return series.query(chain, { writer, after: String(after), limit: ROWS_PER_PAGE });
}

export async function writersOf(series: Series): Promise<readonly string[]> {
  return (await series.query(writers, {})).map(({ writer }) => writer);
}

/** Where the chains of writers end that were lengthened since an instant. */
export async function headsSince(series: Series, since: Date): Promise<readonly Head[]> {
  return series.query(heads, { since });
}

/** The last decision of each writer before an instant. */
export async function lastBefore(
  series: Series,
  before: Date,
): Promise<readonly (Link & { readonly writer: string })[]> {
  return series.query(cut, { before });
}

/** The newest checkpoints, the newest first. */
export async function newestCheckpoints(series: Series, limit: number): Promise<readonly KeptCheckpoint[]> {
  return series.query(lastCheckpoints, { limit });
}

/** The checkpoints that let old decisions go, in their order. */
export async function cutsOf(series: Series): Promise<readonly KeptCheckpoint[]> {
  return series.query(cuts, {});
}

/** All checkpoints, in their order. */
export async function* checkpointsOf(series: Series): AsyncGenerator<KeptCheckpoint> {
  for (let after = -1; ; ) {
    const page = await series.query(checkpoints, { after, limit: ROWS_PER_PAGE });
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    after = last.number;
  }
}

/** Some checkpoints before a number that let nothing go, the earliest first. */
export async function checkpointsBefore(
  series: Series,
  before: number,
  limit: number,
): Promise<readonly number[]> {
  return (await series.query(prunable, { before, limit })).map(({ number }) => number);
}

/** Forgets checkpoints that let nothing go. */
export async function forgetCheckpoints(series: Series, numbers: readonly number[]): Promise<void> {
  await series.query(deleteCheckpoints, { numbers });
}

/** Keeps a checkpoint; false when there is one of its number. */
export async function keepCheckpoint(series: Series, checkpoint: NewCheckpoint): Promise<boolean> {
  return (await series.query(addCheckpoint, checkpoint)).length > 0;
}

/** Notes that the object store has a checkpoint. */
export async function noteAsPublished(series: Series, number: number): Promise<void> {
  await series.query(publishCheckpoint, { number });
}

const ROWS_PER_PAGE = 2_000; // about 2 MB
