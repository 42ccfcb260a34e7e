import type { Grant, Standing, Target } from '../policies/access.js';
import { Sealed } from '../policies/sealed.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type Whole, type WriteTransaction, whole } from './session.js';

type Decide = (target: Target) => Grant;
type OwnerStanding = 'active' | 'suspended' | 'deleted';

/** How many sessions one athlete has at most; a new one ends the oldest. */
export const SESSIONS_PER_ATHLETE = 100;

interface StandingRow {
  readonly athleteId: string;
  readonly expiresAt: Date;
  readonly suspendedAt: Date | null;
  readonly roles: readonly string[];
}

const standing = cypher<{ sessionId: string; now: Date }, StandingRow>('sessions/standing.cypher');

/** How a session stands and for whom it acts; `athleteId` is missing once the session is gone. */
export interface SessionStanding {
  readonly standing: Standing;
  readonly athleteId?: string;
  readonly roles: readonly string[];
}

/**
 * The standing of a session right now, in one query: it is a fact of every decision, so that log-out, password change,
 * suspension and deletion act on the next request of a token that is still valid.
 */
export async function sessionStanding(graph: Graph, sessionId: string, now: Date): Promise<SessionStanding> {
  const [row] = await graph.query(standing, { sessionId, now });
  if (!row) return { standing: 'ended', roles: [] };
  const { athleteId, roles } = row;
  return { standing: standingOf(row, now), athleteId, roles };
}

function standingOf({ suspendedAt, expiresAt }: StandingRow, now: Date): Standing {
  if (expiresAt <= now) return 'expired';
  return suspendedAt ? 'suspended' : 'active';
}

/** A session as it begins. */
export interface NewSession {
  readonly sessionId: string;
  readonly now: Date;
  readonly expiresAt: Date;
}

const createSession = cypher<NewSession & { athleteId: string; keep: Whole }, { sessionId: string }>(
  'sessions/create-session.cypher',
);

/** Begins a session within a transaction that has made or locked the athlete. */
export async function startSession(
  transaction: WriteTransaction,
  athleteId: string,
  session: NewSession,
): Promise<void> {
  await transaction.run(createSession, { ...session, athleteId, keep: whole(SESSIONS_PER_ATHLETE - 1) });
}

/** Whether a session is there and was never refreshed. */
export async function isUnused(graph: Graph, sessionId: string): Promise<boolean> {
  const [session] = await graph.execute(sessionById, { sessionId });
  return session?.generation === 0;
}

const accountByAthlete = cypher<
  { athleteId: string },
  { passwordHash: string; ownerStanding: OwnerStanding }
>('accounts/account-by-athlete.cypher');

/**
 * Begins a session for somebody who has proved a password; false when it was changed or the account deleted meanwhile.
 */
export async function logIn(
  graph: Graph,
  decide: Decide,
  { athleteId, passwordHash }: { readonly athleteId: string; readonly passwordHash: string },
  session: NewSession,
): Promise<boolean> {
  return graph.write(async (transaction) => {
    await lockAthletes(transaction, athleteId);
    const [account] = await transaction.run(accountByAthlete, { athleteId });
    if (account?.passwordHash !== passwordHash) return false;
    const resource = { kind: 'session', id: session.sessionId, ownerId: athleteId };
    decide({ resource, facts: { ownerStanding: account.ownerStanding } }).assertFor('session.create');
    await startSession(transaction, athleteId, session);
    return true;
  });
}

interface SessionRow {
  readonly athleteId: string;
  readonly generation: number;
  /** The request that began the generation; null for the first. */
  readonly refreshedBy: string | null;
  readonly expiresAt: Date;
  readonly ownerStanding: OwnerStanding;
}

const lock = cypher<{ sessionId: string }, { sessionId: string }>('sessions/lock.cypher');
const sessionById = cypher<{ sessionId: string }, SessionRow>('sessions/session-by-id.cypher');
const beginGeneration = cypher<
  { sessionId: string; refreshedBy: string; now: Date; expiresAt: Date },
  { generation: number }
>('sessions/refresh-session.cypher');
const deleteSession = cypher<{ sessionId: string }, { sessionId: string }>('sessions/delete-session.cypher');

/** What a refresh token claims, and until when the session lives if it is right. */
export interface Refresh {
  readonly sessionId: string;
  readonly generation: number;
  /** Tells the request from any other; a request that is made once more is no reuse. */
  readonly refreshedBy: string;
  readonly now: Date;
  readonly expiresAt: Date;
}

/** What became of a refresh; `reused` has ended the session for whoever holds any token of it. */
export type Refreshed =
  | { readonly outcome: 'refreshed'; readonly athleteId: string; readonly generation: number }
  | { readonly outcome: 'reused' | 'over' };

/**
 * Begins the next generation of a session, for one caller only: whoever comes with an older generation holds a token
 * that was used before, and nobody can tell the thief from the owner, so the session ends for both.
 */
export async function refreshSession(graph: Graph, decide: Decide, refresh: Refresh): Promise<Refreshed> {
  const { sessionId, generation, refreshedBy, now, expiresAt } = refresh;
  return graph.write(async (transaction) => {
    const session = await lockedSession(transaction, sessionId);
    if (!session || session.expiresAt <= now) return { outcome: 'over' };
    decide(sessionTarget(sessionId, session)).assertFor('session.refresh');
    // Done before, but its answer, or that of the database to its commit, was lost.
    if (session.generation === generation + 1 && session.refreshedBy === refreshedBy)
      return { outcome: 'refreshed', athleteId: session.athleteId, generation: session.generation };
    if (session.generation !== generation) {
      await transaction.run(deleteSession, { sessionId });
      return { outcome: 'reused' };
    }
    const [next] = await transaction.run(beginGeneration, { sessionId, refreshedBy, now, expiresAt });
    return next
      ? { outcome: 'refreshed', athleteId: session.athleteId, generation: next.generation }
      : { outcome: 'over' };
  });
}

/** Ends a session; false when there is none. */
export async function endSession(graph: Graph, decide: Decide, sessionId: string): Promise<boolean> {
  return graph.write(async (transaction) => {
    const session = await lockedSession(transaction, sessionId);
    if (!session) return false;
    decide(sessionTarget(sessionId, session)).assertFor('session.end');
    await transaction.run(deleteSession, { sessionId });
    return true;
  });
}

/** A session as its athlete sees it. */
export interface SessionSummary {
  readonly sessionId: string;
  readonly createdAt: Date;
  readonly refreshedAt: Date;
  readonly expiresAt: Date;
}

const sessionsOfAthlete = cypher<{ athleteId: string; now: Date }, SessionSummary>(
  'sessions/sessions-of-athlete.cypher',
);

/** The sessions of an athlete, the newest first. */
export async function sessionsOf(
  graph: Graph,
  athleteId: string,
  now: Date,
): Promise<Sealed<{ readonly sessions: readonly SessionSummary[] }>> {
  const sessions = await graph.query(sessionsOfAthlete, { athleteId, now });
  return new Sealed({ kind: 'account', id: athleteId, ownerId: athleteId }, {}, () => ({ sessions }));
}

async function lockedSession(
  transaction: WriteTransaction,
  sessionId: string,
): Promise<SessionRow | undefined> {
  await transaction.run(lock, { sessionId });
  const [session] = await transaction.run(sessionById, { sessionId });
  return session;
}

function sessionTarget(sessionId: string, { athleteId, ownerStanding }: SessionRow): Target {
  return { resource: { kind: 'session', id: sessionId, ownerId: athleteId }, facts: { ownerStanding } };
}
