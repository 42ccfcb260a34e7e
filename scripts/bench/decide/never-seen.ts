import type { Subject } from '../../../policies/access.js';

let count = 0;

/** The same caller with a scope that no other question had and no rule knows: what they ask is evaluated anew. */
export function neverSeen(subject: Subject): Subject {
  count += 1;
  return { ...subject, scopes: [...subject.scopes, `bench:${count}`] };
}
