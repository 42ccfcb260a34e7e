import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { settled } from '../../support/settled.js';
import { finished, upload } from '../../support/uploads.js';

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

const DEFAULTS = {
  defaultVisibility: 'everyone',
  defaultMapVisibility: 'followers',
  defaultHeartRateVisibility: 'clubMates',
  defaultPowerVisibility: 'onlyMe',
  defaultCadenceVisibility: 'followers',
  defaultTemperatureVisibility: 'clubMates',
  defaultHidesStartTime: true,
  defaultHidesFromHomeFeed: true,
} as const;

const AS_PROFILE = {
  visibility: 'everyone',
  mapVisibility: 'followers',
  heartRateVisibility: 'clubMates',
  powerVisibility: 'onlyMe',
  cadenceVisibility: 'followers',
  temperatureVisibility: 'clubMates',
  hidesStartTime: true,
  hidesFromHomeFeed: true,
} as const;

test('a new activity is shared as the profile says, made by hand or uploaded', async () => {
  const athlete = await api.newAthlete(DEFAULTS);
  const { body: made } = await athlete.post('/v1/activities', LOOP).expect(201);
  const recorded = await uploaded(athlete, {});

  assert.deepEqual([sharingOf(made), sharingOf(recorded)], [AS_PROFILE, AS_PROFILE]);
});

test('what is said of one activity beats the profile, and the rest stays as it is there', async () => {
  const athlete = await api.newAthlete(DEFAULTS);
  const said = { powerVisibility: 'everyone', hidesStartTime: false, hidesFromHomeFeed: false } as const;
  const { body: made } = await athlete.post('/v1/activities', { ...LOOP, ...said }).expect(201);
  const fields = { powerVisibility: 'everyone', hidesStartTime: 'false', hidesFromHomeFeed: 'false' };
  const recorded = await uploaded(athlete, fields);

  assert.deepEqual(sharingOf(made), { ...AS_PROFILE, ...said });
  assert.deepEqual(sharingOf(recorded), { ...AS_PROFILE, ...said });
});

test('changing the profile changes no activity that is there', async () => {
  const athlete = await api.newAthlete();
  const { body: made } = await athlete.post('/v1/activities', LOOP).expect(201);

  await athlete.patch('/v1/athletes/me', DEFAULTS).expect(200);

  const { body } = await athlete.get(`/v1/activities/${made.activityId}`).expect(200);
  assert.deepEqual(body, made);
});

test('what is hidden from home feeds is in those of others no more, and everywhere else as before', async () => {
  const [owner, fan] = [await api.newAthlete(), await api.newAthlete()];
  await fan.put(`/v1/athletes/${owner.athleteId}/follow`).expect(200);
  const { body } = await owner.post('/v1/activities', LOOP).expect(201);
  const path = `/v1/activities/${body.activityId}`;
  await settled(api.app, body.activityId, fan.athleteId);
  const feeds = async () =>
    (await Promise.all([fan, owner].map((reader) => reader.get('/v1/feed').expect(200)))).map(
      ({ body: { items } }) => items.length,
    );
  assert.deepEqual(await feeds(), [1, 1]);

  await owner.patch(path, { hidesFromHomeFeed: true }).expect(200);

  assert.deepEqual(await feeds(), [0, 1]);
  await fan.get(path).expect(200);
  const list = await fan.get(`/v1/athletes/${owner.athleteId}/activities`).expect(200);
  assert.equal(list.body.items.length, 1);
  await owner.patch(path, { hidesFromHomeFeed: false }).expect(200);
  assert.deepEqual(await feeds(), [1, 1]);
});

test('everyone includes who is not logged in, unless the athlete objects', async () => {
  const [owner, stranger] = [await api.newAthlete(), await api.newAthlete()];
  const { body } = await owner.post('/v1/activities', { ...LOOP, visibility: 'everyone' }).expect(201);
  const path = `/v1/activities/${body.activityId}`;
  const paths = [
    path,
    `${path}/streams`,
    `/v1/athletes/${owner.athleteId}`,
    `/v1/athletes/${owner.athleteId}/activities`,
  ];
  for (const each of paths) await api.anyone.get(each).expect(200);

  await owner.patch('/v1/athletes/me', { hidesFromSignedOut: true }).expect(200);

  for (const each of paths) {
    await api.anyone.get(each).expect(404);
    await stranger.get(each).expect(200);
    await owner.get(each).expect(200);
  }
  await owner.patch('/v1/athletes/me', { hidesFromSignedOut: false }).expect(200);
  for (const each of paths) await api.anyone.get(each).expect(200);
});

const LOOP = { name: 'Loop', sport: 'ride', startedAt: '2026-05-01T08:00:00Z', elapsedSeconds: 60 };

async function uploaded(athlete: TestAthlete, fields: Readonly<Record<string, string>>): Promise<object> {
  const ride = simulateRide({ durationSeconds: 60, seed: 3 });
  const { body } = await upload(athlete, 'ride.fit', rideAsFit(ride), fields).expect(202);
  const { activityIds } = await finished(athlete, body.uploadId);
  return (await athlete.get(`/v1/activities/${activityIds[0]}`).expect(200)).body;
}

function sharingOf(activity: object): object {
  return Object.fromEntries(Object.entries(activity).filter(([name]) => name in AS_PROFILE));
}
