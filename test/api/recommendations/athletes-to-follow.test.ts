import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { suspend } from '../../support/graph.js';

let api: TestApi;
before(async () => {
  api = await startApi();
});
after(() => api.stop());

const follow = (athlete: TestAthlete, ...others: readonly TestAthlete[]) =>
  Promise.all(others.map(({ athleteId }) => athlete.put(`/v1/athletes/${athleteId}/follow`).expect(200)));
const newAthletes = (count: number, fields = {}) =>
  Promise.all(Array.from({ length: count }, () => api.newAthlete(fields)));

async function shownTo(athlete: TestAthlete, limit = 50) {
  const { body } = await athlete.get(`/v1/recommendations/athletes?limit=${limit}`).expect(200);
  return body.items as {
    athlete: { athleteId: string };
    reasons: { kind: string; words: string; count?: number; athletes?: { athleteId: string }[] }[];
  }[];
}
const idsShownTo = async (athlete: TestAthlete) =>
  (await shownTo(athlete)).map(({ athlete: { athleteId } }) => athleteId);

/** Somebody, three whom they follow, and one whom these follow. */
async function circle() {
  const [viewer, ...friends] = await newAthletes(4);
  const found = await api.newAthlete();
  assert.ok(viewer);
  await follow(viewer, ...friends);
  await Promise.all(friends.map((friend) => follow(friend, found)));
  return { viewer, friends, found };
}

test('recommends whom those one follows follow, and says so', async () => {
  const { viewer, friends, found } = await circle();

  const [first] = await shownTo(viewer);

  assert.equal(first?.athlete.athleteId, found.athleteId);
  const [reason] = first.reasons;
  assert.equal(reason?.kind, 'followedByYours');
  assert.equal(reason.words, '3 people you follow follow them');
  assert.equal(reason.count, 3);
  assert.deepEqual(
    reason.athletes?.map(({ athleteId }) => athleteId).sort(),
    friends.map(({ athleteId }) => athleteId).sort(),
  );
});

const hiding: Readonly<Record<string, (viewer: TestAthlete, found: TestAthlete) => Promise<unknown>>> = {
  'whom one follows': (viewer, found) => follow(viewer, found),
  'whom one mutes': (viewer, found) => viewer.put(`/v1/athletes/${found.athleteId}/mute`).expect(204),
  'whom one blocks': (viewer, found) => viewer.put(`/v1/athletes/${found.athleteId}/block`).expect(204),
  'who blocks one': (viewer, found) => found.put(`/v1/athletes/${viewer.athleteId}/block`).expect(204),
  'whom one asked': async (viewer, found) => {
    await found.patch('/v1/athletes/me', { approvesFollowers: true }).expect(200);
    await follow(viewer, found);
  },
  'who does not want to be': (_, found) =>
    found.patch('/v1/athletes/me', { isRecommendable: false }).expect(200),
  'who was suspended': (_, found) => suspend(api.app.graph, found.athleteId),
  'in whom one is not interested': (viewer, found) =>
    viewer.put(`/v1/recommendations/athletes/${found.athleteId}/dismissal`).expect(204),
};

for (const [who, hide] of Object.entries(hiding)) {
  test(`recommends nobody ${who}`, async () => {
    const { viewer, found } = await circle();
    assert.ok((await idsShownTo(viewer)).includes(found.athleteId));

    await hide(viewer, found);

    assert.ok(!(await idsShownTo(viewer)).includes(found.athleteId));
  });
}

test('counts no friend who is hidden from whoever asks', async () => {
  const { viewer, friends, found } = await circle();
  await suspend(api.app.graph, friends[0]?.athleteId ?? '');

  const shown = await shownTo(viewer);

  const reason = shown.find(({ athlete }) => athlete.athleteId === found.athleteId)?.reasons[0];
  assert.equal(reason?.words, '2 people you follow follow them');
  assert.equal(reason.count, 2);
});

test('a dismissal that was taken back is none', async () => {
  const { viewer, found } = await circle();
  const path = `/v1/recommendations/athletes/${found.athleteId}/dismissal`;
  await viewer.put(path).expect(204);
  await viewer.put(path).expect(204);

  await viewer.delete(path).expect(204);
  await viewer.delete(path).expect(204);

  assert.ok((await idsShownTo(viewer)).includes(found.athleteId));
});

test('a dismissal tells nothing of who is not there', async () => {
  const [viewer, blocking] = await newAthletes(2);
  assert.ok(viewer && blocking);
  await blocking.put(`/v1/athletes/${viewer.athleteId}/block`).expect(204);

  for (const id of [randomUUID(), blocking.athleteId, viewer.athleteId])
    await viewer.put(`/v1/recommendations/athletes/${id}/dismissal`).expect(404);
});

test('somebody new is shown others of the same place, first those of the same sports', async () => {
  const region = `Müntschemier ${randomUUID().slice(0, 8)}`;
  const near = await api.newAthlete({ homeRegion: region });
  const alike = await api.newAthlete({ homeRegion: region.toUpperCase(), sports: ['row', 'ride'] });
  const other = await api.newAthlete({ homeRegion: region.replace('ü', 'u') });
  const viewer = await api.newAthlete({ homeRegion: region, sports: ['ride'] });

  const shown = await shownTo(viewer);

  const ids = shown.map(({ athlete }) => athlete.athleteId);
  assert.equal(ids[0], alike.athleteId);
  assert.deepEqual(ids.slice(1).sort(), [near.athleteId, other.athleteId].sort());
  assert.deepEqual(
    shown[0]?.reasons.map(({ words }) => words),
    ['Is at home where you are', 'Does what you do: ride'],
  );
});

test('what somebody is recommended by shows in no profile but their own', async () => {
  const fields = { homeRegion: 'Ins', sports: ['run'], isRecommendable: false };
  const [athlete, other] = [await api.newAthlete(fields), await api.newAthlete()];

  const { body: own } = await athlete.get('/v1/athletes/me').expect(200);
  const { body: seen } = await other.get(`/v1/athletes/${athlete.athleteId}`).expect(200);

  assert.deepEqual(
    [own.homeRegion, own.sports, own.isRecommendable],
    [fields.homeRegion, fields.sports, fields.isRecommendable],
  );
  for (const field of Object.keys(fields)) assert.ok(!(field in seen), field);
});

test('a new follow changes the answer at once', async () => {
  const [viewer, friend, found] = await newAthletes(3);
  assert.ok(viewer && friend && found);
  await follow(friend, found);
  assert.deepEqual(await idsShownTo(viewer), []);

  await follow(viewer, friend);

  assert.deepEqual(await idsShownTo(viewer), [found.athleteId]);
});
