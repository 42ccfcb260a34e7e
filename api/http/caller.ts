import type { Subject } from '../../policies/access.js';

/** The route is about the caller, and nobody is logged in. */
export class NobodyCalls extends Error {
  override name = 'NobodyCalls';
  readonly problem = 'unauthenticated';
  constructor() {
    super('this is about the athlete who is logged in');
  }
}

/**
 * The athlete who calls.
 *
 * @throws {NobodyCalls} the route's action is open to everybody, but the route itself is about the caller
 */
export function callerId({ athleteId }: Subject): string {
  if (athleteId === undefined) throw new NobodyCalls();
  return athleteId;
}
