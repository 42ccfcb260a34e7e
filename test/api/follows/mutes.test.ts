import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { newestFirst, plantActivities } from '../../support/activities.js';
import { startApi, type TestAthlete } from '../../support/app.js';
import { ask, emissionsOf, suspend } from '../../support/graph.js';
import { settled } from '../../support/settled.js';

const api = await startApi();
before(() => api.work());
after(() => api.stop());

const pair = () => Promise.all([api.newAthlete(), api.newAthlete()]);
const follow = (who: TestAthlete, whom: TestAthlete) =>
  who.put(`/v1/athletes/${whom.athleteId}/follow`).expect(200);
const mute = (who: TestAthlete, whom: TestAthlete) => who.put(`/v1/athletes/${whom.athleteId}/mute`);
const unmute = (who: TestAthlete, whom: TestAthlete) => who.delete(`/v1/athletes/${whom.athleteId}/mute`);
const mutesOf = async (who: TestAthlete): Promise<string[]> => {
  const { body } = await who.get('/v1/athletes/me/mutes').expect(200);
  return body.items.map(({ athleteId }: TestAthlete) => athleteId);
};

async function rideOf(athlete: TestAthlete): Promise<string> {
  const { body } = await athlete
    .post('/v1/activities', {
      name: 'Ride',
      sport: 'ride',
      visibility: 'everyone',
      startedAt: '2026-05-01T08:00:00Z',
      elapsedSeconds: 600,
    })
    .expect(201);
  await settled(api.app, body.activityId);
  return body.activityId;
}

async function feedOf(athlete: TestAthlete): Promise<string[]> {
  const { body } = await athlete.get('/v1/feed').expect(200);
  return body.items.map(({ activityId }: { activityId: string }) => activityId);
}

test('what a muted athlete does leaves the feed at once and is back when the mute is lifted', async () => {
  const [ann, bob] = await pair();
  await follow(ann, bob);
  const before = await rideOf(bob);
  assert.deepEqual(await feedOf(ann), [before]);

  await mute(ann, bob).expect(204);
  assert.deepEqual(await feedOf(ann), []);
  const meanwhile = await rideOf(bob);
  assert.deepEqual(await feedOf(ann), []);

  await unmute(ann, bob).expect(204);
  await settled(api.app, ann.athleteId);
  assert.deepEqual((await feedOf(ann)).sort(), [before, meanwhile].sort());
});

test('a feed has the others however much a muted athlete does', async () => {
  const [ann, bob] = await pair();
  const cid = await api.newAthlete();
  await follow(ann, bob);
  await follow(ann, cid);
  await mute(ann, bob).expect(204);
  await settled(api.app, ann.athleteId);
  const planted = (athlete: TestAthlete, count: number, from: number) =>
    Array.from({ length: count }, (_, index) => ({
      activityId: randomUUID(),
      athleteId: athlete.athleteId,
      startedAt: new Date(from - index * 60_000),
      visibility: 'everyone',
    }));
  const others = planted(cid, 3, Date.parse('2026-01-01T00:00:00Z'));
  await plantActivities(api.app.graph, [...planted(bob, 600, Date.parse('2026-03-01T00:00:00Z')), ...others]);

  assert.deepEqual(
    await feedOf(ann),
    others.sort(newestFirst).map(({ activityId }) => activityId),
  );
});

test('nothing in any answer to the muted or to others changes', async () => {
  const [ann, bob] = await pair();
  const cid = await api.newAthlete();
  await follow(ann, bob);
  await follow(bob, ann);
  const seen = () =>
    Promise.all(
      [bob, cid].flatMap((who) => [
        who.get(`/v1/athletes/${ann.athleteId}`),
        who.get(`/v1/athletes/${bob.athleteId}`),
        who.get(`/v1/athletes/${bob.athleteId}/followers`),
        who.get(`/v1/athletes/${ann.athleteId}/following`),
        who.get('/v1/athletes/me/mutes'),
        who.get('/v1/feed'),
      ]),
    ).then((answers) => answers.map(({ status, body }) => ({ status, body })));
  const before = await seen();

  await mute(ann, bob).expect(204);

  assert.deepEqual(await seen(), before);
  const { body } = await ann.get(`/v1/athletes/${bob.athleteId}`).expect(200);
  assert.equal(body.muted, true);
});

