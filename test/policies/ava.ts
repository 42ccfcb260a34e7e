import type { Subject } from '../../policies/access.js';

/** An athlete who is logged in, and may whatever an athlete may. */
export const ava: Subject = {
  kind: 'athlete',
  athleteId: 'ava',
  standing: 'active',
  scopes: ['*'],
  roles: [],
  requestId: 'r-1',
};
