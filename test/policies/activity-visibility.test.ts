import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Subject, Target } from '../../policies/access.js';
import { loadEngine } from '../../policies/engine.js';

// Who may see an activity, written down without a look at the Rego: every visibility × every relation × both reads.

const VISIBILITIES = ['everyone', 'followers', 'clubMates', 'onlyMe'] as const;

interface Viewer {
  readonly subject: Partial<Subject>;
  readonly facts: {
    readonly isFollower: boolean;
    readonly isBlocked: boolean;
    readonly isClubMate?: boolean;
  };
  /** What they see while the owner is there, of `VISIBILITIES` in their order. */
  readonly sees: readonly [boolean, boolean, boolean, boolean];
}

const strange = { isFollower: false, isBlocked: false };
const VIEWERS: Readonly<Record<string, Viewer>> = {
  owner: { subject: { athleteId: 'owner' }, facts: strange, sees: [true, true, true, true] },
  'owner, said to be blocked': {
    subject: { athleteId: 'owner' },
    facts: { isFollower: false, isBlocked: true },
    sees: [true, true, true, true],
  },
  follower: {
    subject: { athleteId: 'viewer' },
    facts: { isFollower: true, isBlocked: false },
    sees: [true, true, false, false],
  },
  // Whether the request waits or the profile is closed makes nobody a follower.
  stranger: { subject: { athleteId: 'viewer' }, facts: strange, sees: [true, false, false, false] },
  'club-mate': {
    subject: { athleteId: 'viewer' },
    facts: { isFollower: false, isBlocked: false, isClubMate: true },
    sees: [true, false, true, false],
  },
  'stranger, blocked either way': {
    subject: { athleteId: 'viewer' },
    facts: { isFollower: false, isBlocked: true },
    sees: [false, false, false, false],
  },
  'follower, blocked either way': {
    subject: { athleteId: 'viewer' },
    facts: { isFollower: true, isBlocked: true },
    sees: [false, false, false, false],
  },
  'not logged in': {
    subject: { kind: 'anonymous', standing: 'none', scopes: [] },
    facts: strange,
    sees: [true, false, false, false],
  },
  'not logged in, said to follow': {
    subject: { kind: 'anonymous', standing: 'none', scopes: [] },
    facts: { isFollower: true, isBlocked: false },
    sees: [true, false, false, false],
  },
  'follower, logged out': {
    subject: { athleteId: 'viewer', standing: 'ended' },
    facts: { isFollower: true, isBlocked: false },
    sees: [false, false, false, false],
  },
  'owner, suspended': {
    subject: { athleteId: 'owner', standing: 'suspended' },
    facts: strange,
    sees: [false, false, false, false],
  },
  'app that may not read activities, of the owner': {
    subject: { athleteId: 'owner', scopes: ['profile:read'] },
    facts: strange,
    sees: [false, false, false, false],
  },
};

const engine = await loadEngine();

for (const action of ['activity.read', 'activity.readStreams'] as const) {
  for (const [name, { subject, facts, sees }] of Object.entries(VIEWERS)) {
    test(`${action} by ${name}`, () => {
      const caller: Subject = {
        kind: 'athlete',
        standing: 'active',
        scopes: ['*'],
        roles: [],
        requestId: 'r-1',
        ...subject,
      };
      for (const hasRequested of [false, true]) {
        for (const ownerStanding of ['active', 'suspended', 'deleted']) {
          const page: Target[] = VISIBILITIES.map((visibility) => ({
            resource: { kind: 'activity', id: visibility, ownerId: 'owner' },
            facts: {
              isClubMate: false,
              ...facts,
              visibility,
              hasRequested,
              ownerStanding,
              ownerHidesFromSignedOut: false,
            },
          }));
          const isVisible = ownerStanding === 'active' || caller.athleteId === 'owner';
          assert.deepEqual(
            engine.decide(action, caller, page).map(({ allowed }) => allowed),
            sees.map((isSeen) => isSeen && isVisible),
            `${ownerStanding}, ${hasRequested ? 'has' : 'has not'} asked to follow`,
          );
        }
      }
    });
  }
}
