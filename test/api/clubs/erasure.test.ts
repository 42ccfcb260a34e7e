import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as passed } from 'node:timers/promises';
import { eraseClosedClub, forgetMember } from '../../../graph/club-erasure.js';
import { systemSubject } from '../../../policies/subject.js';
import { startApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { admit, found, putBelow, roleIn } from './founded.js';

const api = await startApi();
after(() => api.stop());

const { app } = api;
const grant = () =>
  app.access.require(systemSubject('worker', 'test'), 'club.erase', {
    resource: { kind: 'club', id: 'all' },
    facts: {},
  });
const deleted = (who: TestAthlete) => who.delete('/v1/athletes/me', { password: who.password }).expect(204);
const forget = (who: TestAthlete) => forgetMember(app.graph, grant(), who.athleteId, app.now());

const [bob, cid, dan] = await Promise.all([api.newAthlete(), api.newAthlete(), api.newAthlete()]);

test('the club of a deleted owner goes to its longest-serving admin, once', async () => {
  const ann = await api.newAthlete();
  const clubId = await found(ann, { visibility: 'closed' });
  await admit(ann, clubId, { admin: [], moderator: [], member: [cid, bob] });
  for (const admin of [bob, cid])
    await ann.put(`/v1/clubs/${clubId}/members/${admin.athleteId}`, { role: 'admin' }).expect(204);
  await ann.post(`/v1/clubs/${clubId}/invitations`, {}).expect(201);
  await ann.post(`/v1/clubs/${clubId}/announcements`, { text: 'Good-bye' }).expect(201);
  await deleted(ann);

  await Promise.all([forget(ann), forget(ann)]);
  await forget(ann);

  assert.deepEqual(await Promise.all([bob, cid].map((who) => roleIn(who, clubId))), ['admin', 'owner']);
  const { body } = await bob.get(`/v1/clubs/${clubId}/announcements`).expect(200);
  assert.deepEqual([body.items[0].text, 'author' in body.items[0]], ['Good-bye', false]);
  assert.deepEqual((await bob.get(`/v1/clubs/${clubId}/invitations`).expect(200)).body.items, []);
  const ties = await ask(
    app.graph,
    `MATCH (:Athlete {athleteId: $id})-[tie:MEMBER_OF|ASKS_TO_JOIN|BANNED_FROM|ISSUED|WROTE]-() RETURN tie`,
    { id: ann.athleteId },
  );
  assert.deepEqual(ties, []);
});

test('without an admin a moderator takes over, then the longest-serving member; never who is suspended', async () => {
  const [ann, eva] = await Promise.all([api.newAthlete(), api.newAthlete()]);
  const [first, second] = [await found(ann), await found(ann)];
  await admit(ann, first, { admin: [], moderator: [cid], member: [bob] });
  await admit(ann, second, { admin: [eva], moderator: [], member: [dan, bob] });
  await ask(app.graph, 'MATCH (a:Athlete {athleteId: $id}) SET a.suspendedAt = datetime()', {
    id: eva.athleteId,
  });
  await deleted(ann);

  await forget(ann);

  assert.deepEqual([await roleIn(cid, first), await roleIn(dan, second)], ['owner', 'owner']);
});

test('a club that has nobody left is closed, and those below it stand by themselves', async () => {
  const ann = await api.newAthlete();
  const clubId = await found(ann, { visibility: 'secret' });
  const below = await found(ann);
  await admit(ann, below, { admin: [bob], moderator: [], member: [] });
  await putBelow([below, ann], [clubId, ann]);
  await deleted(ann);

  await forget(ann);

  assert.equal(await roleIn(bob, below), 'owner');
  const { body } = await bob.get(`/v1/clubs/${below}`).expect(200);
  assert.deepEqual([body.parent, body.visibility], [null, 'secret']);
  await eraseClosedClub(app.graph, grant(), clubId);
  assert.deepEqual(await ask(app.graph, 'MATCH (club:Club {clubId: $clubId}) RETURN club', { clubId }), []);
});

test('clearing away leaves alone whoever is there, and clubs that are open', async () => {
  const clubId = await found(bob);

  await forget(bob);
  await eraseClosedClub(app.graph, grant(), clubId);

  assert.equal(await roleIn(bob, clubId), 'owner');
});

test('a worker clears away by itself what a closed club and a deleted athlete left', async () => {
  await api.work();
  const ann = await api.newAthlete();
  const [clubId, otherId] = [await found(bob), await found(bob)];
  await admit(bob, clubId, { admin: [], moderator: [], member: [cid, ann] });
  await admit(bob, otherId, { admin: [], moderator: [], member: [ann] });
  await bob.post(`/v1/clubs/${clubId}/announcements`, { text: 'The end' }).expect(201);
  await bob.post(`/v1/clubs/${clubId}/invitations`, {}).expect(201);

  await bob.delete(`/v1/clubs/${clubId}`).expect(204);
  await deleted(ann);

  const left = () =>
    ask(
      app.graph,
      `MATCH (node) WHERE (node:Club OR node:Announcement) AND node.clubId = $clubId RETURN node.clubId AS id
       UNION ALL MATCH (:Athlete {athleteId: $ann})-[tie:MEMBER_OF]->() RETURN tie.clubId AS id`,
      { clubId, ann: ann.athleteId },
    );
  while ((await left()).length > 0) await passed(50);
  const { body } = await bob.get(`/v1/clubs/${otherId}`).expect(200);
  assert.equal(body.memberCount, 1);
});
