import type { Subject } from './access.js';

/**
 * A part of Paceline that acts by itself: `worker`, `relay`, `schedule`. The policy names what each may do.
 *
 * @param requestId of the request or job on whose behalf it acts
 */
export function systemSubject(name: string, requestId: string): Subject {
  return { kind: 'system', name, standing: 'active', scopes: ['*'], roles: [], requestId };
}

/** Somebody who shows no token. */
export function anonymousSubject(requestId: string): Subject {
  return { kind: 'anonymous', standing: 'none', scopes: ['*'], roles: [], requestId };
}
