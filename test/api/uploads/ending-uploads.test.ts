import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { lockAthletes } from '../../../graph/locks.js';
import { spentUploads } from '../../../graph/upload-remains.js';
import { beginUpload } from '../../../graph/upload-work.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { finished, upload } from '../../support/uploads.js';

const ride = simulateRide({ durationSeconds: 600, seed: 1 });
const UPLOAD = 'MATCH (upload:Upload {uploadId: $uploadId})';

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

test('an upload that is about to end is read once all that came of it is there', async () => {
  const athlete = await api.newAthlete();

  const { result, activityIds } = await whileEnding(athlete, (uploadId) =>
    Promise.all([athlete.get(`/v1/uploads/${uploadId}`).expect(200), athlete.get('/v1/uploads').expect(200)]),
  );

  const [{ body: read }, { body: list }] = result;
  assert.deepEqual(list.items, [read]);
  assert.deepEqual([read.status, read.activityIds], ['ready', activityIds]);
});

test('an upload that is about to end is not taken for one whose activities were deleted', async () => {
  const athlete = await api.newAthlete();

  const { result } = await whileEnding(athlete, () => spentUploads(api.app.graph, athlete.athleteId));

  assert.deepEqual(result, []);
});

test('an upload that is about to end is not taken into work again', async () => {
  const athlete = await api.newAthlete();

  const { result } = await whileEnding(athlete, (uploadId) => beginUpload(api.app.graph, uploadId));

  assert.equal(result, undefined);
});

test('an upload that is being deleted is not found once it is gone', async () => {
  const athlete = await api.newAthlete();
  const { body } = await upload(athlete, 'ride.fit', rideAsFit(ride)).expect(202);
  const { uploadId } = await finished(athlete, body.uploadId);

  const { reads } = await api.app.graph.write(async ({ run }) => {
    await run({ path: 'test', text: `${UPLOAD} DETACH DELETE upload` }, { uploadId });
    const reads = Promise.all([
      athlete.get(`/v1/uploads/${uploadId}`).expect(404),
      athlete.get('/v1/uploads').expect(200),
    ]);
    for (let asked = 0; asked < 40; asked += 1) await ask(api.app.graph, 'RETURN 1 AS one');
    return { reads };
  });

  const [, { body: list }] = await reads;
  assert.deepEqual(list, { items: [], nextCursor: null });
});

/** Does something while an upload ends: it is ready already, and its activity will be there at the commit. */
async function whileEnding<Result>(
  athlete: TestAthlete,
  work: (uploadId: string) => Promise<Result>,
): Promise<{ result: Result; activityIds: readonly string[] }> {
  const { graph } = api.app;
  const { body } = await upload(athlete, 'ride.fit', rideAsFit(ride)).expect(202);
  const { uploadId, activityIds } = await finished(athlete, body.uploadId);
  const ids = { uploadId, activityId: activityIds[0] };
  await ask(graph, `${UPLOAD}-[made:MADE]->() SET upload.status = 'processing' DELETE made`, ids);

  let isDone = false;
  const { doing } = await graph.write(async (transaction) => {
    await lockAthletes(transaction, athlete.athleteId);
    await transaction.run({ path: 'test', text: `${UPLOAD} SET upload.status = 'ready'` }, ids);
    const doing = work(uploadId).finally(() => {
      isDone = true;
    });
    // As long as it would take, and more.
    for (let asked = 0; asked < 40; asked += 1) await ask(graph, 'RETURN 1 AS one');
    assert.ok(!isDone);
    const made = `${UPLOAD}, (activity:Activity {activityId: $activityId}) CREATE (upload)-[:MADE]->(activity)`;
    await transaction.run({ path: 'test', text: made }, ids);
    return { doing };
  });
  return { result: await doing, activityIds };
}
