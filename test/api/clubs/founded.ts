import assert from 'node:assert/strict';
import type { TestAthlete } from '../../support/app.js';

/** Makes a club of a new name; answers its id. */
export async function found(
  owner: TestAthlete,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const club = { name: 'Wheelers', visibility: 'public', ...fields };
  const { body } = await owner.post('/v1/clubs', club).expect(201);
  return body.clubId;
}

export const join = (who: TestAthlete, clubId: string) => who.put(`/v1/clubs/${clubId}/membership`);
export const leave = (who: TestAthlete, clubId: string) => who.delete(`/v1/clubs/${clubId}/membership`);
export const giveRole = (who: TestAthlete, clubId: string, whom: TestAthlete, role: string) =>
  who.put(`/v1/clubs/${clubId}/members/${whom.athleteId}`, { role });

/** Lets athletes into a club, whatever its door, and gives them their roles. */
export async function admit(
  owner: TestAthlete,
  clubId: string,
  members: Readonly<Record<'admin' | 'moderator' | 'member', readonly TestAthlete[]>>,
): Promise<void> {
  for (const [role, athletes] of Object.entries(members)) {
    for (const athlete of athletes) {
      const { body } = await join(athlete, clubId).expect(200);
      if (body.state === 'pending')
        await owner.put(`/v1/clubs/${clubId}/requests/${athlete.athleteId}`).expect(204);
      if (role !== 'member') await giveRole(owner, clubId, athlete, role).expect(204);
    }
  }
}

/** Puts a club below another whose owners are these. */
export async function putBelow(
  [clubId, owner]: readonly [string, TestAthlete],
  [parentId, parentOwner]: readonly [string, TestAthlete],
): Promise<void> {
  const { body } = await owner.put(`/v1/clubs/${clubId}/parent`, { clubId: parentId }).expect(200);
  if (body.state === 'requested') await parentOwner.put(`/v1/clubs/${parentId}/clubs/${clubId}`).expect(204);
}

/** What somebody counts as in a club; `nothing there` when they cannot see it. */
export async function roleIn(who: TestAthlete, clubId: string): Promise<string> {
  const { status, body } = await who.get(`/v1/clubs/${clubId}`);
  if (status === 404) return 'nothing there';
  assert.equal(status, 200);
  return body.role;
}

/** The names, or whatever `of` takes, of the items of an answer. */
export async function itemsOf<Item, Taken>(
  who: TestAthlete,
  path: string,
  of: (item: Item) => Taken,
): Promise<Taken[]> {
  const { body } = await who.get(path).expect(200);
  return body.items.map(of);
}
