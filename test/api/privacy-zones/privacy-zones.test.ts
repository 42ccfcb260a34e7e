import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { ENDS_PER_ZONE } from '../../../graph/privacy-zones.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { rideAsGpx } from '../../../scripts/simulate/ride-as-xml.js';
import { metersBetween } from '../../../timeseries/tracks/earth.js';
import { decodePolyline } from '../../../timeseries/tracks/polyline.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { settled } from '../../support/settled.js';
import { finished, rowsOf, upload } from '../../support/uploads.js';

const HOME = { latitude: 47.31, longitude: 9.64 };
const PATH = '/v1/athletes/me/privacy-zones';

// The least that is hidden around a place, whatever its shape: the margin of a small zone.
const LEAST_METERS = 55;

let api: TestApi;
let athlete: TestAthlete;
let follower: TestAthlete;

before(async () => {
  api = await startApi();
  await api.work();
  [athlete, follower] = await Promise.all([
    api.newAthlete({ defaultVisibility: 'everyone' }),
    api.newAthlete(),
  ]);
  await follower.put(`/v1/athletes/${athlete.athleteId}/follow`);
});
after(() => api.stop());

const zoneAt = (place: { latitude: number; longitude: number }, more: object = {}) => ({
  kind: 'place',
  position: [place.latitude, place.longitude],
  size: 'small',
  ...more,
});

async function ride(rider: TestAthlete, options: { seed: number; seconds?: number; startedAt: string }) {
  const { seed, seconds = 5_400, startedAt } = options;
  const track = simulateRide({ durationSeconds: seconds, seed, startedAt: new Date(startedAt), place: HOME });
  const { body } = await upload(rider, 'ride.fit', rideAsFit(track)).expect(202);
  const { activityIds, status } = await finished(rider, body.uploadId);
  assert.equal(status, 'ready');
  return String(activityIds[0]);
}

const zonesSettled = (rider: TestAthlete) => settled(api.app, `zones:${rider.athleteId}`);

test('a zone is made, read, changed and deleted, by its athlete alone', async () => {
  const owner = await api.newAthlete();

  const { body: made, headers } = await owner.post(PATH, zoneAt(HOME, { name: 'Home' })).expect(201);

  const { zoneId, createdAt, ...zone } = made;
  assert.deepEqual(zone, {
    kind: 'place',
    name: 'Home',
    position: [HOME.latitude, HOME.longitude],
    size: 'small',
    hiddenSize: 'largest', // hardly anybody has been around here yet
    hides: { activityCount: 0, distanceMeters: 0 },
    pendingCount: 0,
    unreadableCount: 0,
  });
  assert.ok(Date.parse(createdAt));
  assert.equal(headers.location, `${PATH}/${zoneId}`);
  assert.deepEqual((await owner.get(`${PATH}/${zoneId}`).expect(200)).body, made);
  assert.deepEqual((await owner.get(PATH).expect(200)).body, { items: [made] });
  const { body: renamed } = await owner.patch(`${PATH}/${zoneId}`, { name: null, size: 'large' }).expect(200);
  assert.deepEqual([renamed.name, renamed.size, renamed.position], [null, 'large', made.position]);
  await athlete.get(`${PATH}/${zoneId}`).expect(404);
  await athlete.patch(`${PATH}/${zoneId}`, { size: 'small' }).expect(404);
  await athlete.delete(`${PATH}/${zoneId}`).expect(404);
  await api.anyone.get(PATH).expect(401);
  await owner.delete(`${PATH}/${zoneId}`).expect(204);
  await owner.get(`${PATH}/${zoneId}`).expect(404);
  assert.deepEqual((await owner.get(PATH).expect(200)).body, { items: [] });
});

for (const [mistake, body] of Object.entries({
  'a place without a position': { kind: 'place' },
  'a position for ends': { kind: 'ends', position: [1, 2] },
  'a place off the globe': zoneAt({ latitude: 91, longitude: 0 }),
  'a size that only growth gives': zoneAt(HOME, { size: 'largest' }),
})) {
  test(`a zone is refused with ${mistake}`, async () => {
    await athlete.post(PATH, body).expect(422);
    assert.deepEqual((await athlete.get(PATH)).body.items, []);
  });
}

