import { Denied } from '../../policies/access.js';
import { isProblemSlug, PROBLEM_TYPES, type ProblemSlug } from './problem-types.js';

/** A problem on its way to the wire, without the request that it answers. */
export interface Problem {
  readonly slug: ProblemSlug;
  /** What is particular to this occurrence; never a driver's message. */
  readonly detail?: string;
  /** Further members of the answer. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** There is no such thing, as far as the caller may know. The kind is for our log; the wire tells nothing. */
export class NotFound extends Error {
  override name = 'NotFound';
  readonly problem = 'not-found';
  constructor(readonly kind: string) {
    super(`no such ${kind}`);
  }
}

/** One thing wrong with a request: where it is, and what is wrong. */
export interface Mistake {
  /** Field names and indexes joined by dots; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** The body is JSON, but not of the declared shape. */
export class BadBody extends Error {
  override name = 'BadBody';
  readonly problem = 'bad-body';
  readonly fields: { readonly errors: readonly Mistake[] };
  constructor(errors: readonly Mistake[]) {
    super(listed(errors));
    this.fields = { errors };
  }
}

/** The query has an unknown, repeated or wrong parameter. */
export class BadQuery extends Error {
  override name = 'BadQuery';
  readonly problem = 'bad-query';
  readonly fields: { readonly errors: readonly Mistake[] };
  constructor(errors: readonly Mistake[]) {
    super(listed(errors));
    this.fields = { errors };
  }
}

/** A header is not of the form that it must have. */
export class BadHeader extends Error {
  override name = 'BadHeader';
  readonly problem = 'bad-header';
  readonly fields: { readonly header: string };
  constructor(header: string, form: string) {
    super(`${header} must be ${form}`);
    this.fields = { header };
  }
}

/** The body has a content type that the route does not take. */
export class UnsupportedMediaType extends Error {
  override name = 'UnsupportedMediaType';
  readonly problem = 'unsupported-media-type';
  readonly fields: { readonly supported: string };
  constructor(supported: string) {
    super(`the body must be ${supported}`);
    this.fields = { supported };
  }
}

function listed(errors: readonly Mistake[]): string {
  return errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
}

/**
 * The one translation of whatever was thrown into a problem. What is not a problem of the catalogue becomes
 * `internal` and keeps its message to our log.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof Denied) return { slug: slugOfRefusal(error), fields: {} };
  if (!(error instanceof Error)) return { slug: 'internal', fields: {} };
  const slug = ownSlug(error);
  if (slug === 'not-found') return { slug, fields: {} };
  if (slug) return { slug, detail: error.message, fields: ownFields(error) };
  return { slug: slugOfHttpError(error) ?? (isUnreachable(error) ? 'unavailable' : 'internal'), fields: {} };
}

function slugOfRefusal({ decision }: Denied): ProblemSlug {
  const { subject, target, revealed } = decision;
  // Before any thing was looked up, saying "log in" reveals nothing; afterwards it would reveal that it exists.
  const mayExplain = revealed || target.resource.kind === 'route';
  if (!mayExplain) return 'not-found';
  // Who logs in or refreshes has no standing yet; there the account's own is a fact.
  if (subject.standing === 'suspended' || target.facts.ownerStanding === 'suspended')
    return 'account-suspended';
  return subject.kind === 'anonymous' || subject.standing !== 'active' ? 'unauthenticated' : 'forbidden';
}

function ownSlug(error: Error): ProblemSlug | undefined {
  return 'problem' in error && typeof error.problem === 'string' && isProblemSlug(error.problem)
    ? error.problem
    : undefined;
}

function ownFields(error: Error): Readonly<Record<string, unknown>> {
  return 'fields' in error && typeof error.fields === 'object' ? { ...error.fields } : {};
}

// Errors of express, its body parser and typescript-rest carry only a status, under one of two names.
const SLUGS_BY_STATUS: Readonly<Record<number, ProblemSlug>> = {
  400: 'bad-request',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'unsupported-media-type',
};

function slugOfHttpError(error: Error): ProblemSlug | undefined {
  if ('type' in error && error.type === 'entity.parse.failed') return 'broken-json';
  const status = 'status' in error ? error.status : 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? SLUGS_BY_STATUS[status] : undefined;
}

// The drivers' codes for "nobody answers there"; everything else a driver throws is a mistake of ours.
const UNREACHABLE = new Set([
  'ServiceUnavailable',
  'SessionExpired',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

function isUnreachable(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && UNREACHABLE.has(error.code);
}

/** The answer's body after RFC 9457. @param instance the path of the request, without its query */
export function problemBody({ slug, detail, fields }: Problem, instance: string): object {
  const { title, status, hint } = PROBLEM_TYPES[slug];
  return {
    type: `/problems/${slug}`,
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    instance,
    hint,
    ...fields,
  };
}
