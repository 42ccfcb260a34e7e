import type { Standing } from '../policies/access.js';
import { cypher, type Graph } from './session.js';

interface StandingRow {
  readonly athleteId: string;
  readonly expiresAt: Date;
  readonly suspendedAt: Date | null;
  readonly roles: readonly string[];
}

const standing = cypher<{ sessionId: string }, StandingRow>('sessions/standing.cypher');

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
export async function sessionStanding(
  graph: Graph,
  sessionId: string,
  now: Date = new Date(),
): Promise<SessionStanding> {
  const [row] = await graph.query(standing, { sessionId });
  if (!row) return { standing: 'ended', roles: [] };
  const { athleteId, roles } = row;
  return { standing: standingOf(row, now), athleteId, roles };
}

function standingOf({ suspendedAt, expiresAt }: StandingRow, now: Date): Standing {
  if (expiresAt <= now) return 'expired';
  return suspendedAt ? 'suspended' : 'active';
}
