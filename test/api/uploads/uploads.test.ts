import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import test, { after, before } from 'node:test';
import { gzipSync } from 'node:zlib';
import { originalKey } from '../../../graph/uploads.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { rideAsGpx, rideAsTcx } from '../../../scripts/simulate/ride-as-xml.js';
import { startApi, type TestApi } from '../../support/app.js';
import { finished, rowsOf, upload } from '../../support/uploads.js';
import { needsSharedTracks, sharedTrack } from '../../timeseries/tracks/shared-tracks.js';

const ride = simulateRide({ durationSeconds: 600, seed: 1 });

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

test('a recording becomes one activity with all its samples', async () => {
  const athlete = await api.newAthlete();

  const accepted = await upload(athlete, 'ride.fit', rideAsFit(ride), {
    name: 'To the lake',
    description: 'with a headwind',
    visibility: 'onlyMe',
    heartRateVisibility: 'followers',
    hidesStartTime: 'true',
    externalId: 'watch-1',
  }).expect(202);
  const done = await finished(athlete, accepted.body.uploadId);

  assert.equal(accepted.headers.location, `/v1/uploads/${accepted.body.uploadId}`);
  assert.equal(accepted.body.status, 'queued');
  const { uploadId, createdAt, finishedAt, activityIds, sizeBytes, ...rest } = done;
  assert.equal(uploadId, accepted.body.uploadId);
  assert.ok(createdAt <= finishedAt);
  assert.equal(sizeBytes, rideAsFit(ride).length);
  assert.deepEqual(rest, {
    status: 'ready',
    fileName: 'ride.fit',
    format: 'fit',
    name: 'To the lake',
    description: 'with a headwind',
    visibility: 'onlyMe',
    mapVisibility: null,
    heartRateVisibility: 'followers',
    powerVisibility: null,
    cadenceVisibility: null,
    temperatureVisibility: null,
    hidesStartTime: true,
    hidesFromHomeFeed: null,
    sport: null,
    externalId: 'watch-1',
    duplicateOf: null,
    problem: null,
    rescued: null,
  });
  assert.equal(activityIds.length, 1);
  assert.deepEqual(await rowsOf(api.app, activityIds[0]), { samples: 600, recordings: 1, blocks: 1 });
});

test('each format and its gzip is read, and each is the same recording again', async () => {
  const athlete = await api.newAthlete();
  const files = [
    ['ride.fit', rideAsFit(ride)],
    ['ride.gpx', rideAsGpx(ride)],
    ['RIDE.TCX', rideAsTcx(ride)],
    ['ride.fit.gz', gzipSync(rideAsFit(ride))],
    ['ride.gpx.gz', gzipSync(rideAsGpx(ride))],
    ['ride.tcx.gz', gzipSync(rideAsTcx(ride))],
  ] as const;

  const outcomes = [];
  for (const [fileName, bytes] of files) {
    const { body } = await upload(athlete, fileName, bytes).expect(202);
    outcomes.push(await finished(athlete, body.uploadId));
  }

  const [first, ...others] = outcomes;
  assert.equal(first.status, 'ready');
  for (const { status, duplicateOf, activityIds } of others) {
    assert.deepEqual(
      { status, duplicateOf, activityIds },
      {
        status: 'duplicate',
        duplicateOf: first.activityIds[0],
        activityIds: [],
      },
    );
  }
});

test('a real ride in three formats is one activity', needsSharedTracks, async () => {
  const athlete = await api.newAthlete();

  const outcomes = [];
  for (const fileName of ['same-ride.tcx', 'same-ride.fit', 'same-ride.gpx']) {
    const { body } = await upload(athlete, fileName, sharedTrack(fileName)).expect(202);
    outcomes.push(await finished(athlete, body.uploadId));
  }

  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ready', 'duplicate', 'duplicate'],
  );
  assert.equal(outcomes[1].duplicateOf, outcomes[0].activityIds[0]);
});

test('the same file many times at once becomes one activity', async () => {
  const athlete = await api.newAthlete();
  const bytes = rideAsFit(simulateRide({ durationSeconds: 300, seed: 2 }));

  const accepted = await Promise.all(
    Array.from({ length: 6 }, () => upload(athlete, 'ride.fit', bytes).expect(202)),
  );
  const outcomes = await Promise.all(accepted.map(({ body }) => finished(athlete, body.uploadId)));

  const ready = outcomes.filter(({ status }) => status === 'ready');
  assert.equal(ready.length, 1);
  const [activityId] = ready[0].activityIds;
  const copies = outcomes.filter(
    ({ status, duplicateOf }) => status === 'duplicate' && duplicateOf === activityId,
  );
  assert.equal(copies.length, 5);
});

test('who waits for an upload is told when it is final, in one answer', async () => {
  const athlete = await api.newAthlete();
  const { body } = await upload(athlete, 'ride.fit', rideAsFit(ride)).expect(202);
  const path = `/v1/uploads/${body.uploadId}`;

  const waited = await athlete.get(`${path}?waitSeconds=20`).expect(200);

  assert.equal(waited.body.status, 'ready');
  assert.ok(waited.body.finishedAt);
  const other = await api.newAthlete();
  await other.get(`${path}?waitSeconds=20`).expect(404);
  await athlete.get(`${path}?waitSeconds=26`).expect(400);
});

test('two athletes may upload the same file', async () => {
  const [one, other] = [await api.newAthlete(), await api.newAthlete()];
  const bytes = rideAsFit(simulateRide({ durationSeconds: 120, seed: 3 }));

  const outcomes = [];
  for (const athlete of [one, other]) {
    const { body } = await upload(athlete, 'ride.fit', bytes).expect(202);
    outcomes.push(await finished(athlete, body.uploadId));
  }

  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['ready', 'ready'],
  );
  assert.notEqual(outcomes[0].activityIds[0], outcomes[1].activityIds[0]);
});

