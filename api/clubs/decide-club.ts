import type { DecideClub } from '../../graph/clubs.js';
import type { Access, Subject } from '../../policies/access.js';

/** Asks the policy for a caller, inside the transaction that a change in a club runs in. */
export function deciderFor(access: Access, subject: Subject): DecideClub {
  return (action, target) => access.require(subject, action, target);
}