test('of two changes at once neither takes back what the other has changed', async () => {
  const owner = await api.newAthlete();
  const { body: zone } = await owner
    .post(PATH, { kind: 'place', position: [46.2, 8.1], size: 'small' })
    .expect(201);
  const path = `${PATH}/${zone.zoneId}`;

  for (const size of ['medium', 'small', 'large']) {
    await Promise.all([
      owner.patch(path, { size }).expect(200),
      owner.patch(path, { name: `Home ${size}` }).expect(200),
    ]);
    const { body } = await owner.get(path).expect(200);
    assert.deepEqual([body.size, body.name], [size, `Home ${size}`]);
  }
});

test('nobody has more than twenty zones, and one for ends', async () => {
  const owner = await api.newAthlete();
  await owner.post(PATH, { kind: 'ends' }).expect(201);
  const { body } = await owner.post(PATH, { kind: 'ends' }).expect(409);
  assert.equal(body.type, '/problems/ends-hidden-already');
  const made = await Promise.all(
    Array.from({ length: 22 }, (_, at) => owner.post(PATH, zoneAt({ latitude: at, longitude: 9 }))),
  );

  assert.equal(made.filter(({ status }) => status === 201).length, 19);
  assert.ok(made.every(({ status, body }) => status === 201 || body.type.endsWith('too-many-privacy-zones')));
});

test('others see an activity without what a zone hides, in every answer; its athlete sees all', async () => {
  const plain = await ride(athlete, { seed: 31, startedAt: '2026-05-09T07:30:00Z' });
  const { body: before } = await follower.get(`/v1/activities/${plain}`).expect(200);
  const { body: mine } = await athlete.get(`/v1/activities/${plain}`).expect(200);

  const { body: zone } = await athlete.post(PATH, zoneAt(HOME)).expect(201);
  await zonesSettled(athlete);

  const { body: whole } = await athlete.get(`/v1/activities/${plain}`).expect(200);
  assert.deepEqual({ ...whole, createdAt: 0 }, { ...mine, createdAt: 0 });
  for (const viewer of [follower, api.anyone]) {
    const { body: seen } = await viewer.get(`/v1/activities/${plain}`).expect(200);
    assert.ok(seen.distanceMeters < before.distanceMeters - 1_000);
    assert.ok(seen.elapsedSeconds < before.elapsedSeconds - 60);
    assert.ok(Date.parse(seen.startedAt) > Date.parse(before.startedAt) + 30_000);
    assert.equal(seen.createdAt, null);
    assert.equal(seen.energyKilocalories, null);
    assertFarFromHome([seen.polyline, ...(seen.polylines ?? [])]);
    const { body: streams } = await viewer.get(`/v1/activities/${plain}/streams`).expect(200);
    assertExact(seen, streams.channels);
    const positions = streams.channels.position.filter((position: unknown) => position !== null);
    assert.ok(
      positions.every(([north, east]: [number, number]) => metersFromHome(north, east) > LEAST_METERS),
    );
    const { body: reduced } = await viewer.get(`/v1/activities/${plain}/streams?points=100`).expect(200);
    assert.equal(reduced.originalCount, streams.originalCount);
    assert.equal(reduced.channels.time.at(-1), seen.elapsedSeconds);
    const laps = seen.laps.reduce(
      (sum: number, lap: { distanceMeters: number }) => sum + lap.distanceMeters,
      0,
    );
    assert.ok(Math.abs(laps - seen.distanceMeters) < 0.1);
    await viewer.get(`/v1/activities/${plain}/original`).expect((answer) => {
      assert.ok([401, 403].includes(answer.status));
    });
    const { body: list } = await viewer.get(`/v1/athletes/${athlete.athleteId}/activities`).expect(200);
    assertSummary(list.items, seen);
  }
  const { body: feed } = await follower.get('/v1/feed').expect(200);
  const { body: seen } = await follower.get(`/v1/activities/${plain}`).expect(200);
  assertSummary(feed.items, seen);
  const { body: own } = await athlete.get('/v1/feed').expect(200);
  assertSummary(own.items, whole);
  const { body: streams } = await athlete.get(`/v1/activities/${plain}/streams`).expect(200);
  assertExact(whole, streams.channels);
  const { body: told } = await athlete.get(`${PATH}/${zone.zoneId}`).expect(200);
  assert.equal(told.pendingCount, 0);
  assert.equal(told.hides.activityCount, 1);
  const difference = before.distanceMeters - seen.distanceMeters;
  assert.ok(Math.abs(told.hides.distanceMeters - difference) < 0.01 * before.distanceMeters);
  await athlete.delete(`${PATH}/${zone.zoneId}`).expect(204);
  await zonesSettled(athlete);
  const { body: again } = await follower.get(`/v1/activities/${plain}`).expect(200);
  assert.deepEqual(again, before);
});

