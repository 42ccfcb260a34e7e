import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startApi, type TestAthlete } from '../../support/app.js';
import { admit, found, itemsOf } from './founded.js';

const api = await startApi();
after(() => api.stop());

const [ann, bob, cid, dan] = await Promise.all([
  api.newAthlete(),
  api.newAthlete(),
  api.newAthlete(),
  api.newAthlete(),
]);

const announce = (who: TestAthlete, clubId: string, text: string) =>
  who.post(`/v1/clubs/${clubId}/announcements`, { text });
type Shown = { text: string; author?: { displayName: string } | null };
const shown = (who: TestAthlete, clubId: string) =>
  itemsOf(who, `/v1/clubs/${clubId}/announcements`, ({ text, author }: Shown) => [
    text,
    author?.displayName ?? author,
  ]);

test('a club announces to its members, who read it newest first', async () => {
  const clubId = await found(ann, { visibility: 'closed' });
  await admit(ann, clubId, { admin: [], moderator: [bob], member: [cid] });
  await announce(cid, clubId, 'Cake!').expect(403);
  await announce(dan, clubId, 'Spam').expect(403);
  await announce(ann, clubId, '  ').expect(422);
  await announce(ann, clubId, 'First').expect(201);
  await announce(bob, clubId, 'Second').expect(201);

  assert.deepEqual(await shown(cid, clubId), [
    ['Second', bob.displayName],
    ['First', ann.displayName],
  ]);
  const first = await cid.get(`/v1/clubs/${clubId}/announcements?limit=1`).expect(200);
  const rest = await cid.get(
    `/v1/clubs/${clubId}/announcements?limit=1&cursor=${encodeURIComponent(first.body.nextCursor)}`,
  );
  assert.deepEqual([rest.body.items[0].text, rest.body.nextCursor], ['First', null]);
  await dan.get(`/v1/clubs/${clubId}/announcements`).expect(403);
});

test('whoever blocks a member speaks to them without a name', async () => {
  const clubId = await found(ann);
  await admit(ann, clubId, { admin: [], moderator: [bob], member: [dan] });
  await announce(bob, clubId, 'Ride on Sunday').expect(201);
  await dan.put(`/v1/athletes/${bob.athleteId}/block`).expect(204);

  assert.deepEqual(await shown(dan, clubId), [['Ride on Sunday', undefined]]);
  assert.deepEqual(await shown(ann, clubId), [['Ride on Sunday', bob.displayName]]);
  await dan.delete(`/v1/athletes/${bob.athleteId}/block`).expect(204);
});

test('an author takes their own back, a moderator every one, nobody that of another club', async () => {
  const [clubId, otherId] = [await found(ann), await found(cid)];
  await admit(ann, clubId, { admin: [], moderator: [bob], member: [cid] });
  const made = async (who: TestAthlete) =>
    `/v1/clubs/${clubId}/announcements/${(await announce(who, clubId, 'Hello').expect(201)).body.announcementId}`;
  const [byAnn, byBob] = [await made(ann), await made(bob)];
  await ann.put(`/v1/clubs/${clubId}/members/${bob.athleteId}`, { role: 'member' }).expect(204);
  await cid.delete(byBob).expect(403);
  await cid.delete(byBob.replace(clubId, otherId)).expect(404);
  await bob.delete(byAnn).expect(403);

  await bob.delete(byBob).expect(204);
  await ann.delete(byAnn).expect(204);

  assert.deepEqual(await shown(ann, clubId), []);
});
