import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { v7 as uuidv7 } from 'uuid';
import { processUpload } from '../../../api/uploads/process-upload.job.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { rowsOf, upload } from '../../support/uploads.js';

// No worker runs here: what happens between two steps of the job is what these tests are about.

let api: TestApi;
before(async () => {
  api = await startApi();
});
after(() => api.stop());

/** Hands in a recording of 600 samples and answers what handles it. */
async function handedIn(athlete: TestAthlete, seed: number) {
  const ride = rideAsFit(simulateRide({ durationSeconds: 600, seed }));
  const { body } = await upload(athlete, 'ride.fit', ride).expect(202);
  const { uploadId } = body;
  const payload = { uploadId, athleteId: athlete.athleteId };
  const event = { eventId: uuidv7(), type: 'upload.received', key: uploadId, payload };
  return {
    process: (step: (name: string) => Promise<void> = async () => {}) =>
      processUpload.run(api.app, event, { attempt: 1, isLastAttempt: false, step }),
    read: async () => (await athlete.get(`/v1/uploads/${uploadId}`).expect(200)).body,
  };
}

const WHOLE = { samples: 600, recordings: 1, blocks: 1 };

test('a worker that was thought dead takes nothing from an upload that another has ended', async () => {
  const work = await handedIn(await api.newAthlete(), 51);

  await work.process(async (name) => {
    if (name === 'stored') await work.process();
  });

  const { status, activityIds } = await work.read();
  assert.equal(status, 'ready');
  assert.deepEqual(await rowsOf(api.app, activityIds[0]), WHOLE);
});

test('nor does one that read the file by zones of before and then dies', async () => {
  const athlete = await api.newAthlete();
  const work = await handedIn(athlete, 52);
  const [quickHasStored, lateIsDead] = [signal(), signal()];
  let quick = Promise.resolve();
  let reads = 0;

  const late = work.process(async (name) => {
    if (name === 'read') {
      reads += 1;
      if (reads === 2) throw new Error('it dies');
    }
    if (name !== 'stored') return;
    const { athleteId } = athlete;
    await ask(api.app.graph, 'MATCH (a:Athlete {athleteId: $athleteId}) SET a.zonesVersion = 1', {
      athleteId,
    });
    quick = work.process(async (step) => {
      if (step !== 'stored') return;
      quickHasStored.give();
      await lateIsDead.given;
    });
    await quickHasStored.given;
  });
  await assert.rejects(late, /it dies/);
  lateIsDead.give();
  await quick;

  const { status, activityIds } = await work.read();
  assert.equal(status, 'ready');
  assert.deepEqual(await rowsOf(api.app, activityIds[0]), WHOLE);
});

function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give: () => give(), given };
}

test('a profile that is closed while a file is read closes what comes of it', async () => {
  const athlete = await api.newAthlete({ defaultVisibility: 'everyone' });
  const work = await handedIn(athlete, 53);

  await work.process(async (name) => {
    if (name === 'stored')
      await athlete.patch('/v1/athletes/me', { defaultVisibility: 'onlyMe' }).expect(200);
  });

  const { activityIds } = await work.read();
  await api.anyone.get(`/v1/activities/${activityIds[0]}`).expect(404);
  const { body } = await athlete.get(`/v1/activities/${activityIds[0]}`).expect(200);
  assert.equal(body.visibility, 'onlyMe');
});