test('filters and order know the first visible second and no other', async () => {
  const owner = await api.newAthlete({ defaultVisibility: 'everyone' });
  await owner.post(PATH, zoneAt(HOME)).expect(201);
  const activityId = await ride(owner, { seed: 32, startedAt: '2026-05-10T07:30:00Z' });
  const { body: seen } = await api.anyone.get(`/v1/activities/${activityId}`).expect(200);
  const { body: whole } = await owner.get(`/v1/activities/${activityId}`).expect(200);
  assert.ok(Date.parse(seen.startedAt) > Date.parse(whole.startedAt));
  const listed = async (query: string) =>
    (await api.anyone.get(`/v1/athletes/${owner.athleteId}/activities?${query}`).expect(200)).body.items
      .length;

  const just = new Date(Date.parse(seen.startedAt) - 1).toISOString();

  assert.equal(await listed(`before=${just}`), 0);
  assert.equal(await listed(`after=${seen.startedAt}`), 1);
  assert.equal(await listed(`before=${whole.startedAt}`), 0);
});

test('every start and end is hidden, and the same ends in the same shape', async () => {
  const owner = await api.newAthlete({ defaultVisibility: 'everyone' });
  await owner.post(PATH, { kind: 'ends', size: 'small' }).expect(201);
  const activities: string[] = [];
  for (const seed of [41, 42, 43]) {
    activities.push(
      await ride(owner, { seed, seconds: 4_000, startedAt: `2026-06-0${seed - 40}T07:30:00Z` }),
    );
  }

  for (const activityId of activities) {
    const { body: seen } = await api.anyone.get(`/v1/activities/${activityId}`).expect(200);
    const { body: whole } = await owner.get(`/v1/activities/${activityId}`).expect(200);
    const { latitude, longitude } = decodePolyline(whole.polyline);
    const last = [latitude.at(-1) ?? 0, longitude.at(-1) ?? 0] as const;
    for (const piece of seen.polylines ?? [seen.polyline]) {
      const way = decodePolyline(piece);
      way.latitude.forEach((north, at) => {
        const east = way.longitude[at] ?? 0;
        assert.ok(metersFromHome(north, east) > LEAST_METERS);
        assert.ok(metersBetween(north, east, ...last) > LEAST_METERS);
      });
    }
  }
  const { body } = await owner.get(PATH).expect(200);
  assert.equal(body.items[0].hides.activityCount, 3);
  assert.ok(ENDS_PER_ZONE > 100);
});

test('an activity that is wholly hidden tells the day and no more', async () => {
  const owner = await api.newAthlete({ defaultVisibility: 'everyone' });
  await owner.post(PATH, zoneAt(HOME, { size: 'large' })).expect(201);
  const activityId = await ride(owner, { seed: 51, seconds: 60, startedAt: '2026-05-11T07:30:00Z' });

  const { body: seen } = await api.anyone.get(`/v1/activities/${activityId}`).expect(200);

  const { startedAt, elapsedSeconds, distanceMeters, polyline, channels, laps } = seen;
  assert.deepEqual(
    { startedAt, elapsedSeconds, distanceMeters, polyline, channels, laps },
    {
      startedAt: '2026-05-11T00:00:00.000Z',
      elapsedSeconds: 0,
      distanceMeters: null,
      polyline: null,
      channels: [],
      laps: [],
    },
  );
  const { body: streams } = await api.anyone.get(`/v1/activities/${activityId}/streams`).expect(200);
  assert.deepEqual(streams, { channels: {}, pointCount: 0, originalCount: 0 });
  const { body: whole } = await owner.get(`/v1/activities/${activityId}`).expect(200);
  assert.equal(whole.elapsedSeconds, 59);
});