test('a multisport recording becomes one activity per leg', async () => {
  const athlete = await api.newAthlete();
  const duathlon = simulateRide({ durationSeconds: 1_800, seed: 4, sport: 'duathlon' });

  const { body } = await upload(athlete, 'race.fit', rideAsFit(duathlon), { name: 'Race' }).expect(202);
  const done = await finished(athlete, body.uploadId);

  assert.equal(done.status, 'ready');
  assert.equal(done.activityIds.length, 3);
  for (const activityId of done.activityIds) {
    assert.ok((await rowsOf(api.app, activityId)).samples > 100);
  }
});

test('what is whole of a file that is cut short is saved, and says so', async () => {
  const athlete = await api.newAthlete();
  const whole = rideAsFit(simulateRide({ durationSeconds: 3_600, seed: 5 }));
  const cut = whole.slice(0, Math.floor(whole.length * 0.7));

  const { body } = await upload(athlete, 'ride.fit', cut).expect(202);
  const done = await finished(athlete, body.uploadId);

  assert.equal(done.status, 'ready');
  assert.equal(done.rescued.reason, 'cutShort');
  assert.ok(done.rescued.rescuedSeconds > 2_000);
  assert.ok(done.rescued.readBytes <= cut.length);
});

test('an indoor recording without positions is an activity like any other', async () => {
  const athlete = await api.newAthlete();
  const indoor = rideAsFit(simulateRide({ durationSeconds: 300, seed: 6, indoor: true }));

  const { body } = await upload(athlete, 'trainer.fit', indoor).expect(202);
  const done = await finished(athlete, body.uploadId);

  assert.equal(done.status, 'ready');
  assert.deepEqual(await rowsOf(api.app, done.activityIds[0]), { samples: 300, recordings: 1, blocks: 0 });
});

test('an external id sent again answers the first upload', async () => {
  const athlete = await api.newAthlete();
  const bytes = rideAsFit(simulateRide({ durationSeconds: 120, seed: 8 }));

  const first = await upload(athlete, 'ride.fit', bytes, { externalId: 'a-1' }).expect(202);
  const again = await upload(athlete, 'ride.fit', bytes, { externalId: 'a-1' }).expect(202);

  assert.equal(again.body.uploadId, first.body.uploadId);
  assert.equal(again.headers.location, first.headers.location);
});

test('an external id may be used again after a failure', async () => {
  const athlete = await api.newAthlete();
  const failed = await upload(athlete, 'ride.fit', 'nothing of use', { externalId: 'a-2' }).expect(202);
  await finished(athlete, failed.body.uploadId);

  const bytes = rideAsFit(simulateRide({ durationSeconds: 120, seed: 9 }));
  const { body } = await upload(athlete, 'ride.fit', bytes, { externalId: 'a-2' }).expect(202);

  assert.notEqual(body.uploadId, failed.body.uploadId);
  assert.equal((await finished(athlete, body.uploadId)).status, 'ready');
});

test('nobody else sees an upload or its file', async () => {
  const [owner, other] = [await api.newAthlete(), await api.newAthlete()];
  const { body } = await upload(owner, 'ride.fit', rideAsFit(ride)).expect(202);
  await finished(owner, body.uploadId);

  for (const path of [`/v1/uploads/${body.uploadId}`, `/v1/uploads/${body.uploadId}/original`]) {
    await other.get(path).expect(404);
    await api.anyone.get(path).expect(401);
  }
  assert.deepEqual((await other.get('/v1/uploads').expect(200)).body, { items: [], nextCursor: null });
});

test('the owner downloads the original byte by byte', async () => {
  const athlete = await api.newAthlete();
  const bytes = rideAsFit(ride);
  const { body } = await upload(athlete, 'Fahrt zum See.fit', bytes).expect(202);

  const answer = await athlete
    .get(`/v1/uploads/${body.uploadId}/original`)
    .set('Accept-Encoding', 'identity')
    .expect(200)
    .responseType('blob');

  assert.deepEqual(answer.body, Buffer.from(bytes));
  assert.match(answer.headers['content-disposition'] ?? '', /Fahrt zum See\.fit/);
  assert.equal(answer.headers['content-length'], String(bytes.length));
});

test('the stored file is encrypted', async () => {
  const athlete = await api.newAthlete();
  const bytes = Buffer.from(rideAsGpx(ride));
  const { body } = await upload(athlete, 'ride.gpx', bytes).expect(202);

  const stored = await buffer(await api.app.objects.get(originalKey(athlete.athleteId, body.uploadId)));

  assert.ok(stored.length >= bytes.length);
  assert.ok(!stored.includes(bytes.subarray(1_000, 1_016)));
});

test('uploads are listed page by page, newest first', async () => {
  const athlete = await api.newAthlete();
  const uploadIds: string[] = [];
  for (let index = 0; index < 3; index += 1) {
    const { body } = await upload(athlete, 'ride.fit', `no recording ${index}`).expect(202);
    uploadIds.unshift(body.uploadId);
  }

  const first = await athlete.get('/v1/uploads?limit=2').expect(200);
  const second = await athlete.get(`/v1/uploads?limit=2&cursor=${first.body.nextCursor}`).expect(200);

  const ids = [...first.body.items, ...second.body.items].map(({ uploadId }) => uploadId);
  assert.deepEqual(ids, uploadIds);
  assert.equal(second.body.nextCursor, null);
});
