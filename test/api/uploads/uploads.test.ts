import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi } from '../../support/app.js';
import { finished, upload } from '../../support/uploads.js';

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

test('a recorded ride becomes an activity with its streams', async () => {
  const athlete = await api.newAthlete();
  const ride = rideAsFit(simulateRide({ durationSeconds: 600, seed: 1 }));

  const { body: accepted } = await upload(athlete, 'ride.fit', ride).expect(202);
  const done = await finished(athlete, accepted.uploadId);

  assert.equal(done.status, 'ready');
  assert.equal(done.activityIds.length, 1);
});
