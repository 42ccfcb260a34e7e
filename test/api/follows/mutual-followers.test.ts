import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { startApi, type TestAthlete } from '../../support/app.js';
import { ask, suspend } from '../../support/graph.js';

const api = await startApi();
after(() => api.stop());

const several = (count: number, fields = {}) =>
  Promise.all(Array.from({ length: count }, () => api.newAthlete(fields)));
const follow = (who: TestAthlete, whom: TestAthlete) =>
  who.put(`/v1/athletes/${whom.athleteId}/follow`).expect(200);
const accept = (who: TestAthlete, whom: TestAthlete) =>
  who.put(`/v1/follow-requests/${whom.athleteId}`).expect(204);
const mutualPath = (whom: TestAthlete, other?: TestAthlete) =>
  `/v1/athletes/${whom.athleteId}/mutual-followers${other ? `?with=${other.athleteId}` : ''}`;

async function mutual(viewer: TestAthlete, whom: TestAthlete, other?: TestAthlete, limit = 100) {
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = `${other ? '&' : '?'}limit=${limit}${cursor && `&cursor=${cursor}`}`;
    const { body } = await viewer.get(`${mutualPath(whom, other)}${query}`).expect(200);
    assert.ok(body.items.length <= limit);
    ids.push(...body.items.map(({ athleteId }: TestAthlete) => athleteId));
    cursor = body.nextCursor;
  }
  return ids;
}
const idsOf = (athletes: readonly TestAthlete[]) => athletes.map(({ athleteId }) => athleteId);

/** Lets made-up athletes follow somebody, without a request each. */
async function plantFollowers(whom: readonly TestAthlete[], followerIds: readonly string[]): Promise<void> {
  for (const { athleteId: followeeId } of whom) {
    await ask(
      api.app.graph,
      `UNWIND range(0, size($followerIds) - 1) AS index
       WITH index, $followerIds[index] AS followerId
       MERGE (follower:Athlete {athleteId: followerId})
       ON CREATE SET follower.displayName = 'Planted', follower.approvesFollowers = false
       WITH index, followerId, follower
       MATCH (followee:Athlete {athleteId: $followeeId})
       CREATE (follower)-[:FOLLOWS {
         followerId: followerId, followeeId: $followeeId, since: datetime({epochSeconds: 1700000000 - index})
       }]->(followee)`,
      { followerIds, followeeId },
    );
  }
}

test('lists whom one follows and who follow an athlete, page by page, each once', async () => {
  const [me, ann, ...others] = await several(9);
  assert.ok(me && ann);
  for (const other of others.slice(0, 5)) await follow(me, other);
  for (const other of others.slice(2)) await follow(other, ann);
  const expected = idsOf(others.slice(2, 5)).reverse();

  for (const limit of [1, 2, 3, 100]) assert.deepEqual(await mutual(me, ann, undefined, limit), expected);
  assert.deepEqual(await mutual(ann, me), [], 'nobody whom she follows');
});

test('looks into the shorter list, whichever it is, and finds the same', async () => {
  const [me, ann, bob] = await several(3);
  assert.ok(me && ann && bob);
  await follow(me, bob);
  await follow(bob, ann);
  const strangers = Array.from({ length: 20 }, () => randomUUID());
  assert.deepEqual(await mutual(me, ann), [bob.athleteId]);

  await plantFollowers([ann], strangers);

  assert.deepEqual(await mutual(me, ann), [bob.athleteId]);
});

test('with another athlete, lists who follows both', async () => {
  const [me, ann, bob, ...others] = await several(9);
  assert.ok(me && ann && bob);
  for (const other of others.slice(0, 5)) await follow(other, ann);
  for (const other of others.slice(2)) await follow(other, bob);
  const expected = idsOf(others.slice(2, 5)).reverse();

  for (const limit of [1, 2, 100]) {
    assert.deepEqual(await mutual(me, ann, bob, limit), expected);
    assert.deepEqual(await mutual(me, bob, ann, limit), expected);
  }
  assert.deepEqual(await mutual(me, ann, me), [], 'nobody follows me');
});

test('two athletes with very many followers have all of them in common, in pages of bounded work', async () => {
  const [me, ann, bob] = await several(3);
  assert.ok(me && ann && bob);
  const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
  const common = ids(2);
  await plantFollowers([ann], [...ids(5_500), ...common]);
  await plantFollowers([bob], [...common, ...ids(6_000)]);

  const first = await me.get(mutualPath(ann, bob)).expect(200);

  assert.deepEqual(first.body.items, [], 'none among the first looked at');
  assert.ok(first.body.nextCursor);
  assert.deepEqual(await mutual(me, ann, bob), common);
});

test('shows nobody who is hidden from the viewer, and nobody to whom the athlete is', async () => {
  const [me, ann, ...friends] = await several(6);
  const [bob, cid, dee, eve] = friends;
  assert.ok(me && ann && bob && cid && dee && eve);
  for (const friend of friends) {
    await follow(me, friend);
    await follow(friend, ann);
  }
  await cid.put(`/v1/athletes/${me.athleteId}/block`).expect(204);
  await me.put(`/v1/athletes/${dee.athleteId}/block`).expect(204);
  await suspend(api.app.graph, eve.athleteId);

  assert.deepEqual(await mutual(me, ann), [bob.athleteId]);

  await ann.put(`/v1/athletes/${me.athleteId}/block`).expect(204);
  await me.get(mutualPath(ann)).expect(404);
  await me.get(mutualPath(bob, ann)).expect(404);
});

test('of a closed profile one sees whom one follows, and its followers only as one of them', async () => {
  const [me, bob, cid] = await several(3);
  const ann = await api.newAthlete({ approvesFollowers: true });
  assert.ok(me && bob && cid);
  for (const follower of [bob, cid]) {
    await follow(follower, ann);
    await accept(ann, follower);
  }
  await follow(me, bob);
  await follow(cid, bob);

  assert.deepEqual(await mutual(me, ann), [bob.athleteId]);
  await me.get(mutualPath(ann, bob)).expect(403);
  await me.get(mutualPath(bob, ann)).expect(403);
  assert.deepEqual(await mutual(cid, ann, bob), [cid.athleteId]);
});

test('refuses what is no question', async () => {
  const [me, ann] = await several(2);
  assert.ok(me && ann);
  await me.get(mutualPath(ann, ann)).expect(400);
  await me.get(`${mutualPath(ann)}?with=x`).expect(400);
  await me.get(`${mutualPath(ann)}?cursor=x`).expect(400);
  await me.get(`/v1/athletes/${randomUUID()}/mutual-followers`).expect(404);
  await me.get(`${mutualPath(ann)}?with=${randomUUID()}`).expect(404);
  await api.anyone.get(mutualPath(ann)).expect(401);
});
