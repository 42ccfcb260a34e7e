import type { Grant } from '../policies/access.js';
import type { StoredDecision } from './decision-chain.js';
import { type Series, sql } from './pool.js';

/** A decision as it is read, facts still encrypted. */
export interface ReadDecision extends Omit<StoredDecision, 'decidedAtMicroseconds' | 'facts'> {
  readonly decidedAt: Date;
  readonly facts: Uint8Array | null;
}

/** Which decisions are wanted; null takes all. */
export interface DecisionsWanted {
  readonly subject: string | null;
  readonly resource: string | null;
  readonly action: string | null;
  readonly since: Date;
  /** The last one of the page before. */
  readonly beforeAt: Date;
  readonly beforeId: string;
  readonly limit: number;
}

/** What tells which kind of viewer opened an activity, facts still encrypted. */
export type Viewing = Pick<ReadDecision, 'decisionId' | 'subjectKind' | 'subjectId' | 'ownerId'> &
  Pick<ReadDecision, 'roles' | 'facts' | 'factsKey'>;

/** The time that is looked at; `until` is not in it. */
export interface Interval {
  readonly since: Date;
  readonly until: Date;
}

const byId = sql<{ decisionId: string; decidedAt: Date }, ReadDecision>('decisions/by-id.sql');
const matching = sql<DecisionsWanted, ReadDecision>('decisions/matching.sql');
const viewers = sql<Interval & { activityId: string; ownerId: string; limit: number }, Viewing>(
  'decisions/viewers.sql',
);
const signedOut = sql<Interval & { activityId: string }, { openings: number }>('decisions/signed-out.sql');

/** One decision; undefined when there is none, or not any more. */
export async function decisionById(series: Series, decisionId: string): Promise<ReadDecision | undefined> {
  // A UUIDv7 begins with its time, so it is in one chunk.
  const decidedAt = new Date(Number.parseInt(decisionId.replace('-', '').slice(0, 12), 16));
  const [row] = await series.query(byId, { decisionId, decidedAt });
  return row;
}

/** A page of decisions, the newest first. */
export async function decisionsMatching(
  series: Series,
  wanted: DecisionsWanted,
): Promise<readonly ReadDecision[]> {
  return series.query(matching, wanted);
}

/** Athletes who opened an activity, each by their last time, and how often somebody did who was not logged in. */
export async function viewingsOf(
  series: Series,
  grant: Grant,
  { since, until }: Interval,
): Promise<{ readonly athletes: readonly Viewing[]; readonly signedOut: number }> {
  grant.assertFor('activity.listViewers');
  const { id: activityId, ownerId = '' } = grant.resource;
  const [athletes, [anonymous]] = await Promise.all([
    series.query(viewers, { activityId, ownerId, since, until, limit: VIEWERS_AT_MOST }),
    series.query(signedOut, { activityId, since, until }),
  ]);
  return { athletes, signedOut: anonymous?.openings ?? 0 };
}

/** The facts of each have to be decrypted: 40 ms for as many. */
const VIEWERS_AT_MOST = 2_000;
