import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as passed } from 'node:timers/promises';
import { eraseAthlete } from '../../../graph/erasure.js';
import { systemSubject } from '../../../policies/subject.js';
import { startApi } from '../../support/app.js';
import { ask } from '../../support/graph.js';

const api = await startApi();
after(() => api.stop());

const { app } = api;
const erase = (athleteId: string) => {
  const grant = app.access.require(systemSubject('worker', 'test'), 'athlete.erase', {
    resource: { kind: 'athlete', id: athleteId, ownerId: athleteId },
    facts: { ownerStanding: 'deleted' },
  });
  return eraseAthlete(app.graph, grant, athleteId);
};

test('deleting asks for the password once more', async () => {
  const ann = await api.newAthlete();

  const { body } = await ann.delete('/v1/athletes/me', { password: 'not the one' }).expect(403);

  assert.equal(body.type, '/problems/wrong-password');
  await ann.get('/v1/athletes/me').expect(200);
});

test('a deleted athlete is gone at once for everybody, and the address is free again', async () => {
  const [ann, bob] = [await api.newAthlete(), await api.newAthlete()];
  await bob.put(`/v1/athletes/${ann.athleteId}/follow`).expect(200);

  await ann.delete('/v1/athletes/me', { password: ann.password }).expect(204);

  await ann.get('/v1/athletes/me').expect(401);
  await api.anyone.post('/v1/sessions/refresh', { refreshToken: ann.refreshToken }).expect(401);
  await api.anyone.post('/v1/sessions', { email: ann.email, password: ann.password }).expect(401);
  await bob.get(`/v1/athletes/${ann.athleteId}`).expect(404);
  await bob.put(`/v1/athletes/${ann.athleteId}/follow`).expect(404);
  const { body } = await bob.get(`/v1/athletes/${bob.athleteId}/following`).expect(200);
  assert.deepEqual(body, { items: [], nextCursor: null });
  const { email, password } = ann;
  await api.anyone.post('/v1/athletes', { email, password, displayName: 'Ann again' }).expect(201);
});

test('the key and every word of a deleted athlete are gone with the answer', async () => {
  const ann = await api.newAthlete({ birthDate: '1980-02-03', timeZone: 'Europe/Berlin' });

  await ann.delete('/v1/athletes/me', { password: ann.password }).expect(204);

  const left = await ask<{ labels: readonly string[]; node: object }>(
    app.graph,
    'MATCH (node {athleteId: $athleteId}) RETURN labels(node) AS labels, properties(node) AS node',
    { athleteId: ann.athleteId },
  );
  assert.equal(left.length, 1);
  assert.deepEqual(left[0]?.labels, ['Athlete']);
  assert.deepEqual(Object.keys(left[0]?.node ?? {}).sort(), ['athleteId', 'deletedAt']);
});

test('clearing away goes on where it stopped and ends with nothing', async () => {
  const ann = await api.newAthlete();
  const others = await Promise.all([api.newAthlete(), api.newAthlete(), api.newAthlete()]);
  for (const other of others) {
    await other.put(`/v1/athletes/${ann.athleteId}/follow`).expect(200);
    await ann.put(`/v1/athletes/${other.athleteId}/follow`).expect(200);
  }
  await ann.delete('/v1/athletes/me', { password: ann.password }).expect(204);
  await ask(
    app.graph,
    'MATCH (:Athlete {athleteId: $athleteId})-[tie:FOLLOWS]-() WITH tie LIMIT 2 DELETE tie',
    { athleteId: ann.athleteId },
  );

  const isGone = await Promise.all([erase(ann.athleteId), erase(ann.athleteId)]);

  assert.ok(isGone.includes(true));
  assert.deepEqual(
    await ask(app.graph, 'MATCH (node {athleteId: $athleteId}) RETURN node', { athleteId: ann.athleteId }),
    [],
  );
  const { body } = await others[0].get(`/v1/athletes/${others[0].athleteId}`).expect(200);
  assert.deepEqual([body.followerCount, body.followingCount], [0, 0]);
});

test('clearing away never touches an athlete who is there', async () => {
  const [ann, bob] = [await api.newAthlete(), await api.newAthlete()];
  await bob.put(`/v1/athletes/${ann.athleteId}/follow`).expect(200);

  assert.equal(await erase(ann.athleteId), false);

  const { body } = await bob.get(`/v1/athletes/${ann.athleteId}`).expect(200);
  assert.equal(body.followerCount, 1);
});

test('a worker clears away by itself what a deleted athlete left', async () => {
  await api.work();
  const [ann, bob] = [await api.newAthlete(), await api.newAthlete()];
  await bob.put(`/v1/athletes/${ann.athleteId}/follow`).expect(200);
  await bob.put(`/v1/athletes/${ann.athleteId}/block`).expect(204);

  await ann.delete('/v1/athletes/me', { password: ann.password }).expect(204);

  const left = () =>
    ask(app.graph, 'MATCH (node {athleteId: $athleteId}) RETURN node', { athleteId: ann.athleteId });
  while ((await left()).length > 0) await passed(50);
});
