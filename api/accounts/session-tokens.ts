import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { NewSession } from '../../graph/sessions.js';
import { ACCESS_SECONDS, REFRESH_SECONDS, type Tokens } from '../http/tokens.js';
import type { SessionTokens } from './shapes.js';

// Our own clients may do whatever their athlete may; tokens of other apps will carry less.
const ALL_SCOPES = ['*'];

/** A session that begins now and lives for as long as its refresh token. */
export function newSession(now: Date): NewSession {
  return { sessionId: uuidv7(), now, expiresAt: sessionEnd(now) };
}

/** Until when a session lives that was begun or refreshed at an instant. */
export function sessionEnd(now: Date): Date {
  return new Date(now.getTime() + REFRESH_SECONDS * 1000);
}

/** The tokens of one generation of a session, as its client gets them. */
export function sessionTokens(
  tokens: Tokens,
  session: { readonly athleteId: string; readonly sessionId: string; readonly generation: number },
): z.output<typeof SessionTokens> {
  const { athleteId, sessionId, generation } = session;
  return {
    athleteId,
    sessionId,
    accessToken: tokens.issueAccess({ athleteId, sessionId, scopes: ALL_SCOPES }),
    expiresInSeconds: ACCESS_SECONDS,
    refreshToken: tokens.issueRefresh({ sessionId, generation }),
  };
}
