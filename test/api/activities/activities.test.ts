import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { decodePolyline } from '../../../timeseries/tracks/polyline.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { finished, upload } from '../../support/uploads.js';

const SWIM = {
  name: 'Across the lake',
  sport: 'openWaterSwim',
  startedAt: '2026-07-04T06:30:00+02:00',
  elapsedSeconds: 2_400,
  distanceMeters: 1_800,
};

let api: TestApi;
let athlete: TestAthlete;

before(async () => {
  api = await startApi();
  await api.work();
  athlete = await api.newAthlete({ timeZone: 'Europe/Zurich' });
});
after(() => api.stop());

test('an activity made by hand says what its athlete said', async () => {
  const { body, headers } = await athlete.post('/v1/activities', SWIM).expect(201);

  const { activityId, createdAt, ...rest } = body;
  assert.equal(headers.location, `/v1/activities/${activityId}`);
  assert.ok(Date.parse(createdAt));
  assert.deepEqual(rest, {
    athlete: { athleteId: athlete.athleteId, displayName: athlete.displayName },
    name: 'Across the lake',
    description: null,
    sport: 'openWaterSwim',
    visibility: 'followers',
    mapVisibility: 'everyone',
    heartRateVisibility: 'everyone',
    powerVisibility: 'everyone',
    cadenceVisibility: 'everyone',
    temperatureVisibility: 'everyone',
    hidesStartTime: false,
    hidesFromHomeFeed: false,
    startedAt: '2026-07-04T04:30:00.000Z',
    startedAtLocal: '2026-07-04T06:30:00',
    startedOn: '2026-07-04',
    timeZone: 'Europe/Zurich',
    device: null,
    source: 'manual',
    uploadId: null,
    distanceMeters: 1_800,
    movingSeconds: 2_400,
    elapsedSeconds: 2_400,
    climbMeters: null,
    descentMeters: null,
    minAltitudeMeters: null,
    maxAltitudeMeters: null,
    averageSpeedMetersPerSecond: 0.75,
    maxSpeedMetersPerSecond: null,
    averageHeartRateBpm: null,
    maxHeartRateBpm: null,
    averageCadenceRpm: null,
    maxCadenceRpm: null,
    averagePowerWatts: null,
    maxPowerWatts: null,
    averageTemperatureCelsius: null,
    energyKilocalories: null,
    channels: [],
    polyline: null,
    laps: [],
    bestEfforts: { bestDistances: [], bestPowers: [] },
  });
});

test('a profile says what an activity that does not say it is shown to', async () => {
  const shy = await api.newAthlete({ defaultVisibility: 'onlyMe' });

  const [silent, loud] = [
    await shy.post('/v1/activities', SWIM).expect(201),
    await shy.post('/v1/activities', { ...SWIM, visibility: 'everyone' }).expect(201),
  ];

  assert.deepEqual([silent.body.visibility, loud.body.visibility], ['onlyMe', 'everyone']);
});

test('a recorded activity has figures, laps, best efforts and its way', async () => {
  const ride = simulateRide({ durationSeconds: 1_800, seed: 5 });
  const { body: accepted } = await upload(athlete, 'ride.fit', rideAsFit(ride)).expect(202);
  const { activityIds } = await finished(athlete, accepted.uploadId);

  const { body } = await athlete.get(`/v1/activities/${activityIds[0]}`).expect(200);

  assert.equal(body.uploadId, accepted.uploadId);
  assert.equal(body.source, 'upload');
  assert.ok(body.laps.length >= 1);
  assert.ok(body.bestEfforts.bestPowers.length > 0);
  assert.ok(body.movingSeconds <= body.elapsedSeconds);
  const way = decodePolyline(body.polyline);
  assert.ok(way.latitude.length >= 2);
  for (const figure of ['distanceMeters', 'climbMeters', 'averageHeartRateBpm', 'maxPowerWatts']) {
    assert.ok(body[figure] > 0, figure);
  }
});

