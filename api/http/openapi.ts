import type { z } from 'zod';
import type { Action } from '../../policies/actions.js';
import type { Route } from './endpoint.js';
import { type Json, ProblemResponses, problemsOf } from './openapi-problems.js';
import { ShapeComponents } from './openapi-shapes.js';

/**
 * The OpenAPI 3.1 document of the routes.
 *
 * @param guide what holds for all of them, in Markdown
 * @param isOpen whether the policy lets somebody without a token ask for an action at all
 */
export function openapiDocument(
  routes: readonly Route[],
  guide: string,
  isOpen: (action: Action) => boolean,
): Json {
  const shapes = new ShapeComponents();
  const problems = new ProblemResponses();
  const paths: Record<string, Json> = {};
  for (const route of [...routes].sort(byPath)) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = operationOf(route, shapes, problems, isOpen(route.action));
    paths[route.path] = path;
  }
  return shapes.complete({
    openapi: '3.1.0',
    info: {
      title: 'Paceline',
      version: '1',
      description: `Record, follow, share.\n\n${guide}`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(tagOf))].sort().map((name) => ({ name })),
    paths,
    components: {
      responses: Object.fromEntries(Object.entries(problems.components).sort()),
      parameters: PARAMETERS,
      headers: HEADERS,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: '`accessToken` of `POST /v1/sessions`; lives 15 minutes',
        },
      },
    },
  });
}

function operationOf(
  route: Route,
  shapes: ShapeComponents,
  problems: ProblemResponses,
  isOpen: boolean,
): Json {
  const { summary, description, action } = route;
  const body = requestBodyOf(route, shapes);
  return {
    operationId: `${tagOf(route)}.${route.methodName}`,
    tags: [tagOf(route)],
    summary,
    ...(description === undefined ? {} : { description }),
    'x-action': action,
    security: isOpen ? [{}, { bearer: [] }] : [{ bearer: [] }],
    parameters: parametersOf(route, shapes),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: { ...answersOf(route, shapes), ...problems.responsesOf(problemsOf(route)) },
  };
}

// Routes stand under the noun of their controller: `ActivitiesController` under `activities`.
function tagOf({ controller }: Route): string {
  const name = controller.constructor.name.replace(/Controller$/, '');
  return name.replaceAll(/(?<!^)(?=[A-Z])/g, '-').toLowerCase();
}

function parametersOf(route: Route, shapes: ShapeComponents): Json[] {
  const headers =
    route.method === 'GET'
      ? ['If-None-Match']
      : ['Idempotency-Key', ...(route.method === 'POST' ? [] : ['If-Match'])];
  return [
    ...partsOf(route.params, 'path', shapes),
    ...partsOf(route.query, 'query', shapes),
    ...headers.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
}

function partsOf(shape: z.ZodObject | undefined, where: 'path' | 'query', shapes: ShapeComponents): Json[] {
  if (shape === undefined) return [];
  const { properties = {}, required = [] } = shapes.schemaOf(shape, 'input') as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: where,
    ...(description === undefined ? {} : { description }),
    required: where === 'path' || required.includes(name),
    schema,
  }));
}

function requestBodyOf({ body, consumes }: Route, shapes: ShapeComponents): Json | undefined {
  if (body === undefined) return undefined;
  return {
    required: !body.safeParse(undefined).success,
    content: { [consumes ?? 'application/json']: { schema: shapes.schemaOf(body, 'input') } },
  };
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Made',
  202: 'Accepted; `Location` tells how it goes',
  204: 'Done, nothing to say',
};

function answersOf(route: Route, shapes: ShapeComponents): Json {
  const answers = Object.entries(route.answers).map(([status, shape]) => {
    const content =
      shape === null
        ? {}
        : {
            content:
              route.produces === undefined
                ? { 'application/json': { schema: shapes.schemaOf(shape, 'output') } }
                : { [route.produces]: {} },
          };
    return [
      status,
      { description: DESCRIPTIONS[status] ?? 'Done', headers: headersOf(route, status), ...content },
    ];
  });
  const isCacheable = route.method === 'GET' && '200' in route.answers;
  const unchanged = { description: 'You have it already', headers: headersOf(route, '304') };
  return Object.fromEntries(isCacheable ? [...answers, ['304', unchanged]] : answers);
}

function headersOf(route: Route, status: string): Json {
  const names = [
    ...(status === '204' ? [] : ['ETag']),
    ...(status === '201' || status === '202' ? ['Location'] : []),
    ...(route.method === 'GET' ? [] : ['Idempotency-Replayed']),
  ];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

function byPath(a: Route, b: Route): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return METHODS.indexOf(a.method) - METHODS.indexOf(b.method);
}

const header = (name: string, description: string): Json => ({
  name,
  in: 'header',
  description,
  required: false,
  schema: { type: 'string' },
});

const PARAMETERS: Json = {
  'If-None-Match': header('If-None-Match', 'Entity tags that you have; 304 when one of them is still right'),
  'If-Match': header('If-Match', '`ETag` of what you are changing; 412 when it has changed since'),
  'Idempotency-Key': header(
    'Idempotency-Key',
    '1 to 255 visible ASCII characters, best a new UUID: the same request again within a day gets the answer of the first',
  ),
};

const told = (description: string, type: 'string' | 'integer'): Json => ({ description, schema: { type } });

const HEADERS: Json = {
  'Retry-After': told('Seconds until another try can succeed', 'integer'),
  'WWW-Authenticate': told('`Bearer`, with `error="invalid_token"` when a token was sent', 'string'),
  ETag: told('Names this version; send it as `If-None-Match` or `If-Match`', 'string'),
  Location: told('The path of what was made', 'string'),
  'Idempotency-Replayed': told('`true` when this is the kept answer of the first request', 'string'),
};
