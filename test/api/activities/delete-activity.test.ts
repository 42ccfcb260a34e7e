import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { originalKey } from '../../../graph/uploads.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { settled } from '../../support/settled.js';
import { finished, rowsOf, upload } from '../../support/uploads.js';

const ride = new Uint8Array(rideAsFit(simulateRide({ durationSeconds: 900, seed: 11 })));
const multisport = new Uint8Array(
  rideAsFit(simulateRide({ durationSeconds: 1_800, seed: 12, sport: 'duathlon' })),
);

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

test('a deleted activity is unreadable at once', async () => {
  const athlete = await api.newAthlete();
  const { activityId } = await uploaded(athlete, ride);
  const path = `/v1/activities/${activityId}`;

  await athlete.delete(path).expect(204);

  const answers = [
    (await athlete.get(path)).status,
    (await athlete.get(`${path}/streams`)).status,
    (await athlete.get(`${path}/original`)).status,
    (await athlete.patch(path, { name: 'Again' })).status,
    (await athlete.delete(path)).status,
    (await athlete.get(`/v1/athletes/${athlete.athleteId}/activities`)).body.items.length,
    (await athlete.get('/v1/feed')).body.items.length,
  ];
  assert.deepEqual(answers, [404, 404, 404, 404, 404, 0, 0]);
});

test('nothing of a deleted activity is left in any store', async () => {
  const [athlete, fan] = [await api.newAthlete(), await api.newAthlete()];
  await fan.put(`/v1/athletes/${athlete.athleteId}/follow`).expect(200);
  const { activityId, uploadId } = await uploaded(athlete, ride);
  await settled(api.app, activityId, uploadId, fan.athleteId);
  for (const reader of [athlete, fan]) {
    assert.equal((await reader.get('/v1/feed').expect(200)).body.items.length, 1);
  }

  await athlete.delete(`/v1/activities/${activityId}`).expect(204);
  await settled(api.app, activityId);

  const { objects, redis } = api.app;
  assert.deepEqual(await rowsOf(api.app, activityId), { samples: 0, recordings: 0, blocks: 0 });
  assert.deepEqual(await derivedRowsOf(activityId), { laps: 0, distances: 0, powers: 0 });
  await assert.rejects(objects.get(originalKey(athlete.athleteId, uploadId)), { name: 'ObjectMissing' });
  const nodes = await ask(
    api.app.graph,
    'MATCH (node) WHERE any(key IN keys(node) WHERE node[key] IN [$activityId, $uploadId]) RETURN labels(node)',
    { activityId, uploadId },
  );
  assert.deepEqual(nodes, []);
  for (const { athleteId } of [athlete, fan]) {
    const entries = await redis.zRange(`feed:{${athleteId}}`, 0, -1);
    assert.deepEqual(entries, ['!'], 'the feed is kept, and the activity is not in it');
  }
});

test('the file of several activities stays until the last of them is deleted', async () => {
  const athlete = await api.newAthlete();
  const { activityIds, uploadId } = await uploaded(athlete, multisport);
  const [first, ...others] = activityIds;
  const key = originalKey(athlete.athleteId, uploadId);

  await athlete.delete(`/v1/activities/${first}`).expect(204);
  await settled(api.app, first ?? '');
  const { status } = await athlete.get(`/v1/activities/${others[0]}/original`);
  for (const other of others) await athlete.delete(`/v1/activities/${other}`).expect(204);
  await settled(api.app, ...others);

  assert.ok(others.length > 0);
  assert.equal(status, 200);
  await assert.rejects(api.app.objects.get(key), { name: 'ObjectMissing' });
});

test('the same file can be uploaded again after its activity was deleted', async () => {
  const athlete = await api.newAthlete();
  const { activityId } = await uploaded(athlete, ride);
  await athlete.delete(`/v1/activities/${activityId}`).expect(204);

  const again = await uploaded(athlete, ride);

  assert.notEqual(again.activityId, activityId);
  await athlete.get(`/v1/activities/${again.activityId}`).expect(200);
});

test('the activities of a deleted athlete go with their samples', async () => {
  const athlete = await api.newAthlete();
  const { activityId } = await uploaded(athlete, ride);
  const swim = { name: 'Swim', sport: 'swim', startedAt: '2026-05-01T08:00:00Z', elapsedSeconds: 60 };
  await athlete.post('/v1/activities', swim).expect(201);

  await athlete.delete('/v1/athletes/me', { password: athlete.password }).expect(204);
  await settled(api.app, athlete.athleteId);

  const left = await ask(api.app.graph, 'MATCH (activity:Activity {athleteId: $athleteId}) RETURN activity', {
    athleteId: athlete.athleteId,
  });
  assert.deepEqual(left, []);
  assert.deepEqual(await rowsOf(api.app, activityId), { samples: 0, recordings: 0, blocks: 0 });
  assert.deepEqual(await api.app.redis.exists(`feed:{${athlete.athleteId}}`), 0);
});

async function uploaded(athlete: TestAthlete, bytes: Uint8Array) {
  const { body } = await upload(athlete, 'ride.fit', bytes).expect(202);
  const { status, activityIds } = await finished(athlete, body.uploadId);
  assert.equal(status, 'ready');
  return {
    uploadId: String(body.uploadId),
    activityId: String(activityIds[0]),
    activityIds: activityIds as string[],
  };
}

async function derivedRowsOf(activityId: string) {
  assert.match(activityId, /^[0-9a-f-]{36}$/);
  const [counts] = await api.app.series.query<object, { laps: number; distances: number; powers: number }>(
    {
      path: 'test',
      text: `SELECT
        (SELECT count(*) FROM laps WHERE activity_id = '${activityId}') AS laps,
        (SELECT count(*) FROM best_distances WHERE activity_id = '${activityId}') AS distances,
        (SELECT count(*) FROM best_powers WHERE activity_id = '${activityId}') AS powers`,
    },
    {},
  );
  return counts;
}
