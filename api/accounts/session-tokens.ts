import type { z } from 'zod';
import type { NewSession } from '../../graph/sessions.js';
import { ACCESS_SECONDS, REFRESH_SECONDS, type Tokens } from '../http/tokens.js';
import type { SessionTokens } from './shapes.js';

// Whatever its athlete may do; a client may ask for less.
const ALL_SCOPES = ['*'];

/** A token was asked to be for more than the one that it comes from. */
class ScopeNotHeld extends Error {
  override name = 'ScopeNotHeld';
  readonly problem = 'scope-not-held';
  readonly fields: { readonly scopes: readonly string[] };
  constructor(held: readonly string[]) {
    super('a token can only narrow');
    this.fields = { scopes: held };
  }
}

/** A session that begins now and lives for as long as its refresh token. */
export function newSession(sessionId: string, now: Date): NewSession {
  return { sessionId, now, expiresAt: sessionEnd(now) };
}

/** Until when a session lives that was begun or refreshed at an instant. */
export function sessionEnd(now: Date): Date {
  return new Date(now.getTime() + REFRESH_SECONDS * 1000);
}

/** The tokens of one generation of a session, as its client gets them. */
export function sessionTokens(
  tokens: Tokens,
  session: {
    readonly athleteId: string;
    readonly sessionId: string;
    readonly generation: number;
    readonly scopes?: readonly string[] | undefined;
  },
): z.output<typeof SessionTokens> {
  const { athleteId, sessionId, generation, scopes = ALL_SCOPES } = session;
  return {
    athleteId,
    sessionId,
    accessToken: tokens.issueAccess({ athleteId, sessionId, scopes }),
    expiresInSeconds: ACCESS_SECONDS,
    refreshToken: tokens.issueRefresh({ sessionId, generation, scopes }),
    scopes: [...scopes],
  };
}

/**
 * What a refreshed session is for: what it was for, or the part of it that was asked for.
 *
 * @throws {ScopeNotHeld}
 */
export function narrowed(held: readonly string[], wished: readonly string[] | undefined): readonly string[] {
  if (wished === undefined) return held;
  const isHeld = (scope: string) => held.includes('*') || held.includes(scope);
  if (!wished.every(isHeld)) throw new ScopeNotHeld(held);
  return wished;
}