test('mutes are listed for who mutes, the latest first, and again is the same as once', async () => {
  const [ann, bob] = await pair();
  const cid = await api.newAthlete();
  const emissions = emissionsOf(api.app.graph);

  for (const other of [bob, cid, bob]) await mute(ann, other).expect(204);
  assert.deepEqual(await mutesOf(ann), [cid.athleteId, bob.athleteId]);
  for (const other of [bob, bob]) await unmute(ann, other).expect(204);

  assert.deepEqual(await mutesOf(ann), [cid.athleteId]);
  assert.deepEqual(
    emissions.map(({ type, payload }) => [type, payload.mutedId]),
    [
      ['athlete.muted', bob.athleteId],
      ['athlete.muted', cid.athleteId],
      ['athlete.unmuted', bob.athleteId],
    ],
  );
});

test('nobody mutes themselves, somebody who is not there, or somebody hidden from them', async () => {
  const [ann, bob] = await pair();
  const cid = await api.newAthlete();
  await bob.put(`/v1/athletes/${ann.athleteId}/block`).expect(204);
  await suspend(api.app.graph, cid.athleteId);

  assert.equal((await mute(ann, ann).expect(403)).body.type, '/problems/forbidden');
  for (const athleteId of [randomUUID(), bob.athleteId, cid.athleteId]) {
    await ann.put(`/v1/athletes/${athleteId}/mute`).expect(404);
    await ann.delete(`/v1/athletes/${athleteId}/mute`).expect(404);
  }
  assert.deepEqual(await mutesOf(ann), []);
});

test('whoever is hidden from the one who mutes is not in the list, and a mute outlives a block', async () => {
  const [ann, bob] = await pair();
  await mute(ann, bob).expect(204);

  await bob.put(`/v1/athletes/${ann.athleteId}/block`).expect(204);
  assert.deepEqual(await mutesOf(ann), []);

  await bob.delete(`/v1/athletes/${ann.athleteId}/block`).expect(204);
  assert.deepEqual(await mutesOf(ann), [bob.athleteId]);
});

test('no more can be muted than the limit says', async () => {
  const [ann, bob] = await pair();
  const { athleteId } = ann;
  await ask(
    api.app.graph,
    `MATCH (ann:Athlete {athleteId: $athleteId})
     UNWIND range(1, 10000) AS number
     CREATE (ann)-[:MUTES {muterId: $athleteId, mutedId: toString(number), since: datetime()}]->(ann)`,
    { athleteId },
  );

  const { body } = await mute(ann, bob).expect(409);

  assert.equal(body.type, '/problems/too-many-mutes');
  assert.equal(body.limit, 10_000);
  await ask(api.app.graph, 'MATCH (:Athlete {athleteId: $athleteId})-[mute:MUTES]->() DELETE mute', {
    athleteId,
  });
});

test('mutes of either side go with a deleted account', async () => {
  const [ann, bob] = await pair();
  await mute(ann, bob).expect(204);
  await mute(bob, ann).expect(204);

  await ann.delete('/v1/athletes/me', { password: ann.password }).expect(204);
  await settled(api.app, ann.athleteId);

  const [left] = await ask<{ mutes: number }>(
    api.app.graph,
    'MATCH ()-[mute:MUTES]->() WHERE $athleteId IN [mute.muterId, mute.mutedId] RETURN count(mute) AS mutes',
    { athleteId: ann.athleteId },
  );
  assert.equal(left?.mutes, 0);
  assert.deepEqual(await mutesOf(bob), []);
});
