import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi } from '../../support/app.js';
import { finished, upload } from '../../support/uploads.js';
import { brokenTracks } from '../../timeseries/tracks/broken-tracks.js';

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

for (const { name, fileName, bytes, problem } of brokenTracks()) {
  test(`${name} fails as ${problem}, and the original is kept`, async () => {
    const athlete = await api.newAthlete();

    const { body } = await upload(athlete, fileName, bytes).expect(202);
    const done = await finished(athlete, body.uploadId);

    assert.equal(done.status, 'failed');
    assert.equal(done.problem.type, `/problems/${problem}`);
    assert.equal(done.problem.instance, `/v1/uploads/${body.uploadId}`);
    assert.ok(done.problem.hint.length > 20);
    assert.deepEqual(done.activityIds, []);
    const original = await athlete
      .get(`/v1/uploads/${body.uploadId}/original`)
      .expect(200)
      .responseType('blob');
    assert.deepEqual(original.body, Buffer.from(bytes));
  });
}

test('a recording that starts next year fails, one that is an hour ahead does not', async () => {
  const athlete = await api.newAthlete();
  const rideIn = (hours: number) =>
    rideAsFit(simulateRide({ durationSeconds: 300, startedAt: new Date(Date.now() + hours * 3_600_000) }));

  const nextYear = await upload(athlete, 'next-year.fit', rideIn(365 * 24)).expect(202);
  const soon = await upload(athlete, 'soon.fit', rideIn(1)).expect(202);

  const refused = await finished(athlete, nextYear.body.uploadId);
  assert.equal(refused.problem.type, '/problems/track-in-the-future');
  assert.equal((await finished(athlete, soon.body.uploadId)).status, 'ready');
});
