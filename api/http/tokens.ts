import { createPrivateKey, createPublicKey, hash, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';

/** Seconds an access token is valid; log-out and suspension do not wait for it, a session's standing is read anew. */
export const ACCESS_SECONDS = 15 * 60;

/** Seconds a refresh token is valid; each refresh begins them anew. */
export const REFRESH_SECONDS = 30 * 24 * 60 * 60;

/** A private P-256 key as a JWK with an id; the id goes into the header of every token that it signs. */
export interface SigningKey {
  readonly kid: string;
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly d: string;
}

/** The public half of a signing key, as the JWKS document shows it. */
export interface PublishedKey extends Omit<SigningKey, 'd'> {
  readonly alg: 'ES256';
  readonly use: 'sig';
}

/** What an access token says. Standing and roles are not in it: they are read from the graph. */
export interface AccessClaims {
  readonly athleteId: string;
  readonly sessionId: string;
  readonly scopes: readonly string[];
}

/** What a refresh token says; `generation` counts the refreshes of its session. */
export interface RefreshClaims {
  readonly sessionId: string;
  readonly generation: number;
  /** What the session was begun or last refreshed for; no later token of it is for more. */
  readonly scopes: readonly string[];
}

/** The token was not made by us, is meant for something else, or is too old. */
export class InvalidToken extends Error {
  override name = 'InvalidToken';
  readonly problem = 'unauthenticated';
  constructor(readonly reason: 'expired' | 'invalid') {
    super(`the token is ${reason}`);
  }
}

const ALGORITHM = 'ES256';
const ISSUER = 'paceline';
/** Tokens whose signature one process remembers, by digest; the oldest make room. */
const MAX_VERIFIED = 20_000;

interface VerifiedToken {
  readonly claims: AccessClaims;
  readonly expiresAtSeconds: number;
}

// Two audiences, so that neither kind of token passes for the other.
const ACCESS = 'paceline:access';
const REFRESH = 'paceline:refresh';

const accessPayload = z.object({ sub: z.uuid(), sid: z.uuid(), scope: z.string(), exp: z.int() });
const refreshPayload = z.object({
  sid: z.uuid(),
  generation: z.int().min(0),
  scope: z.string().default('*'),
});

/**
 * Makes and checks the tokens of sessions: JWTs signed with ES256.
 *
 * The first key signs and all of them verify. To rotate, put a new key first and keep the old ones for as long as a
 * refresh token lives; nobody is logged out.
 */
export class Tokens {
  readonly #signing: { readonly kid: string; readonly key: KeyObject };
  readonly #verifying: ReadonlyMap<string, KeyObject>;
  readonly #published: readonly PublishedKey[];
  // A client sends one token with hundreds of requests; its signature takes longer to check than all else at the door.
  readonly #verified = new Map<string, VerifiedToken>();

  constructor(
    keys: readonly SigningKey[],
    private readonly now: () => Date,
  ) {
    const [first] = keys;
    if (!first) throw new Error('there is no key to sign tokens with');
    const { kid, ...jwk } = first;
    this.#signing = { kid, key: createPrivateKey({ key: jwk, format: 'jwk' }) };
    this.#published = keys.map(({ d: _secret, ...key }) => ({ ...key, alg: ALGORITHM, use: 'sig' }));
    this.#verifying = new Map(
      this.#published.map(({ kid, ...key }) => [kid, createPublicKey({ key, format: 'jwk' })]),
    );
  }

  issueAccess({ athleteId, sessionId, scopes }: AccessClaims): string {
    return this.sign({ sub: athleteId, sid: sessionId, scope: scopes.join(' ') }, ACCESS, ACCESS_SECONDS);
  }

  /** @throws {InvalidToken} */
  verifyAccess(token: string): AccessClaims {
    const digest = hash('sha256', token, 'base64url');
    const known = this.#verified.get(digest);
    if (known && known.expiresAtSeconds > this.nowSeconds()) return known.claims;
    const { sub, sid, scope, exp } = this.verify(token, ACCESS, accessPayload);
    const claims = { athleteId: sub, sessionId: sid, scopes: scope.split(' ').filter(Boolean) };
    this.remember(digest, { claims, expiresAtSeconds: exp });
    return claims;
  }

  issueRefresh({ sessionId, generation, scopes }: RefreshClaims): string {
    return this.sign({ sid: sessionId, generation, scope: scopes.join(' ') }, REFRESH, REFRESH_SECONDS);
  }

  /** @throws {InvalidToken} */
  verifyRefresh(token: string): RefreshClaims {
    const { sid, generation, scope } = this.verify(token, REFRESH, refreshPayload);
    return { sessionId: sid, generation, scopes: scope.split(' ').filter(Boolean) };
  }

  /** The public keys, for whoever verifies our tokens without asking us (RFC 7517). */
  jwks(): { readonly keys: readonly PublishedKey[] } {
    return { keys: this.#published };
  }

  private remember(digest: string, token: VerifiedToken): void {
    if (this.#verified.size >= MAX_VERIFIED) {
      const [oldest] = this.#verified.keys();
      if (oldest !== undefined) this.#verified.delete(oldest);
    }
    this.#verified.set(digest, token);
  }

  private sign(payload: object, audience: string, seconds: number): string {
    const { kid, key } = this.#signing;
    const issuedAt = this.nowSeconds();
    return jwt.sign({ ...payload, iat: issuedAt, exp: issuedAt + seconds }, key, {
      algorithm: ALGORITHM,
      keyid: kid,
      issuer: ISSUER,
      audience,
    });
  }

  private verify<Payload>(token: string, audience: string, payload: z.ZodType<Payload>): Payload {
    const key = this.#verifying.get(keyIdOf(token) ?? '');
    if (!key) throw new InvalidToken('invalid');
    try {
      const claims = jwt.verify(token, key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience,
        clockTimestamp: this.nowSeconds(),
      });
      return payload.parse(claims);
    } catch (failure) {
      throw new InvalidToken(failure instanceof jwt.TokenExpiredError ? 'expired' : 'invalid');
    }
  }

  private nowSeconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }
}

// Reads the header before anything is verified, which is safe: it only chooses among our own keys.
function keyIdOf(token: string): string | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header.kid;
  } catch {
    return undefined;
  }
}
