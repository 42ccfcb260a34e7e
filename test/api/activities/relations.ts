import { randomUUID } from 'node:crypto';
import type { Client, TestApi, TestAthlete } from '../../support/app.js';
import { joinClub, suspend } from '../../support/graph.js';

/** Somebody for each way in which one can stand to an athlete. */
export interface Relations {
  readonly owner: TestAthlete;
  readonly follower: TestAthlete;
  /** Follows nobody, and is in a club with the owner. */
  readonly clubMate: TestAthlete;
  readonly requested: TestAthlete;
  readonly stranger: TestAthlete;
  /** The owner blocks them. */
  readonly blocked: TestAthlete;
  /** They block the owner; both followed before. */
  readonly blocking: TestAthlete;
  /** Followed, until they were suspended. */
  readonly suspended: TestAthlete;
  readonly anonymous: Client;
}

export const VIEWERS = [
  'owner',
  'follower',
  'clubMate',
  'requested',
  'stranger',
  'blocked',
  'blocking',
  'suspended',
  'anonymous',
] as const satisfies readonly (keyof Relations)[];

/** Makes an athlete with a closed profile, and everybody around them. */
export async function relationsOf(api: TestApi): Promise<Relations> {
  const [owner, follower, clubMate, requested, stranger, blocked, blocking, suspended] = await Promise.all([
    api.newAthlete(),
    api.newAthlete(),
    api.newAthlete(),
    api.newAthlete(),
    api.newAthlete(),
    api.newAthlete(),
    api.newAthlete(),
    api.newAthlete(),
    api.newAthlete(),
    api.newAthlete(),
  ]);
  for (const fan of [follower, blocked, blocking, suspended]) {
    await fan.put(`/v1/athletes/${owner.athleteId}/follow`).expect(200);
  }
  await owner.patch('/v1/athletes/me', { approvesFollowers: true }).expect(200);
  await requested.put(`/v1/athletes/${owner.athleteId}/follow`).expect(200);
  await owner.put(`/v1/athletes/${blocked.athleteId}/block`);
  await blocking.put(`/v1/athletes/${owner.athleteId}/block`);
  await suspend(api.app.graph, suspended.athleteId);
  const club = randomUUID();
  for (const member of [owner, clubMate, blocked, blocking])
    await joinClub(api.app.graph, member.athleteId, club);
  return {
    owner,
    follower,
    clubMate,
    requested,
    stranger,
    blocked,
    blocking,
    suspended,
    anonymous: api.anyone,
  };
}
