import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { startApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';

const api = await startApi();
after(() => api.stop());

const follow = (who: TestAthlete, whom: TestAthlete) => who.put(`/v1/athletes/${whom.athleteId}/follow`);
const block = (who: TestAthlete, whom: TestAthlete) => who.put(`/v1/athletes/${whom.athleteId}/block`);
const unblock = (who: TestAthlete, whom: TestAthlete) => who.delete(`/v1/athletes/${whom.athleteId}/block`);
const pair = () => Promise.all([api.newAthlete(), api.newAthlete()]);

const tiesBetween = (ann: TestAthlete, bob: TestAthlete) =>
  ask<{ type: string }>(
    api.app.graph,
    `MATCH (:Athlete {athleteId: $ann})-[tie]-(:Athlete {athleteId: $bob})
     RETURN type(tie) AS type ORDER BY type`,
    { ann: ann.athleteId, bob: bob.athleteId },
  ).then((rows) => rows.map(({ type }) => type));

test('a block undoes follows and requests in both directions', async () => {
  const ann = await api.newAthlete({ approvesFollowers: true });
  const bob = await api.newAthlete();
  await follow(ann, bob).expect(200);
  await follow(bob, ann).expect(200);

  await block(bob, ann).expect(204);
  await block(bob, ann).expect(204);

  assert.deepEqual(await tiesBetween(ann, bob), ['BLOCKS']);
});

test('both vanish from one another, and nothing tells it from somebody who is not there', async () => {
  const [ann, bob] = await pair();
  await block(ann, bob).expect(204);
  const nobody = randomUUID();

  for (const [who, whom] of [
    [ann, bob],
    [bob, ann],
  ] as const) {
    const paths = (athleteId: string) =>
      [
        who.get(`/v1/athletes/${athleteId}`),
        who.get(`/v1/athletes/${athleteId}/followers`),
        who.get(`/v1/athletes/${athleteId}/following`),
        who.put(`/v1/athletes/${athleteId}/follow`),
        who.delete(`/v1/athletes/${athleteId}/follow`),
      ] as const;
    const answers = await Promise.all(paths(whom.athleteId));
    const none = await Promise.all(paths(nobody));

    for (const [index, { status, body }] of answers.entries()) {
      assert.equal(status, 404);
      assert.deepEqual({ ...body, instance: '' }, { ...none[index]?.body, instance: '' });
    }
  }
});

test('both vanish from lists that others show them', async () => {
  const [ann, bob, cid] = [await api.newAthlete(), await api.newAthlete(), await api.newAthlete()];
  for (const follower of [ann, bob]) await follow(follower, cid).expect(200);
  await follow(cid, ann).expect(200);
  await block(ann, bob).expect(204);
  const names = async (viewer: TestAthlete, list: string) => {
    const { body } = await viewer.get(`/v1/athletes/${cid.athleteId}/${list}`).expect(200);
    return body.items.map(({ displayName }: TestAthlete) => displayName).sort();
  };

  assert.deepEqual(await names(bob, 'followers'), [bob.displayName]);
  assert.deepEqual(await names(ann, 'followers'), [ann.displayName]);
  assert.deepEqual(await names(bob, 'following'), []);
  assert.deepEqual(await names(cid, 'followers'), [ann.displayName, bob.displayName].sort());
});

test('a lifted block brings nobody back but lets them find one another', async () => {
  const [ann, bob] = await pair();
  await follow(bob, ann).expect(200);
  await block(ann, bob).expect(204);

  await unblock(ann, bob).expect(204);
  await unblock(ann, bob).expect(204);

  const { body } = await bob.get(`/v1/athletes/${ann.athleteId}`).expect(200);
  assert.deepEqual([body.following, body.followerCount], ['none', 0]);
  await follow(bob, ann).expect(200);
});

test('whoever was blocked first can block as well, and lifts only their own', async () => {
  const [ann, bob] = await pair();
  await block(ann, bob).expect(204);
  await block(bob, ann).expect(204);

  await unblock(bob, ann).expect(204);

  assert.deepEqual(await tiesBetween(ann, bob), ['BLOCKS']);
  await bob.get(`/v1/athletes/${ann.athleteId}`).expect(404);
});

test('an athlete lists whom they block, and only that', async () => {
  const [ann, bob] = await pair();
  const cid = await api.newAthlete();
  await block(ann, bob).expect(204);
  await block(cid, ann).expect(204);

  const { body } = await ann.get('/v1/blocks').expect(200);

  assert.deepEqual(
    body.items.map(({ athleteId, displayName }: TestAthlete) => [athleteId, displayName]),
    [[bob.athleteId, bob.displayName]],
  );
  assert.equal(body.nextCursor, null);
});

test('nobody blocks themselves or somebody who is not there', async () => {
  const ann = await api.newAthlete();

  await block(ann, ann).expect(403);
  await ann.put(`/v1/athletes/${randomUUID()}/block`).expect(404);
});

test('a follow and a block at once end without a follow', async () => {
  for (let round = 0; round < 8; round += 1) {
    const [ann, bob] = await pair();

    const [followed, blocked] = await Promise.all([follow(bob, ann), block(ann, bob)]);

    assert.ok([200, 404].includes(followed.status));
    assert.equal(blocked.status, 204);
    assert.deepEqual(await tiesBetween(ann, bob), ['BLOCKS']);
  }
});

test('accepting and a block at once end without a follow', async () => {
  for (let round = 0; round < 5; round += 1) {
    const ann = await api.newAthlete({ approvesFollowers: true });
    const bob = await api.newAthlete();
    await follow(bob, ann).expect(200);

    await Promise.all([ann.put(`/v1/follow-requests/${bob.athleteId}`), block(bob, ann).expect(204)]);

    assert.deepEqual(await tiesBetween(ann, bob), ['BLOCKS']);
  }
});

test('two who block one another at once both do', async () => {
  const [ann, bob] = await pair();
  await follow(ann, bob).expect(200);

  await Promise.all([block(ann, bob).expect(204), block(bob, ann).expect(204)]);

  assert.deepEqual(await tiesBetween(ann, bob), ['BLOCKS', 'BLOCKS']);
});
