import { createHash } from 'node:crypto';

/** What is kept of a token. It is random throughout, so a plain hash gives nothing away. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
