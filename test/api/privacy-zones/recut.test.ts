import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startWorker } from '../../../api/jobs/worker.js';
import { mapUntil } from '../../../api/privacy-zones/map-cells.job.js';
import { originalKey } from '../../../graph/uploads.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi, type TestAthlete, testSettings } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { settled } from '../../support/settled.js';
import { finished, rowsOf, upload } from '../../support/uploads.js';

const HOME = { latitude: 46.21, longitude: 8.04 };
const ZONE = { kind: 'place', position: [HOME.latitude, HOME.longitude], size: 'small' };
const PATH = '/v1/athletes/me/privacy-zones';
const settings = testSettings();

// Workers are started where they are wanted, so that what happens without one can be seen.
let api: TestApi;
before(async () => {
  api = await startApi(settings);
});
after(() => api.stop());

async function rideOf(athlete: TestAthlete, seed: number): Promise<string> {
  const worker = await startWorker(api.app);
  const startedAt = new Date(Date.UTC(2026, 4, 1 + seed, 7));
  const ride = rideAsFit(simulateRide({ durationSeconds: 3_000, seed, startedAt, place: HOME }));
  const { body } = await upload(athlete, 'ride.fit', ride).expect(202);
  const { activityIds } = await finished(athlete, body.uploadId);
  await settled(api.app, String(activityIds[0]));
  await worker.close();
  return String(activityIds[0]);
}

for (const step of ['stored', 'replaced', 'recut', 'finish']) {
  test(`others see neither map nor totals between a change of zones and its effect, though a worker is killed at "${step}"`, async () => {
    const athlete = await api.newAthlete({ defaultVisibility: 'everyone' });
    const activityId = await rideOf(athlete, step.length);
    const { body: before } = await api.anyone.get(`/v1/activities/${activityId}`).expect(200);
    const { body: mine } = await athlete.get(`/v1/activities/${activityId}`).expect(200);

    await athlete.post(PATH, ZONE).expect(201);

    await assertWithheld(athlete, activityId);
    assert.deepEqual((await athlete.get(`/v1/activities/${activityId}`)).body, mine);
    assert.equal((await athlete.get(PATH)).body.items[0].pendingCount, 1);
    const doomed = workerThatDiesAt(step);
    const [, signal] = await once(doomed, 'exit');
    assert.equal(signal, 'SIGKILL');
    if (step === 'stored') await assertWithheld(athlete, activityId);
    const survivor = await startWorker(api.app);
    await settled(api.app, `zones:${athlete.athleteId}`, activityId);
    await survivor.close();
    const { body: seen } = await api.anyone.get(`/v1/activities/${activityId}`).expect(200);
    assert.ok(seen.distanceMeters > 0 && seen.distanceMeters < before.distanceMeters - 500);
    const { body: streams } = await api.anyone.get(`/v1/activities/${activityId}/streams`).expect(200);
    assert.equal(streams.channels.time.at(-1), seen.elapsedSeconds);
    const rows = await rowsOf(api.app, await publicRecordingOf(activityId));
    assert.deepEqual(rows, { samples: streams.originalCount, recordings: 1, blocks: 1 });
  });
}

test('what others saw before goes when zones cut in another way, though a worker is killed in between', async () => {
  const athlete = await api.newAthlete({ defaultVisibility: 'everyone' });
  const activityId = await rideOf(athlete, 33);
  const { body: zone } = await athlete.post(PATH, ZONE).expect(201);
  await measuredAgain(athlete);
  const before = await publicRecordingOf(activityId);
  assert.equal((await rowsOf(api.app, before)).recordings, 1);

  await athlete.patch(`${PATH}/${zone.zoneId}`, { size: 'medium' }).expect(200);
  const [, signal] = await once(workerThatDiesAt('replaced'), 'exit');
  assert.equal(signal, 'SIGKILL');
  const survivor = await startWorker(api.app);
  await settled(api.app, before);
  await survivor.close();

  assert.notEqual(await publicRecordingOf(activityId), before);
  assert.deepEqual(await rowsOf(api.app, before), { samples: 0, recordings: 0, blocks: 0 });
});

test('an activity whose recording is gone stays withheld, is told of, and holds up no other', async () => {
  const athlete = await api.newAthlete({ defaultVisibility: 'everyone' });
  const [readable, lost] = [await rideOf(athlete, 31), await rideOf(athlete, 32)];
  const { body: before } = await athlete.get(`/v1/activities/${lost}`).expect(200);
  await api.app.objects.delete(originalKey(athlete.athleteId, before.uploadId));

  await athlete.post(PATH, ZONE).expect(201);
  await measuredAgain(athlete);

  const { body: seen } = await api.anyone.get(`/v1/activities/${readable}`).expect(200);
  assert.ok(seen.distanceMeters > 0);
  assert.equal((await api.anyone.get(`/v1/activities/${lost}`)).body.distanceMeters, null);
  assert.equal((await athlete.get(`/v1/activities/${lost}`)).body.distanceMeters, before.distanceMeters);
  const [zone] = (await athlete.get(PATH)).body.items;
  assert.deepEqual([zone.pendingCount, zone.unreadableCount], [0, 1]);
  // A zone later it is tried again, and without zones nothing of it has to be hidden.
  await athlete.delete(`${PATH}/${zone.zoneId}`).expect(204);
  assert.equal((await athlete.post(PATH, { ...ZONE, position: [0, 0] })).body.pendingCount, 2);
  await measuredAgain(athlete);
  const { body: shown } = await api.anyone.get(`/v1/activities/${lost}`).expect(200);
  assert.equal(shown.distanceMeters, before.distanceMeters);
});

