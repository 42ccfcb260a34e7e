import type { Request, Response } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Grant } from '../../policies/access.js';
import type { App } from '../wiring.js';
import { likenessOfBody, readBody } from './bodies.js';
import { checkedBody, checkedQuery, strict } from './checked.js';
import type { Answer, Call, Route, Serve, Shapes } from './endpoint.js';
import { versionToMatch } from './etags.js';
import { Idempotency, idempotencyKeyOf, type Taken } from './idempotency.js';
import { problemOf } from './problems.js';
import { renderAnswer, renderProblem } from './rendered.js';
import { isRead, send, sendFile } from './send.js';
import { networkOf } from './subject.js';

/**
 * What happens around every method, in this order: parameters, the policy's early "no", query, body, headers,
 * idempotency key, the decision at the door, the method, its answer.
 */
export function serving(app: App): Serve {
  const idempotency = new Idempotency(app.config.MASTER_KEY, app.redis, app.log);
  const shapesOf = strictShapes();

  return async (route, method, { request, response, next }) => {
    const shapes = shapesOf(route);
    const params = shapes.params.safeParse({ ...request.params });
    // Perhaps another route: `/v1/athletes/me` also looks like `/v1/athletes/{athleteId}`. If none fits: 404.
    if (!params.success) return next();
    request.routePath = route.path;

    app.access.admit(request.subject, route.action);
    const query = checkedQuery(shapes.query, request.url);
    const sent = await readBody(request, response, route);
    const body = takesJson(route) || sent !== undefined ? checkedBody(shapes.body, sent) : undefined;
    const headers = isRead(request) ? NO_HEADERS : writeHeaders(request);

    const work = async (idOf: Call['idOf']) => {
      const grant = route.decided === 'atDoor' ? decideAtDoor(app, route, request) : undefined;
      const checked = { params: params.data, query, body };
      const answer = await method(callOf(request, checked, { ...headers, idOf }, grant));
      if (answer.status in route.answers) return answer;
      throw new Error(`${route.method} ${route.path} answered ${answer.status}, which it does not declare`);
    };
    if (headers.idempotencyKey === undefined)
      return sendAnswer(request, response, await work(() => uuidv7()));
    const begun = await idempotency.begin({
      caller: request.subject.athleteId ?? networkOf(request.ip),
      idempotencyKey: headers.idempotencyKey,
      route: `${route.method} ${route.path}`,
      likeness: [request.url, request.headers['if-match'] ?? '', likenessOfBody(request, route)],
    });
    if ('keep' in begun) return sendOnce(request, response, begun, () => work(begun.idOf));
    response.setHeader('Idempotency-Replayed', 'true');
    send(request, response, begun);
  };
}

interface StrictShapes {
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
}

function strictShapes(): (route: Route) => StrictShapes {
  const known = new WeakMap<Route, StrictShapes>();
  return (route) => {
    const found = known.get(route);
    if (found) return found;
    const made = { params: strict(route.params), query: strict(route.query), body: strict(route.body) };
    known.set(route, made);
    return made;
  };
}

// A body that nobody takes is checked too: it must be empty, for its sender expects something of it.
function takesJson(route: Route): boolean {
  return route.body !== undefined && route.consumes === undefined;
}

type WriteHeaders = Pick<Call, 'ifMatchVersion' | 'idempotencyKey'>;

const NO_HEADERS: WriteHeaders = { ifMatchVersion: undefined, idempotencyKey: undefined };

function writeHeaders({ headers, method }: Request): WriteHeaders {
  return {
    // What a POST makes has no version yet.
    ifMatchVersion: method === 'POST' ? undefined : versionToMatch(headers['if-match']),
    idempotencyKey: idempotencyKeyOf(headers['idempotency-key']),
  };
}

function decideAtDoor(app: App, route: Route, { subject }: Request): Grant {
  return app.access.require(subject, route.action, {
    resource: { kind: 'route', id: route.action },
    facts: {},
  });
}

function callOf(
  request: Request,
  checked: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
  given: WriteHeaders & Pick<Call, 'idOf'>,
  grant: Grant | undefined,
): Call<Shapes> {
  return {
    // Just parsed by the shapes from which the types of the call are inferred.
    ...(checked as Pick<Call<Shapes>, 'params' | 'query' | 'body'>),
    ...given,
    subject: request.subject,
    request,
    get grant() {
      if (grant) return grant;
      throw new Error('only a route that is decided at the door has a grant before its method');
    },
  };
}

async function sendAnswer(request: Request, response: Response, answer: Answer): Promise<void> {
  if (answer.kind === 'file') return sendFile(request, response, answer);
  send(request, response, renderAnswer(answer));
}

// The answer is kept before it is sent, so that a client that hears of it can rely on it.
async function sendOnce(
  request: Request,
  response: Response,
  taken: Taken,
  work: () => Promise<Answer>,
): Promise<void> {
  try {
    const answer = await work();
    if (answer.kind === 'file') throw new Error('a file cannot be kept for a repetition');
    const rendered = renderAnswer(answer);
    await taken.keep(rendered);
    send(request, response, rendered);
  } catch (error) {
    const rendered = renderProblem(problemOf(error), request.path);
    await (isFinal(rendered.status, request) ? taken.keep(rendered) : taken.release());
    throw error;
  }
}

// What may turn out differently next time is not an answer to keep; nor is one to a body that never arrived.
function isFinal(status: number, request: Request): boolean {
  return status < 500 && status !== 401 && status !== 429 && request.complete;
}
