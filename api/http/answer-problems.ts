import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Route } from './endpoint.js';
import { PROBLEM_TYPES } from './problem-types.js';
import { NotFound, problemOf } from './problems.js';
import { renderProblem } from './rendered.js';
import { send } from './send.js';

/** A store that does not answer is usually back within this time. */
const RETRY_UNAVAILABLE_SECONDS = 5;

/** The last route: whatever nothing else serves is not there. */
export const nothingHere: RequestHandler = () => {
  throw new NotFound('route');
};

/** Turns whatever was thrown into a problem on the wire; what is our fault is logged with the request's id. */
export function answerProblems(
  log: Logger,
  routesAt: (path: string) => readonly Route[],
): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = problemOf(error);
    const { status } = PROBLEM_TYPES[problem.slug];
    const { requestId } = request;
    request.problem = problem.slug;
    if (status >= 500) log.error({ err: error, requestId, route: request.routePath }, problem.slug);
    // Part of an answer is out already; a cut connection is the only way left to say that it is not whole.
    if (response.headersSent) {
      response.destroy();
      return;
    }
    for (const name of ['ETag', 'Location', 'Content-Disposition', 'Content-Length'])
      response.removeHeader(name);
    if (status === 401) response.setHeader('WWW-Authenticate', challenge(request.headers.authorization));
    if (status === 405) response.setHeader('Allow', allowed(routesAt(request.path)));
    const retryAfterSeconds = retryAfterOf(error, status);
    if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', retryAfterSeconds);
    const fields = problem.slug === 'internal' ? { ...problem.fields, requestId } : problem.fields;
    send(request, response, renderProblem({ ...problem, fields }, request.path));
  };
}

function challenge(authorization: string | undefined): string {
  return authorization === undefined
    ? 'Bearer realm="paceline"'
    : 'Bearer realm="paceline", error="invalid_token"';
}

function allowed(routes: readonly Route[]): string {
  const methods = new Set(routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
  return [...methods].sort().join(', ');
}

function retryAfterOf(error: unknown, status: number): number | undefined {
  if (error instanceof Error && 'retryAfterSeconds' in error && typeof error.retryAfterSeconds === 'number') {
    return error.retryAfterSeconds;
  }
  return status === 503 ? RETRY_UNAVAILABLE_SECONDS : undefined;
}
