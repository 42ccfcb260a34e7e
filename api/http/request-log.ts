import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Subject } from '../../policies/access.js';

// What the middlewares find out about a request, for those after them.
declare global {
  namespace Express {
    interface Request {
      /** Names the request in answers, logs and decisions. */
      requestId: string;
      /** Who asks; set before any route is reached. */
      subject: Subject;
      /** The declared path of the route that serves the request, `/v1/activities/{activityId}`; for the log. */
      routePath?: string;
      /** The problem that the answer is, if it is one; for the log. */
      problem?: string;
    }
  }
}

// Short enough for a log line and free of anything that a log viewer could mistake for markup.
const SANE_REQUEST_ID = /^[\w.-]{8,64}$/;

/** Names each request: as the caller names it in `X-Request-Id` when that is sane, else anew; always echoed. */
export const nameRequests: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id');
  request.requestId = given !== undefined && SANE_REQUEST_ID.test(given) ? given : uuidv7();
  response.setHeader('X-Request-Id', request.requestId);
  next();
};

/** Logs one line for each answer: never headers, bodies or queries, and of the path only what is declared. */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    // A path that no route declares is named as it came: whoever looks for a mistake needs it.
    const unmatchedPath = request.path;
    response.once('close', () => {
      const { requestId, method, routePath, subject, problem } = request;
      const line = {
        requestId,
        method,
        ...(routePath === undefined ? { unmatchedPath: unmatchedPath.slice(0, 200) } : { route: routePath }),
        status: response.statusCode,
        milliseconds: Math.round((performance.now() - startedAt) * 100) / 100,
        ...(subject?.athleteId === undefined ? {} : { athleteId: subject.athleteId }),
        ...(problem === undefined ? {} : { problem }),
        ...(response.writableFinished ? {} : { isAborted: true }),
      };
      // Probes come every second; they are heard only by who listens closely.
      if (routePath?.startsWith('/health/')) log.debug(line, 'answered');
      else log.info(line, 'answered');
    });
    next();
  };
}
