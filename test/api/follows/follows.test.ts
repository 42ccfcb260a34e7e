import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { startApi, type TestAthlete } from '../../support/app.js';
import { ask, emissionsOf } from '../../support/graph.js';

const api = await startApi();
after(() => api.stop());

const follow = (who: TestAthlete, whom: TestAthlete) => who.put(`/v1/athletes/${whom.athleteId}/follow`);
const unfollow = (who: TestAthlete, whom: TestAthlete) => who.delete(`/v1/athletes/${whom.athleteId}/follow`);
const pair = () => Promise.all([api.newAthlete(), api.newAthlete()]);
const closedPair = () => Promise.all([api.newAthlete(), api.newAthlete({ approvesFollowers: true })]);

/** How one stands to another, and how many follow that one. */
async function relation(who: TestAthlete, whom: TestAthlete) {
  const { body } = await who.get(`/v1/athletes/${whom.athleteId}`).expect(200);
  return [body.following, body.followsYou, body.followerCount];
}

test('following an open profile works at once and again is the same', async () => {
  const [ann, bob] = await pair();

  for (const attempt of [1, 2]) {
    const { body } = await follow(ann, bob).expect(200);
    assert.deepEqual(body, { athleteId: bob.athleteId, state: 'following' }, `attempt ${attempt}`);
  }

  assert.deepEqual(await relation(ann, bob), ['following', false, 1]);
  assert.deepEqual(await relation(bob, ann), ['none', true, 0]);
});

test('each follow and each unfollow is told once to whoever keeps feeds', async () => {
  const [ann, bob] = await pair();
  const emitted = emissionsOf(api.app.graph);
  await follow(ann, bob).expect(200);
  await follow(ann, bob).expect(200);
  await unfollow(ann, bob).expect(204);
  await unfollow(ann, bob).expect(204);

  const payload = { followerId: ann.athleteId, followeeId: bob.athleteId };
  assert.deepEqual(
    emitted.map(({ type, payload }) => ({ type, payload })),
    [
      { type: 'athlete.followed', payload },
      { type: 'athlete.unfollowed', payload },
    ],
  );
});

test('following many times at once counts once', async () => {
  const [ann, bob] = await pair();

  const answers = await Promise.all(Array.from({ length: 10 }, () => follow(ann, bob)));

  assert.ok(answers.every(({ status }) => status === 200));
  assert.deepEqual(await relation(ann, bob), ['following', false, 1]);
});

test('two who follow one another at once both do', async () => {
  const [ann, bob] = await pair();

  await Promise.all([follow(ann, bob).expect(200), follow(bob, ann).expect(200)]);

  assert.deepEqual(await relation(ann, bob), ['following', true, 1]);
});

test('a closed profile is asked, and accepting lets the follower in', async () => {
  const [ann, bob] = await closedPair();
  const { body } = await follow(ann, bob).expect(200);
  assert.equal(body.state, 'requested');
  assert.deepEqual(await relation(ann, bob), ['requested', false, 0]);
  const requests = await bob.get('/v1/follow-requests').expect(200);
  assert.deepEqual(
    requests.body.items.map(({ athleteId }: TestAthlete) => athleteId),
    [ann.athleteId],
  );

  await bob.put(`/v1/follow-requests/${ann.athleteId}`).expect(204);
  await bob.put(`/v1/follow-requests/${ann.athleteId}`).expect(204);

  assert.deepEqual(await relation(ann, bob), ['following', false, 1]);
  const left = await bob.get('/v1/follow-requests').expect(200);
  assert.deepEqual(left.body, { items: [], nextCursor: null });
});

test('a declined request is gone, and may be asked again', async () => {
  const [ann, bob] = await closedPair();
  await follow(ann, bob).expect(200);

  await bob.delete(`/v1/follow-requests/${ann.athleteId}`).expect(204);

  assert.deepEqual(await relation(ann, bob), ['none', false, 0]);
  await bob.put(`/v1/follow-requests/${ann.athleteId}`).expect(404);
  await follow(ann, bob).expect(200);
  assert.deepEqual(await relation(ann, bob), ['requested', false, 0]);
});

test('declining somebody who follows already leaves them', async () => {
  const [ann, bob] = await pair();
  await follow(ann, bob).expect(200);

  await bob.delete(`/v1/follow-requests/${ann.athleteId}`).expect(204);

  assert.deepEqual(await relation(ann, bob), ['following', false, 1]);
});

test('taking a request back at the moment it is accepted ends in one of both', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [ann, bob] = await closedPair();
    await follow(ann, bob).expect(200);

    const [accepted, takenBack] = await Promise.all([
      bob.put(`/v1/follow-requests/${ann.athleteId}`),
      unfollow(ann, bob),
    ]);

    assert.ok([204, 404].includes(accepted.status));
    assert.equal(takenBack.status, 204);
    // Accepted first or taken back first: either way nobody follows in the end.
    assert.deepEqual(await relation(ann, bob), ['none', false, 0]);
  }
});

