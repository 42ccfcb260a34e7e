import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startApi, type TestAthlete } from '../../support/app.js';
import { testCount } from '../../support/counts.js';
import { ask } from '../../support/graph.js';
import { admit, found, itemsOf, roleIn } from './founded.js';

const api = await startApi();
after(() => api.stop());

const [ann, bob, cid] = await Promise.all([api.newAthlete(), api.newAthlete(), api.newAthlete()]);

const invite = async (who: TestAthlete, clubId: string, fields: object = {}): Promise<string> =>
  (await who.post(`/v1/clubs/${clubId}/invitations`, fields).expect(201)).body.token;
const accept = (who: TestAthlete, token: string) => who.post(`/v1/invitations/${token}/acceptance`);
const usesLeft = (clubId: string) =>
  itemsOf(ann, `/v1/clubs/${clubId}/invitations`, ({ usesLeft }: { usesLeft: number }) => usesLeft);

test('an invitation shows what it is to and lets into a secret club, as often as it says', async () => {
  const clubId = await found(ann, { visibility: 'secret', name: 'Nightriders' });
  const token = await invite(ann, clubId, { uses: 2 });
  assert.equal(await roleIn(bob, clubId), 'nothing there');

  const seen = await bob.get(`/v1/invitations/${token}`).expect(200);
  assert.deepEqual(seen.body, { clubId, name: 'Nightriders', memberCount: 1 });
  for (const _ of [1, 2])
    assert.deepEqual((await accept(bob, token).expect(200)).body, { clubId, state: 'member' });
  assert.deepEqual(await usesLeft(clubId), [1]);
  await accept(cid, token).expect(200);

  assert.equal(await roleIn(cid, clubId), 'member');
  assert.deepEqual(await usesLeft(clubId), []);
  assert.equal((await accept(ann, token).expect(422)).body.type, '/problems/invitation-over');
});

test('an invitation ends by itself, and when it is taken back', async () => {
  const clubId = await found(ann, { visibility: 'closed' });
  const token = await invite(ann, clubId, { days: 1, uses: 5 });
  const other = await invite(ann, clubId);
  const [latest] = (await ann.get(`/v1/clubs/${clubId}/invitations`).expect(200)).body.items;
  await ann.delete(`/v1/clubs/${clubId}/invitations/${latest.invitationId}`).expect(204);
  await ann.delete(`/v1/clubs/${clubId}/invitations/${latest.invitationId}`).expect(404);
  await accept(bob, other).expect(422);
  await bob.get(`/v1/invitations/${other}`).expect(422);
  assert.deepEqual(await usesLeft(clubId), [5]);

  // A day later, as far as the invitation knows.
  await ask(
    api.app.graph,
    `MATCH (invitation:Invitation)-[:INVITES_TO]->(:Club {clubId: $clubId})
     SET invitation.expiresAt = invitation.expiresAt - duration('P1DT1S')`,
    { clubId },
  );
  await accept(bob, token).expect(422);

  assert.equal(await roleIn(bob, clubId), 'none');
});

test('only whoever moderates a club invites into it, and sees the invitations', async () => {
  const clubId = await found(ann);
  await admit(ann, clubId, { admin: [], moderator: [], member: [bob] });

  await bob.post(`/v1/clubs/${clubId}/invitations`, {}).expect(403);
  await bob.get(`/v1/clubs/${clubId}/invitations`).expect(403);
  await cid.post(`/v1/clubs/${clubId}/invitations`, {}).expect(403);
  const { body } = await ann.post(`/v1/clubs/${clubId}/invitations`, { uses: 0 }).expect(422);
  assert.equal(body.type, '/problems/bad-body');
});

test('an invitation brings nobody back who is banned', async () => {
  const clubId = await found(ann);
  const token = await invite(ann, clubId);
  await ann.put(`/v1/clubs/${clubId}/bans/${bob.athleteId}`).expect(204);

  await accept(bob, token).expect(403);

  assert.equal(await roleIn(bob, clubId), 'banned');
  assert.deepEqual(await usesLeft(clubId), [1]);
});

test('of many who use the last invitation at once exactly one gets in', async () => {
  const clubId = await found(ann, { visibility: 'secret' });
  const token = await invite(ann, clubId);
  const crowd = await Promise.all(Array.from({ length: testCount(12, 50) }, () => api.newAthlete()));

  const answers = await Promise.all(crowd.map((who) => accept(who, token)));

  const statuses = answers.map(({ status }) => status);
  assert.deepEqual(
    [statuses.filter((status) => status === 200).length, statuses.filter((status) => status === 422).length],
    [1, crowd.length - 1],
  );
  const { body } = await ann.get(`/v1/clubs/${clubId}`).expect(200);
  assert.equal(body.memberCount, 2);
});

test('a hundred open invitations are the most', async () => {
  const clubId = await found(ann);
  await ask(
    api.app.graph,
    `MATCH (club:Club {clubId: $clubId})
     UNWIND range(1, 100) AS n
     CREATE (club)<-[:INVITES_TO]-(:Crowd {of: $clubId})`,
    { clubId },
  );

  const { body } = await ann.post(`/v1/clubs/${clubId}/invitations`, {}).expect(409);

  assert.deepEqual([body.type, body.limit], ['/problems/too-many-invitations', 100]);
  await ask(api.app.graph, 'MATCH (crowd:Crowd {of: $clubId}) DETACH DELETE crowd', { clubId });
});
