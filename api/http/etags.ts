import { hash } from 'node:crypto';
import { BadHeader } from './problems.js';

/** Characters of the digest in a tag: 96 bits, far beyond any accidental clash. */
const DIGEST_CHARACTERS = 16;

/**
 * The strong entity tag of a body: `"<version>.<digest>"`, or `"<digest>"` for what has no version. The digest
 * makes tags differ where two callers see different fields of one version.
 */
export function etagOf(body: string | Uint8Array, version: number | undefined): string {
  const digest = hash('sha256', body, 'base64url').slice(0, DIGEST_CHARACTERS);
  return version === undefined ? `"${digest}"` : `"${version}.${digest}"`;
}

/** Whether `If-None-Match` names the tag (weakly, as RFC 9110 asks for it), so that 304 says it all. */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/** The caller edits something other than what is there now. */
export class StaleTag extends Error {
  override name = 'StaleTag';
  readonly problem = 'stale-version';
  constructor() {
    super('the entity tag in If-Match names no version of this');
  }
}

/**
 * The version that `If-Match` asks for; undefined when there is no such header or when it is `*`.
 *
 * @throws {BadHeader} it is not one strong entity tag
 * @throws {StaleTag} the tag has no version, so it cannot be the current one
 */
export function versionToMatch(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const tag = /^"([^"]*)"$/.exec(ifMatch.trim());
  if (!tag) throw new BadHeader('If-Match', 'one entity tag in double quotes, as `ETag` showed it, or *');
  const version = /^(\d{1,15})\.[\w-]+$/.exec(tag[1] ?? '');
  if (!version) throw new StaleTag();
  return Number(version[1]);
}
