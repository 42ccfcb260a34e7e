import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { ask, suspend } from '../../support/graph.js';
import { type Doing, morning, plantRides, SATURDAY } from '../../support/habits.js';
import { settled } from '../../support/settled.js';
import { finished, upload } from '../../support/uploads.js';

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

/** A place that no other test knows. */
const somewhere = (): Doing['spot'] => ({
  latitude: 120 * Math.random() - 60,
  longitude: 340 * Math.random() - 170,
});
const does = ({ athleteId }: TestAthlete, doing: Doing) => plantRides(api.app, athleteId, doing);

async function looks(athlete: TestAthlete, isOpenToTraining = true): Promise<void> {
  await athlete.patch('/v1/athletes/me', { isOpenToTraining }).expect(200);
  await settled(api.app, athlete.athleteId);
}

async function somebodyWho(doing: Doing): Promise<TestAthlete> {
  const athlete = await api.newAthlete();
  await does(athlete, doing);
  await looks(athlete);
  return athlete;
}

interface Shown {
  readonly athlete: { readonly athleteId: string };
  readonly reasons: readonly Record<string, unknown>[];
}
async function partnersOf(athlete: TestAthlete): Promise<readonly Shown[]> {
  const { body } = await athlete.get('/v1/recommendations/training-partners').expect(200);
  return body.items;
}
const isShown = async (viewer: TestAthlete, other: TestAthlete) =>
  (await partnersOf(viewer)).some(({ athlete }) => athlete.athleteId === other.athleteId);

async function pair(): Promise<{ viewer: TestAthlete; other: TestAthlete; spot: Doing['spot'] }> {
  const spot = somewhere();
  const [viewer, other] = await Promise.all([somebodyWho({ spot }), somebodyWho({ spot })]);
  return { viewer, other, spot };
}

test('shows who trains on the same days in the same place at the same pace, and says so', async () => {
  const spot = somewhere();
  const viewer = await somebodyWho({ spot, speedMetersPerSecond: 8 });
  await does(viewer, { spot, weekday: 2 });
  await looks(viewer);
  const other = await api.newAthlete();
  await does(other, { spot, speedMetersPerSecond: 8.5 });
  await does(other, { spot, weekday: 2, speedMetersPerSecond: 8.5, weeksAgo: [1, 3, 4] });
  await looks(other);

  const [shown, ...rest] = await partnersOf(viewer);

  assert.equal(rest.length, 0);
  assert.equal(shown?.athlete.athleteId, other.athleteId);
  const [{ places, ...reason } = {}, ...reasons] = shown.reasons;
  assert.deepEqual(reasons, []);
  assert.deepEqual(reason, {
    kind: 'yourTraining',
    words: 'Rides on Tuesdays and Saturdays where you do, at your pace',
    sport: 'ride',
    weekdays: [2, SATURDAY],
  });
  // A place is no more than the middle of a cell of eleven kilometres.
  assert.ok(Array.isArray(places) && places.length === 1);
  const [latitude] = places[0];
  assert.ok(Math.abs(latitude - spot.latitude) <= 0.06);
  assert.equal(latitude, Number(latitude.toFixed(2)));
});

const different: Readonly<Record<string, Partial<Doing>>> = {
  'on other days': { weekday: 3 },
  'another sport': { sport: 'run' },
  'much faster': { speedMetersPerSecond: 11 },
  'much slower': { speedMetersPerSecond: 6 },
  'only once': { weeksAgo: [1] },
  'no longer': { weeksAgo: [14, 15] },
  'for their followers': { visibility: 'followers' },
  'with a map for nobody': { mapVisibility: 'onlyMe' },
};
for (const [how, doing] of Object.entries(different)) {
  test(`shows nobody who trains ${how}`, async () => {
    const spot = somewhere();
    const viewer = await somebodyWho({ spot });

    const other = await somebodyWho({ spot, ...doing });

    assert.deepEqual([await isShown(viewer, other), await isShown(other, viewer)], [false, false]);
  });
}

