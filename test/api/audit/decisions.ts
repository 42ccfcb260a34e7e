import { v4 as uuidv4 } from 'uuid';
import type { Decision } from '../../../policies/access.js';

/** A page of decisions of one request, as `Access` hands them to the journal. */
export function pageOfDecisions(count: number, requestId: string): Decision[] {
  const subject = {
    kind: 'athlete',
    athleteId: uuidv4(),
    sessionId: uuidv4(),
    standing: 'active',
    scopes: ['*'],
    roles: [],
    requestId,
  } as const;
  const decidedAt = new Date();
  return Array.from({ length: count }, () => ({
    decisionId: uuidv4(),
    decidedAt,
    action: 'activity.read',
    subject,
    target: {
      resource: { kind: 'activity', id: uuidv4(), ownerId: uuidv4() },
      facts: { visibility: 'followers', isFollower: true, isBlocked: false, ownerStanding: 'active' },
    },
    allowed: true,
    revealed: true,
    rules: ['activity-read-follower'],
    withheld: [],
    bundle: '1-test',
  }));
}
