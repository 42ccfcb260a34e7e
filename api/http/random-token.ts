import { createHash, randomBytes } from 'node:crypto';

/** A token nobody can guess: 256 random bits in 43 signs that a URL takes as they are. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. It is random throughout, so a plain hash gives nothing away. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
