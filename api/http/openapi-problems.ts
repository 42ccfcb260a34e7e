import type { Route } from './endpoint.js';
import { PROBLEM_TYPES, type ProblemSlug } from './problem-types.js';

/** A JSON Schema or another part of the OpenAPI document. */
export type Json = { [name: string]: unknown };

/** The component that every problem follows. */
export const PROBLEM_SCHEMA: Json = {
  description: 'What went wrong, after RFC 9457. What to do is its `hint`.',
  type: 'object',
  properties: {
    type: { type: 'string', description: 'Never changes once shipped' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What is particular to this occurrence' },
    instance: { type: 'string', description: 'The path of the request' },
    hint: { type: 'string', description: 'What to do about it' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, message: { type: 'string' } },
        required: ['path', 'message'],
        additionalProperties: false,
      },
    },
    requestId: { type: 'string' },
  },
  required: ['type', 'title', 'status', 'instance', 'hint'],
  examples: [
    {
      type: '/problems/stale-version',
      ...PROBLEM_TYPES['stale-version'],
      instance: '/v1/activities/0190b8a4-0000-7000-8000-000000000001',
    },
  ],
  additionalProperties: true,
};

/** The problems that a route can answer: its own and those of its kind. */
export function problemsOf(route: Route): readonly ProblemSlug[] {
  const isWrite = route.method !== 'GET';
  const isProbe = route.path.startsWith('/health/');
  const slugs: (readonly [ProblemSlug, boolean])[] = [
    ['bad-request', true],
    ['bad-query', true],
    ['bad-cursor', route.query?.shape.cursor !== undefined],
    ['bad-header', isWrite],
    ['broken-json', isWrite && route.consumes === undefined],
    ['unauthenticated', !isProbe],
    ['forbidden', !isProbe],
    ['account-suspended', !isProbe],
    ['not-found', route.params !== undefined || route.decided === 'inside'],
    ['idempotency-in-flight', isWrite],
    ['stale-version', isWrite && route.method !== 'POST'],
    ['too-large', isWrite],
    ['unsupported-media-type', isWrite],
    ['bad-body', isWrite],
    ['idempotency-mismatch', isWrite],
    ['rate-limited', !isProbe],
    ['internal', true],
    ['unavailable', !isProbe],
    ['audit-unavailable', !isProbe],
    ['idempotency-unavailable', isWrite],
  ];
  const own = route.problems ?? [];
  return [...new Set([...slugs.flatMap(([slug, applies]) => (applies ? [slug] : [])), ...own])];
}

/** Responses for problems, one component for each combination that occurs. */
export class ProblemResponses {
  readonly components: Json = {};

  /** Status to reference. */
  responsesOf(slugs: readonly ProblemSlug[]): Json {
    const byStatus = new Map<number, ProblemSlug[]>();
    for (const slug of [...slugs].sort()) {
      const { status } = PROBLEM_TYPES[slug];
      byStatus.set(status, [...(byStatus.get(status) ?? []), slug]);
    }
    return Object.fromEntries([...byStatus].map(([status, group]) => [status, this.#reference(group)]));
  }

  #reference(slugs: readonly ProblemSlug[]): Json {
    const name = `Problem${slugs.map(pascal).join('Or')}`;
    this.components[name] ??= {
      description: slugs
        .map((slug) => `\`${slug}\`: ${PROBLEM_TYPES[slug].title}. ${PROBLEM_TYPES[slug].hint}`)
        .join('\n\n'),
      ...headersOf(slugs),
      content: {
        'application/problem+json': {
          schema: {
            allOf: [
              { $ref: '#/components/schemas/Problem' },
              { properties: { type: { enum: slugs.map((slug) => `/problems/${slug}`) } } },
            ],
          },
        },
      },
    };
    return { $ref: `#/components/responses/${name}` };
  }
}

function headersOf(slugs: readonly ProblemSlug[]): Json {
  const statuses: readonly number[] = slugs.map((slug) => PROBLEM_TYPES[slug].status);
  const names = [
    ...(statuses.some((status) => [409, 429, 503].includes(status)) ? ['Retry-After'] : []),
    ...(statuses.includes(401) ? ['WWW-Authenticate'] : []),
  ];
  if (names.length === 0) return {};
  return {
    headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
  };
}

function pascal(slug: string): string {
  return slug
    .split('-')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('');
}