test('so does an activity whose upload is missing, though it looks as if it were made by hand', async () => {
  const athlete = await api.newAthlete({ defaultVisibility: 'everyone' });
  const activityId = await rideOf(athlete, 34);
  await ask(
    api.app.graph,
    'MATCH (upload:Upload)-[:MADE]->(:Activity {activityId: $activityId}) DETACH DELETE upload',
    { activityId },
  );

  await athlete.post(PATH, ZONE).expect(201);
  await measuredAgain(athlete);

  assert.equal((await api.anyone.get(`/v1/activities/${activityId}`)).body.distanceMeters, null);
  const [zone] = (await athlete.get(PATH)).body.items;
  assert.deepEqual([zone.pendingCount, zone.unreadableCount], [0, 1]);
});

/** Has a worker measure until nothing is due; where that has no end, what is due goes, or it would hold every worker. */
async function measuredAgain({ athleteId }: TestAthlete): Promise<void> {
  const turns = new AbortController();
  let count = 0;
  const worker = await startWorker(api.app, {
    onStep: async (_, step) => {
      if (step === 'recut') count += 1;
      if (count > MAX_TURNS) turns.abort();
      turns.signal.throwIfAborted();
    },
  });
  const endless = once(turns.signal, 'abort').then(async () => {
    await ask(api.app.graph, 'MATCH (a:Activity {athleteId: $athleteId}) DETACH DELETE a', { athleteId });
    assert.fail(`two activities were measured ${count} times, and one of them is still due`);
  });
  try {
    await Promise.race([settled(api.app, `zones:${athleteId}`), endless]);
  } finally {
    await worker.close();
  }
}

const MAX_TURNS = 20;

test('the map knows how many athletes were where, once each, until they delete it', async () => {
  const athletes = await Promise.all(Array.from({ length: 2 }, () => api.newAthlete()));
  const activities: string[] = [];
  for (const [at, athlete] of athletes.entries()) activities.push(await rideOf(athlete, 20 + at));
  const soon = () => new Date(Date.now() + 60_000);
  const before = await marks();

  await mapUntil(api.app, soon());
  const once = await marks();
  await mapUntil(api.app, soon());

  assert.ok(once > before + 100);
  assert.equal(await marks(), once);
  const worker = await startWorker(api.app);
  await athletes[0]?.delete(`/v1/activities/${activities[0]}`).expect(204);
  await settled(api.app, activities[0] ?? '');
  await worker.close();
  const left = await marks();
  assert.ok(left < once && left > before, `${before}, ${once}, ${left}`);
});

async function assertWithheld(owner: TestAthlete, activityId: string): Promise<void> {
  const { body: seen } = await api.anyone.get(`/v1/activities/${activityId}`).expect(200);
  const measured = ['polyline', 'distanceMeters', 'movingSeconds', 'elapsedSeconds', 'climbMeters'];
  const others = ['averagePowerWatts', 'maxHeartRateBpm', 'startedAt', 'createdAt', 'startedAtLocal'];
  for (const name of [...measured, ...others]) assert.equal(seen[name], null, name);
  assert.deepEqual([seen.laps, seen.channels], [[], []]);
  assert.deepEqual(seen.bestEfforts, { bestDistances: [], bestPowers: [] });
  const { body: list } = await api.anyone.get(`/v1/athletes/${owner.athleteId}/activities`).expect(200);
  for (const name of measured) assert.equal(list.items[0][name], null, name);
  const { body: streams } = await api.anyone
    .get(`/v1/activities/${activityId}/streams?points=50`)
    .expect(200);
  assert.deepEqual(streams, { channels: {}, pointCount: 0, originalCount: 0 });
}

async function publicRecordingOf(activityId: string): Promise<string> {
  const [row] = await ask<{ publicRecordingId: string }>(
    api.app.graph,
    'MATCH (a:Activity {activityId: $activityId}) RETURN a.publicRecordingId AS publicRecordingId',
    { activityId },
  );
  return row?.publicRecordingId ?? '';
}

async function marks(): Promise<number> {
  const [row] = await api.app.series.query<object, { marks: number }>(
    { path: 'test', text: 'SELECT count(*)::int AS marks FROM map_cells' },
    {},
  );
  return row?.marks ?? 0;
}

function workerThatDiesAt(step: string) {
  const program = fileURLToPath(new URL('../../support/doomed-worker.js', import.meta.url));
  return spawn(process.execPath, [program, 'activity.recut', step], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
