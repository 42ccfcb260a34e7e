import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startApi, type TestAthlete } from '../../support/app.js';
import { suspend } from '../../support/graph.js';

const api = await startApi();
after(() => api.stop());

const follow = (who: TestAthlete, whom: TestAthlete) => who.put(`/v1/athletes/${whom.athleteId}/follow`);
const several = (count: number) => Promise.all(Array.from({ length: count }, () => api.newAthlete()));

/** All ids of a list, page by page. */
async function idsOf(viewer: TestAthlete, path: string, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const rest: string = cursor && `&cursor=${cursor}`;
    const page = await viewer.get(`${path}?limit=${limit}${rest}`).expect(200);
    assert.ok(page.body.items.length <= limit);
    ids.push(...page.body.items.map(({ athleteId }: TestAthlete) => athleteId));
    cursor = page.body.nextCursor;
  }
  return ids;
}

test('lists followers and followed page by page, the latest first, each once', async () => {
  const ann = await api.newAthlete();
  const others = await several(7);
  for (const other of others) {
    await follow(other, ann).expect(200);
    await follow(ann, other).expect(200);
  }
  const latestFirst = others.map(({ athleteId }) => athleteId).reverse();

  for (const limit of [1, 3, 7, 100]) {
    for (const list of ['followers', 'following']) {
      const ids = await idsOf(ann, `/v1/athletes/${ann.athleteId}/${list}`, limit);
      assert.deepEqual(ids, latestFirst, `${list} by ${limit}`);
    }
  }
});

test('follows of one instant come in a total order', async () => {
  const instant = new Date();
  const frozen = await startApi({}, () => instant);
  const ann = await frozen.newAthlete();
  const others = await Promise.all(Array.from({ length: 6 }, () => frozen.newAthlete()));
  await Promise.all(others.map((other) => follow(other, ann).expect(200)));

  const ids = await idsOf(ann, `/v1/athletes/${ann.athleteId}/followers`, 2);

  assert.deepEqual(
    ids,
    others
      .map(({ athleteId }) => athleteId)
      .sort()
      .reverse(),
  );
  await frozen.stop();
});

test('an entry tells how the viewer stands to it', async () => {
  const [ann, bob, cid] = await Promise.all([api.newAthlete(), api.newAthlete(), api.newAthlete()]);
  await follow(ann, bob).expect(200);
  await follow(cid, ann).expect(200);
  await follow(ann, cid).expect(200);

  const { body } = await cid.get(`/v1/athletes/${bob.athleteId}/followers`).expect(200);

  assert.deepEqual(body, {
    items: [
      {
        athleteId: ann.athleteId,
        displayName: ann.displayName,
        approvesFollowers: false,
        following: 'following',
        followsYou: true,
      },
    ],
    nextCursor: null,
  });
});

test('the lists of a closed profile are for its followers', async () => {
  const ann = await api.newAthlete({ approvesFollowers: true });
  const [bob, cid] = await Promise.all([api.newAthlete(), api.newAthlete()]);
  await follow(bob, ann).expect(200);
  await ann.put(`/v1/follow-requests/${bob.athleteId}`).expect(204);

  for (const list of ['followers', 'following']) {
    const path = `/v1/athletes/${ann.athleteId}/${list}`;
    await bob.get(path).expect(200);
    await ann.get(path).expect(200);
    const refused = await cid.get(path).expect(403);
    assert.equal(refused.body.type, '/problems/forbidden');
  }
});

test('follow requests are listed for nobody but whom they ask, the latest first', async () => {
  const ann = await api.newAthlete({ approvesFollowers: true });
  const others = await several(3);
  for (const other of others) await follow(other, ann).expect(200);

  assert.deepEqual(
    await idsOf(ann, '/v1/follow-requests', 2),
    others.map(({ athleteId }) => athleteId).reverse(),
  );
  for (const other of others) assert.deepEqual(await idsOf(other, '/v1/follow-requests', 2), []);
});

test('whoever was suspended is in no list', async () => {
  const [ann, bob] = await Promise.all([api.newAthlete(), api.newAthlete()]);
  await follow(bob, ann).expect(200);
  await suspend(api.app.graph, bob.athleteId);

  assert.deepEqual(await idsOf(ann, `/v1/athletes/${ann.athleteId}/followers`, 20), []);
});

test('a page has one to a hundred entries and a cursor of its own', async () => {
  const ann = await api.newAthlete();
  const path = `/v1/athletes/${ann.athleteId}/followers`;

  for (const query of ['limit=0', 'limit=101', 'limit=x', 'cursor=%20', 'page=2']) {
    await ann.get(`${path}?${query}`).expect(400);
  }
});
