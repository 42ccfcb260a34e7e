import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { STREAM_CHANNELS } from '../../../api/activities/shapes.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { finished, upload } from '../../support/uploads.js';

const ride = simulateRide({ durationSeconds: 1_200, seed: 7 });

let api: TestApi;
let athlete: TestAthlete;
let path: string;

before(async () => {
  api = await startApi();
  await api.work();
  athlete = await api.newAthlete();
  path = await streamsOf('ride.fit', rideAsFit(ride));
});
after(() => api.stop());

test('full streams hold every sample of every channel', async () => {
  const { body } = await athlete.get(path).expect(200);

  assert.deepEqual(Object.keys(body.channels), [...STREAM_CHANNELS]);
  assert.equal(body.pointCount, body.originalCount);
  for (const [name, values] of Object.entries(body.channels)) {
    assert.ok(Array.isArray(values) && values.length === body.originalCount, name);
  }
  assert.equal(body.channels.time[0], 0);
  assert.ok(
    body.channels.time.every((second: number, at: number, all: number[]) => second > (all[at - 1] ?? -1)),
  );
});

test('streams answer only the channels that were asked for', async () => {
  const { body } = await athlete.get(`${path}?channels=power,position`).expect(200);

  assert.deepEqual(Object.keys(body.channels), ['position', 'power']);
  assert.equal(body.channels.position[0].length, 2);
});

test('reduced streams keep ends and peaks of what was asked for', async () => {
  const { channels: full } = (await athlete.get(path)).body;

  const { body } = await athlete.get(`${path}?points=60&channels=heartRate,power,altitude,time`).expect(200);

  assert.ok(body.pointCount <= 60 && body.pointCount > 30);
  assert.equal(body.originalCount, full.time.length);
  assert.deepEqual(Object.keys(body.channels), ['time', 'altitude', 'heartRate', 'power']);
  assert.deepEqual(
    [body.channels.time.at(0), body.channels.time.at(-1)],
    [full.time.at(0), full.time.at(-1)],
  );
  for (const name of ['altitude', 'heartRate', 'power']) {
    assert.equal(body.channels[name].length, body.pointCount);
    assert.equal(Math.max(...body.channels[name]), Math.max(...full[name]), name);
  }
});

test('each point of reduced streams is one of the full ones', async () => {
  const { channels: full } = (await athlete.get(path)).body;

  const { channels } = (await athlete.get(`${path}?points=100`).expect(200)).body;

  for (const [at, second] of channels.time.entries()) {
    const original = full.time.indexOf(second);
    for (const name of STREAM_CHANNELS) assert.deepEqual(channels[name][at], full[name][original], name);
  }
});

test('more points than there are give them all', async () => {
  const { body } = await athlete.get(`${path}?points=10000`).expect(200);

  assert.deepEqual(body, (await athlete.get(path)).body);
});

test('a channel that was never measured is absent, and all of them without a recording', async () => {
  const indoors = simulateRide({ durationSeconds: 300, seed: 8, indoor: true });
  const walk = simulateRide({
    durationSeconds: 300,
    seed: 9,
    sport: 'hike',
    startedAt: new Date('2026-05-03T08:00:00Z'),
  });
  const swim = { name: 'Swim', sport: 'swim', startedAt: '2026-05-01T08:00:00Z', elapsedSeconds: 60 };
  const { body: manual } = await athlete.post('/v1/activities', swim).expect(201);

  const inside = (await athlete.get(await streamsOf('indoors.fit', rideAsFit(indoors))).expect(200)).body;
  const outside = (await athlete.get(await streamsOf('walk.fit', rideAsFit(walk))).expect(200)).body;
  const none = await athlete.get(`/v1/activities/${manual.activityId}/streams?points=50`).expect(200);

  assert.deepEqual(['position' in inside.channels, 'power' in inside.channels], [false, true]);
  assert.deepEqual(['position' in outside.channels, 'power' in outside.channels], [true, false]);
  assert.deepEqual(none.body, { channels: {}, pointCount: 0, originalCount: 0 });
});

for (const query of [
  'channels=shoeSize',
  'channels=',
  'points=1',
  'points=many',
  'points=10001',
  'smooth=yes',
]) {
  test(`streams are refused with ?${query}`, async () => {
    const { body } = await athlete.get(`${path}?${query}`).expect(400);

    assert.equal(body.type, '/problems/bad-query');
  });
}

test('a reader who has the streams already is told that nothing changed', async () => {
  const { headers } = await athlete.get(path).expect(200);

  await athlete.get(path).set('If-None-Match', String(headers.etag)).expect(304);
});

test('positions of a forgotten athlete are gone while the rest of the streams is still there', async () => {
  const forgotten = await api.newAthlete();
  const streams = await streamsOf(
    'ride.fit',
    rideAsFit(simulateRide({ durationSeconds: 90, seed: 9 })),
    forgotten,
  );
  await ask(api.app.graph, 'MATCH (key:AthleteKey {athleteId: $athleteId}) DETACH DELETE key', {
    athleteId: forgotten.athleteId,
  });

  const { channels } = (await forgotten.get(streams).expect(200)).body;

  assert.equal('position' in channels, false);
  assert.equal(channels.heartRate.length, 90);
});

async function streamsOf(
  fileName: string,
  content: Uint8Array | string,
  uploader: TestAthlete = athlete,
): Promise<string> {
  const { body } = await upload(uploader, fileName, content).expect(202);
  const { activityIds } = await finished(uploader, body.uploadId);
  return `/v1/activities/${activityIds[0]}/streams`;
}