const hiding: Readonly<Record<string, (viewer: TestAthlete, other: TestAthlete) => Promise<unknown>>> = {
  'who looks for no company': (_, other) => looks(other, false),
  'while one looks for none': (viewer) => looks(viewer, false),
  'whom one mutes': (viewer, other) => viewer.put(`/v1/athletes/${other.athleteId}/mute`).expect(204),
  'whom one blocks': (viewer, other) => viewer.put(`/v1/athletes/${other.athleteId}/block`).expect(204),
  'who blocks one': (viewer, other) => other.put(`/v1/athletes/${viewer.athleteId}/block`).expect(204),
  'who was suspended': (_, other) => suspend(api.app.graph, other.athleteId),
  'in whom one is not interested': (viewer, other) =>
    viewer.put(`/v1/recommendations/athletes/${other.athleteId}/dismissal`).expect(204),
  'of whom zones hide what is not worked out yet': (_, other) =>
    ask(api.app.graph, 'MATCH (athlete:Athlete {athleteId: $id}) SET athlete.zonesDue = 1', {
      id: other.athleteId,
    }),
};
for (const [who, hide] of Object.entries(hiding)) {
  test(`shows nobody ${who}`, async () => {
    const { viewer, other } = await pair();
    assert.ok(await isShown(viewer, other));

    await hide(viewer, other);

    assert.ok(!(await isShown(viewer, other)));
  });
}

test('shows whom one follows as well', async () => {
  const { viewer, other } = await pair();

  await viewer.put(`/v1/athletes/${other.athleteId}/follow`).expect(200);

  assert.ok(await isShown(viewer, other));
});

test('keeps nothing of who looks for no company any more, or is gone', async () => {
  const { viewer, other } = await pair();

  await looks(viewer, false);
  await other.delete('/v1/athletes/me', { password: other.password }).expect(204);
  await settled(api.app, other.athleteId);

  const [left] = await ask<{ ties: number; habits: number }>(
    api.app.graph,
    `RETURN COUNT { (athlete:Athlete)-[:HABITUALLY]->() WHERE athlete.athleteId IN $ids } AS ties,
       COUNT { (habit:Habit) WHERE NOT (habit)<-[:HABITUALLY]-() } AS habits`,
    { ids: [viewer.athleteId, other.athleteId] },
  );
  assert.deepEqual(left, { ties: 0, habits: 0 });
});

test('follows what athletes upload, share, hide and delete', async () => {
  const [viewer, other] = await Promise.all([api.newAthlete(), api.newAthlete()]);
  await Promise.all([looks(viewer), looks(other)]);
  const activityIds: string[] = [];
  for (const athlete of [viewer, other]) {
    for (const weeks of [1, 2]) {
      const ride = simulateRide({
        durationSeconds: 900,
        seed: 41 + weeks,
        startedAt: morning(SATURDAY, weeks),
      });
      const { body } = await upload(athlete, 'ride.fit', rideAsFit(ride), { visibility: 'everyone' }).expect(
        202,
      );
      const done = await finished(athlete, body.uploadId);
      activityIds.push(...done.activityIds);
    }
  }
  await settled(api.app, ...activityIds);
  assert.ok(await isShown(viewer, other));
  const [hidden = ''] = activityIds.slice(2);

  await other.patch(`/v1/activities/${hidden}`, { visibility: 'onlyMe' }).expect(200);
  await settled(api.app, hidden);
  assert.ok(!(await isShown(viewer, other)));

  await other.patch(`/v1/activities/${hidden}`, { visibility: 'everyone' }).expect(200);
  await settled(api.app, hidden);
  assert.ok(await isShown(viewer, other));

  // Nothing is left of a ride all of whose way is near a hidden place, and it comes back with it.
  const zone = { kind: 'place', position: positionOf(await read(other, hidden)), size: 'large' };
  const { body } = await other.post('/v1/athletes/me/privacy-zones', zone).expect(201);
  await settled(api.app, `zones:${other.athleteId}`);
  await other.delete(`/v1/athletes/me/privacy-zones/${body.zoneId}`);
  await settled(api.app, `zones:${other.athleteId}`);
  assert.ok(await isShown(viewer, other));

  await other.delete(`/v1/activities/${hidden}`).expect(204);
  await settled(api.app, hidden);
  assert.ok(!(await isShown(viewer, other)));
});

async function read(athlete: TestAthlete, activityId: string) {
  const { body } = await athlete
    .get(`/v1/activities/${activityId}/streams?channels=position&points=2`)
    .expect(200);
  return body.channels.position as readonly (readonly [number, number])[];
}
const positionOf = ([first]: readonly (readonly [number, number])[]) => first;