for (const [reason, change] of [
  ['a sport that there is not', { sport: 'quidditch' }],
  ['a name without a letter', { name: '   ' }],
  ['more moving than passing time', { movingSeconds: 2_401 }],
  ['a start without an offset', { startedAt: '2026-07-04T06:30:00' }],
  ['a start before there were watches', { startedAt: '1950-07-04T06:30:00Z' }],
  ['a start in the future', { startedAt: '2999-07-04T06:30:00Z' }],
  ['a distance beyond the Earth', { distanceMeters: 50_000_000 }],
  ['an unknown field', { kudos: 5 }],
] as const) {
  test(`an activity by hand is refused with ${reason}`, async () => {
    const { body } = await athlete.post('/v1/activities', { ...SWIM, ...change }).expect(422);

    assert.equal(body.type, '/problems/bad-body');
    assert.deepEqual(
      body.errors.map(({ path }: { path: string }) => path),
      [Object.keys(change)[0]],
    );
  });
}

test('the same request with one idempotency key makes one activity', async () => {
  const one = await api.newAthlete();
  const send = () => one.post('/v1/activities', SWIM).set('Idempotency-Key', 'the-one-swim').expect(201);

  const [first, second] = [await send(), await send()];

  const { body } = await one.get(`/v1/athletes/${one.athleteId}/activities`).expect(200);
  assert.equal(first.body.activityId, second.body.activityId);
  assert.equal(body.items.length, 1);
});

test('an edit sets what it names, clears with null and leaves the rest', async () => {
  const { body: made } = await athlete.post('/v1/activities', { ...SWIM, description: 'cold' }).expect(201);
  const path = `/v1/activities/${made.activityId}`;

  const { body: renamed } = await athlete.patch(path, { name: 'Swim', sport: 'swim' }).expect(200);
  const { body: cleared } = await athlete.patch(path, { description: null }).expect(200);

  assert.deepEqual(renamed, { ...made, name: 'Swim', sport: 'swim' });
  assert.deepEqual(cleared, { ...renamed, description: null });
  assert.deepEqual((await athlete.get(path)).body, cleared);
});

test('an edit or a deletion of what has changed meanwhile is refused', async () => {
  const { body, headers } = await athlete.post('/v1/activities', SWIM).expect(201);
  const path = `/v1/activities/${body.activityId}`;
  const stale = String(headers.etag);
  const edited = await athlete.patch(path, { name: 'Swim' }).set('If-Match', stale).expect(200);
  const current = String(edited.headers.etag);

  const edit = await athlete.patch(path, { name: 'Bath' }).set('If-Match', stale).expect(412);
  await athlete.delete(path).set('If-Match', stale).expect(412);

  assert.equal(edit.body.type, '/problems/stale-version');
  assert.equal((await athlete.get(path)).body.name, 'Swim');
  assert.equal((await athlete.get(path)).headers.etag, current);
  await athlete.delete(path).set('If-Match', current).expect(204);
});

test('of two edits at once that name the same version one wins', async () => {
  const { body, headers } = await athlete.post('/v1/activities', SWIM).expect(201);
  const edit = (name: string) =>
    athlete.patch(`/v1/activities/${body.activityId}`, { name }).set('If-Match', String(headers.etag));

  const answers = await Promise.all([edit('One'), edit('Two'), edit('Three')]);

  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412]);
});

test('a reader who has it already is told that nothing changed', async () => {
  const { body } = await athlete.post('/v1/activities', SWIM).expect(201);
  const path = `/v1/activities/${body.activityId}`;
  const { headers } = await athlete.get(path).expect(200);

  await athlete.get(path).set('If-None-Match', String(headers.etag)).expect(304);
});

test('the owner gets the very bytes back that were uploaded, under their name', async () => {
  const bytes = Buffer.from(rideAsFit(simulateRide({ durationSeconds: 120, seed: 6 })));
  const { body: accepted } = await upload(athlete, 'über "die" Berge.fit', bytes).expect(202);
  const { activityIds } = await finished(athlete, accepted.uploadId);

  const { body, headers } = await athlete
    .get(`/v1/activities/${activityIds[0]}/original`)
    .buffer(true)
    .expect(200);

  assert.deepEqual(body, bytes);
  assert.match(String(headers['content-disposition']), /^attachment; filename=".*"; filename\*=UTF-8''/);
});

test('an activity by hand has no original file', async () => {
  const { body } = await athlete.post('/v1/activities', SWIM).expect(201);

  await athlete.get(`/v1/activities/${body.activityId}/original`).expect(404);
});
