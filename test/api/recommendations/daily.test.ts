import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { suggestDaily } from '../../../api/recommendations/suggest.job.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { emissionsOf } from '../../support/graph.js';
import { type Doing, plantRides } from '../../support/habits.js';
import { settled } from '../../support/settled.js';

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

/** A zone in which it is that hour now; POSIX counts them from Greenwich to the west. */
function zoneWhereItIs(hour: number): string {
  const east = ((((hour - new Date().getUTCHours() + 12) % 24) + 24) % 24) - 12;
  if (east === 0) return 'UTC';
  return `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
}

const follow = (athlete: TestAthlete, ...others: readonly TestAthlete[]) =>
  Promise.all(others.map(({ athleteId }) => athlete.put(`/v1/athletes/${athleteId}/follow`).expect(200)));

/** Somebody for whom it is no morning yet, so that no worker seeks anything before the test has made its world. */
const newAthlete = () => api.newAthlete({ timeZone: zoneWhereItIs(15) });

/** It becomes morning for somebody, and something to suggest is sought. */
async function wakesUp(athlete: TestAthlete): Promise<void> {
  await settled(api.app, athlete.athleteId);
  await athlete.patch('/v1/athletes/me', { timeZone: zoneWhereItIs(7) }).expect(200);
  await suggestDaily.run(api.app);
}

async function suggestionOf(athlete: TestAthlete) {
  const { body } = await athlete.get('/v1/recommendations/daily').expect(200);
  return body.suggestion;
}

/** Somebody, `count` whom they follow, and one whom these follow. */
async function circle(count: number) {
  const [viewer, found, ...friends] = await Promise.all(Array.from({ length: 2 + count }, newAthlete));
  assert.ok(viewer && found);
  await follow(viewer, ...friends);
  await Promise.all(friends.map((friend) => follow(friend, found)));
  return { viewer, found, friends };
}

test('suggests in the morning somebody whom several know whom one follows, and tells of it', async () => {
  const { viewer, found } = await circle(3);
  const emissions = emissionsOf(api.app.graph);
  const wokenAt = Date.now();

  await wakesUp(viewer);

  const { suggestedAt, ...suggestion } = await suggestionOf(viewer);
  assert.ok(wokenAt <= Date.parse(suggestedAt) && Date.parse(suggestedAt) <= Date.now());
  assert.equal(suggestion.kind, 'athleteToFollow');
  assert.equal(suggestion.athlete.athleteId, found.athleteId);
  assert.equal(suggestion.reasons[0].words, '3 people you follow follow them');
  assert.deepEqual(
    emissions.filter(({ type, key }) => type === 'recommendation.suggested' && key === viewer.athleteId)
      .length,
    1,
  );
});

test('suggests nothing that is not worth it', async () => {
  const { viewer } = await circle(2);

  await wakesUp(viewer);

  assert.equal(await suggestionOf(viewer), null);
});

test('suggests nothing that a list has shown', async () => {
  const { viewer } = await circle(3);
  await viewer.get('/v1/recommendations/athletes').expect(200);
  await api.app.impressions.settled();

  await wakesUp(viewer);

  assert.equal(await suggestionOf(viewer), null);
});

test('suggests nothing to whom it is not morning', async () => {
  const { viewer } = await circle(3);

  await suggestDaily.run(api.app);

  assert.equal(await suggestionOf(viewer), null);
});

test('suggests once a day', async () => {
  const { viewer, found } = await circle(2);
  await wakesUp(viewer);
  const another = await newAthlete();
  await follow(viewer, another);
  await follow(another, found);

  await suggestDaily.run(api.app);

  assert.equal(await suggestionOf(viewer), null);
});

const ending: Readonly<Record<string, (viewer: TestAthlete, found: TestAthlete) => Promise<unknown>>> = {
  'that one dismissed': (viewer, found) =>
    viewer.put(`/v1/recommendations/athletes/${found.athleteId}/dismissal`).expect(204),
  'that one follows': (viewer, found) => follow(viewer, found),
  'that blocks one': (viewer, found) => found.put(`/v1/athletes/${viewer.athleteId}/block`).expect(204),
};
for (const [what, end] of Object.entries(ending)) {
  test(`shows no suggestion any more ${what}`, async () => {
    const { viewer, found } = await circle(3);
    await wakesUp(viewer);
    assert.equal((await suggestionOf(viewer)).athlete.athleteId, found.athleteId);

    await end(viewer, found);

    assert.equal(await suggestionOf(viewer), null);
  });
}

test('suggests a club in which several are whom one follows', async () => {
  const { viewer, friends } = await circle(3);
  const [founder, ...others] = friends;
  assert.ok(founder);
  const { body } = await founder.post('/v1/clubs', { name: 'Hills', visibility: 'public' }).expect(201);
  await Promise.all(others.map((each) => each.put(`/v1/clubs/${body.clubId}/membership`).expect(200)));

  await wakesUp(viewer);

  const suggestion = await suggestionOf(viewer);
  assert.equal(suggestion.kind, 'clubToJoin');
  assert.equal(suggestion.club.clubId, body.clubId);
});

test('suggests company to whoever looks for it', async () => {
  const doing: Doing = {
    spot: { latitude: -70 - Math.random(), longitude: 300 * Math.random() - 150 },
    weeksAgo: [1, 2, 3, 4, 5, 6],
  };
  const [viewer, other] = await Promise.all([newAthlete(), newAthlete()]);
  for (const athlete of [viewer, other]) {
    await plantRides(api.app, athlete.athleteId, doing);
    await athlete.patch('/v1/athletes/me', { isOpenToTraining: true }).expect(200);
    await settled(api.app, athlete.athleteId);
  }

  await wakesUp(viewer);

  const suggestion = await suggestionOf(viewer);
  assert.equal(suggestion.kind, 'trainingPartner');
  assert.equal(suggestion.athlete.athleteId, other.athleteId);
});

test('keeps no suggestion of or to who is gone', async () => {
  const { viewer, found } = await circle(3);
  await wakesUp(viewer);

  await found.delete('/v1/athletes/me', { password: found.password }).expect(204);
  await settled(api.app, found.athleteId);

  assert.equal(await suggestionOf(viewer), null);
});
