import { isIPv6 } from 'node:net';
import type { Request, RequestHandler, Response } from 'express';
import { type SessionStanding, sessionStanding } from '../../graph/sessions.js';
import type { Subject } from '../../policies/access.js';
import { anonymousSubject } from '../../policies/subject.js';
import type { App } from '../wiring.js';
import { type Allowance, type Bucket, RateLimited, RateLimits } from './rate-limits.js';
import { type AccessClaims, InvalidToken, Tokens } from './tokens.js';

/**
 * Finds out who asks and whether they ask too often, before any route is reached. The session's standing and
 * the limit are asked for at the same time: one round trip to each store, the slower of the two counts.
 */
export function identify(app: App, isUpload: (request: Request) => boolean): RequestHandler {
  const tokens = new Tokens(app.config.TOKEN_KEYS, app.now);
  const limits = new RateLimits(app.config, app.redis, app.log, app.now);

  return async (request, response, next) => {
    // A probe asks whether this process lives; it must not depend on a store that does not answer.
    if (request.path.startsWith('/health/')) {
      request.subject = anonymousSubject(request.requestId);
      return next();
    }
    const claims = claimsOf(request, tokens);
    const isKnown = claims !== undefined && !(claims instanceof InvalidToken);
    const taken = isKnown
      ? limits.take(bucketOf(request, isUpload), claims.athleteId)
      : limits.take('anonymous', networkOf(request.ip));
    const [allowance, standing] = await Promise.all([
      taken,
      isKnown ? sessionStanding(app.graph, claims.sessionId, app.now()) : undefined,
    ]);
    tellAllowance(response, allowance);
    // Never taken for nobody: a client that shows a bad token believes that it is logged in.
    if (claims instanceof InvalidToken) throw claims;
    request.subject =
      claims && standing
        ? subjectOf(claims, standing, request.requestId)
        : anonymousSubject(request.requestId);
    next();
  };
}

// Kept as a value, so that bad tokens count against the limit of their address as well.
function claimsOf(request: Request, tokens: Tokens): AccessClaims | InvalidToken | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return undefined;
  const token = /^bearer ([\w.~+/=-]+)$/i.exec(authorization)?.[1];
  if (!token) return new InvalidToken('invalid');
  try {
    return tokens.verifyAccess(token);
  } catch (error) {
    if (error instanceof InvalidToken) return error;
    throw error;
  }
}

/**
 * Whom an access token speaks for right now: for a command that somebody runs in their own name.
 *
 * @throws {InvalidToken}
 */
export async function subjectOfToken(app: App, token: string, requestId: string): Promise<Subject> {
  const { config, graph, now } = app;
  const claims = new Tokens(config.TOKEN_KEYS, now).verifyAccess(token);
  return subjectOf(claims, await sessionStanding(graph, claims.sessionId, now()), requestId);
}

function subjectOf(claims: AccessClaims, session: SessionStanding, requestId: string): Subject {
  const { athleteId, sessionId, scopes } = claims;
  // A session that the graph knows for somebody else is no session of this athlete.
  const isTheirs = session.athleteId === athleteId;
  const standing = isTheirs ? session.standing : 'ended';
  return {
    kind: 'athlete',
    athleteId,
    sessionId,
    standing,
    scopes,
    roles: isTheirs ? session.roles : [],
    requestId,
  };
}

function bucketOf(request: Request, isUpload: (request: Request) => boolean): Bucket {
  if (request.method === 'GET' || request.method === 'HEAD') return 'reads';
  return isUpload(request) ? 'uploads' : 'writes';
}

function tellAllowance(response: Response, allowance: Allowance): void {
  const { limit, remaining, waitMilliseconds, isAllowed } = allowance;
  const waitSeconds = Math.max(1, Math.ceil(waitMilliseconds / 1000));
  response.setHeader('RateLimit-Limit', limit);
  response.setHeader('RateLimit-Remaining', remaining);
  response.setHeader('RateLimit-Reset', waitSeconds);
  if (!isAllowed) throw new RateLimited(waitSeconds);
}

/** The address that a caller without a token is counted by: of IPv6 the first 64 bits, which one home shares. */
export function networkOf(address = ''): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? [] : Array(8 - groups.length - after.length).fill('0');
  return [...groups, ...zeros, ...after].slice(0, 4).join(':');
}