test('accepting many times at once counts once', async () => {
  const [ann, bob] = await closedPair();
  await follow(ann, bob).expect(200);

  await Promise.all(
    Array.from({ length: 6 }, () => bob.put(`/v1/follow-requests/${ann.athleteId}`).expect(204)),
  );

  assert.deepEqual(await relation(ann, bob), ['following', false, 1]);
});

test('opening a profile leaves the requests, and who asks again follows at once', async () => {
  const [ann, bob] = await closedPair();
  await follow(ann, bob).expect(200);
  await bob.patch('/v1/athletes/me', { approvesFollowers: false }).expect(200);
  assert.deepEqual(await relation(ann, bob), ['requested', false, 0]);

  const { body } = await follow(ann, bob).expect(200);

  assert.equal(body.state, 'following');
  const left = await bob.get('/v1/follow-requests').expect(200);
  assert.deepEqual(left.body.items, []);
});

test('closing a profile keeps the followers it has', async () => {
  const [ann, bob] = await pair();
  await follow(ann, bob).expect(200);
  await bob.patch('/v1/athletes/me', { approvesFollowers: true }).expect(200);

  const { body } = await follow(ann, bob).expect(200);

  assert.equal(body.state, 'following');
});

test('a removed follower follows no longer', async () => {
  const [ann, bob] = await pair();
  await follow(ann, bob).expect(200);
  const emitted = emissionsOf(api.app.graph);

  await bob.delete(`/v1/athletes/me/followers/${ann.athleteId}`).expect(204);
  await bob.delete(`/v1/athletes/me/followers/${ann.athleteId}`).expect(204);

  assert.deepEqual(await relation(ann, bob), ['none', false, 0]);
  assert.deepEqual(
    emitted.map(({ type }) => type),
    ['athlete.unfollowed'],
  );
});

test('nobody follows themselves', async () => {
  const ann = await api.newAthlete();

  await follow(ann, ann).expect(403);

  assert.deepEqual(await relation(ann, ann), ['none', false, 0]);
});

test('whom there is not nobody follows', async () => {
  const ann = await api.newAthlete();
  const nobody = randomUUID();

  await ann.put(`/v1/athletes/${nobody}/follow`).expect(404);
  await ann.delete(`/v1/athletes/${nobody}/follow`).expect(404);
  await ann.delete(`/v1/athletes/me/followers/${nobody}`).expect(404);
  await ann.put(`/v1/follow-requests/${nobody}`).expect(404);
  await ann.delete(`/v1/follow-requests/${nobody}`).expect(404);
  await ann.put(`/v1/athletes/not-an-id/follow`).expect(404);
});

test('following asks for a log-in', async () => {
  const ann = await api.newAthlete();

  await api.anyone.put(`/v1/athletes/${ann.athleteId}/follow`).expect(401);
  await api.anyone.get(`/v1/athletes/${ann.athleteId}/followers`).expect(401);
  await api.anyone.get('/v1/follow-requests').expect(401);
  await api.anyone.get('/v1/blocks').expect(401);
});

test('an athlete follows ten thousand others and no more', async () => {
  const [ann, bob] = await pair();
  const [cid, dan] = await closedPair();
  await follow(cid, dan).expect(200);
  // Made directly: through the API it would take minutes.
  await ask(
    api.app.graph,
    `UNWIND [$ann, $cid] AS followerId
     MATCH (follower:Athlete {athleteId: followerId})
     UNWIND range(1, 10000) AS number
     CREATE (follower)-[:FOLLOWS {followerId: followerId, followeeId: 'x' + number, since: datetime()}]->
       (:Crowd {of: followerId})`,
    { ann: ann.athleteId, cid: cid.athleteId },
  );

  const { body } = await follow(ann, bob).expect(409);
  const accepted = await dan.put(`/v1/follow-requests/${cid.athleteId}`).expect(409);

  assert.deepEqual([body.type, body.limit], ['/problems/too-many-follows', 10_000]);
  assert.equal(accepted.body.type, '/problems/too-many-follows');
  await ask(api.app.graph, 'MATCH (crowd:Crowd) WHERE crowd.of IN $of DETACH DELETE crowd', {
    of: [ann.athleteId, cid.athleteId],
  });
  await follow(ann, bob).expect(200);
});

test('a thousand unanswered requests are the most', async () => {
  const [ann, bob] = await closedPair();
  await ask(
    api.app.graph,
    `MATCH (follower:Athlete {athleteId: $ann})
     UNWIND range(1, 1000) AS number
     CREATE (follower)-[:REQUESTS {followerId: $ann, followeeId: 'x' + number, since: datetime()}]->
       (:Crowd {of: $ann})`,
    { ann: ann.athleteId },
  );

  const { body } = await follow(ann, bob).expect(409);

  assert.deepEqual([body.type, body.limit], ['/problems/too-many-requests', 1_000]);
});
