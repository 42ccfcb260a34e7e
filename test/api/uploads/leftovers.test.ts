import assert from 'node:assert/strict';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import test, { after, before } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { v7 as uuidv7 } from 'uuid';
import { sweepBefore } from '../../../api/uploads/sweep-leftovers.job.js';
import { originalKey } from '../../../graph/uploads.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { finished, rowsOf, upload } from '../../support/uploads.js';

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

const HOUR_MILLISECONDS = 3_600_000;

test('an upload and its file go with the last of its activities, and so do its copies', async () => {
  const athlete = await api.newAthlete();
  const ride = rideAsFit(simulateRide({ durationSeconds: 120, seed: 21 }));
  const { body: first } = await upload(athlete, 'ride.fit', ride).expect(202);
  const { activityIds } = await finished(athlete, first.uploadId);
  const { body: copy } = await upload(athlete, 'again.fit', ride).expect(202);
  assert.equal((await finished(athlete, copy.uploadId)).status, 'duplicate');

  await athlete.delete(`/v1/activities/${activityIds[0]}`).expect(204);

  await until(async () => (await athlete.get('/v1/uploads').expect(200)).body.items.length === 0);
  await athlete.get(`/v1/uploads/${first.uploadId}`).expect(404);
  assert.deepEqual(await filesOf(athlete), []);
  await until(async () => (await rowsOf(api.app, activityIds[0])).recordings === 0);
  assert.deepEqual(await rowsOf(api.app, activityIds[0]), { samples: 0, recordings: 0, blocks: 0 });
});

test('a recording that was deleted may be uploaded again', async () => {
  const athlete = await api.newAthlete();
  const ride = rideAsFit(simulateRide({ durationSeconds: 120, seed: 22 }));
  const { body } = await upload(athlete, 'ride.fit', ride).expect(202);
  const { activityIds } = await finished(athlete, body.uploadId);
  await athlete.delete(`/v1/activities/${activityIds[0]}`).expect(204);

  const { body: again } = await upload(athlete, 'ride.fit', ride).expect(202);

  assert.equal((await finished(athlete, again.uploadId)).status, 'ready');
});

test('the sweeper deletes old files without an upload and old samples without an activity, nothing else', async () => {
  const athlete = await api.newAthlete();
  const kept = await uploaded(athlete, 23);
  const orphan = await uploaded(athlete, 24);
  const young = await uploaded(athlete, 25);
  for (const { activityIds } of [kept, orphan]) await age(activityIds[0]);
  for (const { activityIds } of [orphan, young]) await forgetActivity(activityIds[0]);
  const strayKey = originalKey(athlete.athleteId, uuidv7());
  const youngKey = originalKey(athlete.athleteId, uuidv7());
  for (const key of [strayKey, youngKey]) await api.app.objects.put(key, Readable.from([Buffer.from('x')]));
  const longAgo = new Date(Date.now() - 20 * HOUR_MILLISECONDS);
  for (const key of [strayKey, originalKey(athlete.athleteId, kept.uploadId)]) {
    await utimes(join(fileURLToPath(api.app.config.OBJECTS_URL), key), longAgo, longAgo);
  }

  await sweepBefore(api.app, new Date(Date.now() - 12 * HOUR_MILLISECONDS));

  assert.equal((await rowsOf(api.app, kept.activityIds[0])).samples, 120);
  assert.equal((await rowsOf(api.app, orphan.activityIds[0])).samples, 0);
  assert.equal((await rowsOf(api.app, young.activityIds[0])).samples, 120);
  const files = await filesOf(athlete);
  assert.ok(files.includes(youngKey));
  assert.ok(files.includes(originalKey(athlete.athleteId, kept.uploadId)));
  assert.ok(!files.includes(strayKey));
});

async function uploaded(athlete: TestAthlete, seed: number) {
  const startedAt = new Date(Date.UTC(2026, 2, seed));
  const ride = rideAsFit(simulateRide({ durationSeconds: 120, seed, startedAt }));
  const { body } = await upload(athlete, 'ride.fit', ride).expect(202);
  return finished(athlete, body.uploadId);
}

async function age(activityId: string): Promise<void> {
  const text = `UPDATE recordings SET written_at = now() - INTERVAL '20 hours' WHERE activity_id = '${activityId}'`;
  await api.app.series.query({ path: 'test', text }, {});
}

async function forgetActivity(activityId: string): Promise<void> {
  const text = 'MATCH (activity:Activity {activityId: $activityId}) DETACH DELETE activity';
  await api.app.graph.write(({ run }) => run({ path: 'test', text }, { activityId }));
}

async function filesOf({ athleteId }: TestAthlete): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of api.app.objects.list(`originals/${athleteId}`)) keys.push(key);
  return keys;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let polls = 0; polls < 1_000; polls += 1) {
    if (await condition()) return;
    await wait(20);
  }
  assert.fail('it never happened');
}
