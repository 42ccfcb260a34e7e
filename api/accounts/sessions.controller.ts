import { randomUUID } from 'node:crypto';
import { credentialsByEmail } from '../../graph/accounts.js';
import { endSession, logIn, refreshSession, sessionsOf } from '../../graph/sessions.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, created, Endpoint, noContent, ok } from '../http/endpoint.js';
import { NotFound } from '../http/problems.js';
import { hashOfToken } from '../http/token-hash.js';
import { InvalidToken, type RefreshClaims, Tokens } from '../http/tokens.js';
import type { App } from '../wiring.js';
import { provePassword } from './prove-password.js';
import { narrowed, newSession, sessionEnd, sessionTokens } from './session-tokens.js';
import { LogIn, RefreshRequest, SessionKey, Sessions, SessionTokens } from './shapes.js';

/** The address has no account, or the password is not the one of it; which of the two is not told. */
class WrongCredentials extends Error {
  override name = 'WrongCredentials';
  readonly problem = 'wrong-credentials';
  constructor() {
    super('the address and the password do not belong together');
  }
}

/** The refresh token opens nothing any more: its session has ended or expired, or it never was one of ours. */
class SessionOver extends Error {
  override name = 'SessionOver';
  readonly problem = 'session-over';
  constructor() {
    super('this refresh token opens no session');
  }
}

/** The refresh token was used before. */
class RefreshReused extends Error {
  override name = 'RefreshReused';
  readonly problem = 'refresh-reused';
  constructor() {
    super('this refresh token was used before, so its session has been ended');
  }
}

export class SessionsController {
  readonly #tokens: Tokens;

  constructor(private readonly app: App) {
    this.#tokens = new Tokens(app.config.TOKEN_KEYS, app.now);
  }

  @Endpoint('POST /v1/sessions', {
    action: 'session.create',
    decided: 'inside',
    summary: 'Log in',
    body: LogIn,
    answers: { 201: SessionTokens },
    problems: ['wrong-credentials', 'too-many-failures', 'account-suspended'],
  })
  async logIn({ subject, body, request, idOf }: Call<{ body: typeof LogIn }>): Promise<Answer> {
    const { app } = this;
    const emailHash = app.emailKey.hash(body.email);
    const credentials = await provePassword(app, subject, {
      sealed: await credentialsByEmail(app.graph, emailHash),
      password: body.password,
      attempt: { account: emailHash, address: request.ip },
    });
    if (!credentials) throw new WrongCredentials();
    const session = newSession(idOf('session'), app.now());
    const isBegun = await logIn(
      app.graph,
      (target) => app.access.require(subject, 'session.create', target),
      credentials,
      session,
    );
    if (!isBegun) throw new WrongCredentials();
    const { athleteId } = credentials;
    const { sessionId } = session;
    return created(
      sessionTokens(this.#tokens, { athleteId, sessionId, generation: 0, scopes: body.scopes }),
      `/v1/sessions/${sessionId}`,
    );
  }

  @Endpoint('POST /v1/sessions/refresh', {
    action: 'session.refresh',
    decided: 'inside',
    summary: 'Get new tokens for a session',
    description:
      'A refresh token works once and its answer holds the next one. Whoever sends one that was used before ends the session, for the owner as for a thief.',
    body: RefreshRequest,
    answers: { 200: SessionTokens },
    problems: ['session-over', 'refresh-reused', 'account-suspended', 'scope-not-held'],
  })
  async refresh({ subject, body, idempotencyKey }: Call<{ body: typeof RefreshRequest }>): Promise<Answer> {
    const { app } = this;
    const { sessionId, generation, scopes: held } = this.#claims(body.refreshToken);
    // Before the token is used up, so that a mistake costs nothing.
    const scopes = narrowed(held, body.scopes);
    const now = app.now();
    // A thief who has the token does not have the key as well.
    const refreshedBy = idempotencyKey ? hashOfToken(`${idempotencyKey} ${body.refreshToken}`) : randomUUID();
    const refreshed = await refreshSession(
      app.graph,
      (target) => app.access.require(subject, 'session.refresh', target),
      { sessionId, generation, refreshedBy, now, expiresAt: sessionEnd(now) },
    );
    if (refreshed.outcome !== 'refreshed') {
      throw refreshed.outcome === 'reused' ? new RefreshReused() : new SessionOver();
    }
    return ok(sessionTokens(this.#tokens, { ...refreshed, sessionId, scopes }));
  }

  @Endpoint('DELETE /v1/sessions/current', {
    action: 'session.end',
    decided: 'inside',
    summary: 'Log out',
    description: 'Every token of the session stops working with the next request.',
    answers: { 204: null },
  })
  async logOut({ subject }: Call): Promise<Answer> {
    await this.#end(subject, subject.sessionId);
    return noContent();
  }

  @Endpoint('GET /v1/sessions', {
    action: 'account.read',
    decided: 'inside',
    summary: 'List your sessions',
    answers: { 200: Sessions },
  })
  async list({ subject }: Call): Promise<Answer> {
    const { access, graph, now } = this.app;
    const sealed = await sessionsOf(graph, callerId(subject), now());
    const { sessions } = access.open(subject, 'account.read', sealed);
    return ok({
      items: sessions.map((session) => ({ ...session, isCurrent: session.sessionId === subject.sessionId })),
    });
  }

  @Endpoint('DELETE /v1/sessions/{sessionId}', {
    action: 'session.end',
    decided: 'inside',
    summary: 'End one of your sessions',
    params: SessionKey,
    answers: { 204: null },
  })
  async end({ subject, params }: Call<{ params: typeof SessionKey }>): Promise<Answer> {
    await this.#end(subject, params.sessionId);
    return noContent();
  }

  async #end(subject: Call['subject'], sessionId = ''): Promise<void> {
    const { access, graph } = this.app;
    const isEnded = await endSession(
      graph,
      (target) => access.require(subject, 'session.end', target),
      sessionId,
    );
    if (!isEnded) throw new NotFound('session');
  }

  #claims(refreshToken: string): RefreshClaims {
    try {
      return this.#tokens.verifyRefresh(refreshToken);
    } catch (error) {
      if (error instanceof InvalidToken) throw new SessionOver();
      throw error;
    }
  }
}
