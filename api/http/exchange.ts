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
