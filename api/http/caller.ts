import type { Subject } from '../../policies/access.js';

/**
 * The athlete who calls. For routes whose action the policy keeps for athletes: whoever is none never gets here.
 */
export function callerId({ athleteId }: Subject): string {
  if (athleteId === undefined) throw new Error('a route for athletes was reached by somebody else');
  return athleteId;
}