test('a recording that zones cut is still found to be a copy', async () => {
  const owner = await api.newAthlete({ defaultVisibility: 'everyone' });
  await owner.post(PATH, zoneAt(HOME)).expect(201);
  const activityId = await ride(owner, { seed: 61, startedAt: '2026-05-12T07:30:00Z' });
  const track = simulateRide({
    durationSeconds: 5_400,
    seed: 61,
    startedAt: new Date('2026-05-12T07:30:00Z'),
    place: HOME,
  });

  const { body } = await upload(owner, 'ride.gpx', rideAsGpx(track)).expect(202);

  assert.equal((await finished(owner, body.uploadId)).duplicateOf, activityId);
});

test('what was kept for others goes with the activity, and zones with their athlete', async () => {
  const owner = await api.newAthlete({ defaultVisibility: 'everyone' });
  await owner.post(PATH, zoneAt(HOME)).expect(201);
  const activityId = await ride(owner, { seed: 71, startedAt: '2026-05-13T07:30:00Z' });
  const [row] = await ask<{ publicRecordingId: string }>(
    api.app.graph,
    'MATCH (activity:Activity {activityId: $activityId}) RETURN activity.publicRecordingId AS publicRecordingId',
    { activityId },
  );
  const publicRecordingId = row?.publicRecordingId ?? '';
  assert.ok((await rowsOf(api.app, publicRecordingId)).samples > 0);

  await owner.delete(`/v1/activities/${activityId}`).expect(204);
  await settled(api.app, activityId);

  assert.deepEqual(await rowsOf(api.app, publicRecordingId), { samples: 0, recordings: 0, blocks: 0 });
  await owner.delete('/v1/athletes/me', { password: owner.password }).expect(204);
  const [left] = await ask<{ zones: number }>(
    api.app.graph,
    'MATCH (athlete:Athlete {athleteId: $athleteId}) RETURN COUNT { (athlete)-[:KEEPS_HIDDEN]->() } AS zones',
    { athleteId: owner.athleteId },
  );
  assert.equal(left?.zones ?? 0, 0);
});

const metersFromHome = (north: number, east: number): number =>
  metersBetween(north, east, HOME.latitude, HOME.longitude);

function assertFarFromHome(polylines: readonly string[]): void {
  for (const polyline of polylines) {
    const { latitude, longitude } = decodePolyline(polyline);
    latitude.forEach((north, at) => {
      assert.ok(metersFromHome(north, longitude[at] ?? 0) > LEAST_METERS);
    });
  }
}

interface Totals {
  readonly distanceMeters: number;
  readonly elapsedSeconds: number;
}

/** Totals are what a reader of the streams would sum up: to the centimetre and the millisecond that streams have. */
function assertExact(totals: Totals, { time, distance }: { time: number[]; distance: number[] }): void {
  assert.equal(time[0], 0);
  assert.equal(time.at(-1), totals.elapsedSeconds);
  assert.equal(distance.at(-1), Math.round(totals.distanceMeters * 100) / 100);
  assert.ok(distance.every((meters, at) => meters >= (distance[at - 1] ?? 0)));
}

function assertSummary(items: readonly Record<string, unknown>[], activity: Record<string, unknown>): void {
  const item =
    items.find(({ activityId }) => activityId === activity.activityId) ?? assert.fail('not listed');
  for (const [name, value] of Object.entries(item)) {
    if (name !== 'polyline' && name !== 'polylines') assert.deepEqual(value, activity[name], name);
  }
}
