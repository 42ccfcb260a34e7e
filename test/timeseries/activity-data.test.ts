import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { v7 as uuidv7 } from 'uuid';
import { prepareTrack } from '../../api/uploads/prepare-track.js';
import { AthleteKey, BrokenCiphertext } from '../../policies/keys.js';
import { anonymousSubject, systemSubject } from '../../policies/subject.js';
import { simulateRide } from '../../scripts/simulate/ride.js';
import { rideAsFit } from '../../scripts/simulate/ride-as-fit.js';
import { type ActivityData, deleteActivityData, writeActivityData } from '../../timeseries/activity-data.js';
import { readBestEfforts } from '../../timeseries/best-efforts.js';
import { readLaps } from '../../timeseries/laps.js';
import { readPositions } from '../../timeseries/positions.js';
import { readSamples } from '../../timeseries/samples.js';
import { startApi, type TestApi } from '../support/app.js';
import { rowsOf } from '../support/uploads.js';

let api: TestApi;
before(async () => {
  api = await startApi();
});
after(() => api.stop());

const NOTHING = { samples: 0, recordings: 0, blocks: 0 };

test('writing an activity again leaves one copy, and deleting it leaves none', async () => {
  const data = await recorded(new Date('2026-04-01T08:00:00Z'));

  await write(data);
  await write(data);
  const written = await rowsOf(api.app, data.activityId);
  await deleteActivityData(api.app.series, processing(data.activityId), data.activityId);

  assert.deepEqual(written, { samples: 600, recordings: 1, blocks: 1 });
  assert.deepEqual(await rowsOf(api.app, data.activityId), NOTHING);
});

test('what was written is read back, in order', async () => {
  const data = await recorded(new Date('2026-04-02T08:00:00Z'));
  await write(data);
  const grant = reading(data.activityId);

  const { sampleCount, columns } = await readSamples(api.app.series, grant, idsOf(data.activityId), [
    'time',
    'heartRate',
  ]);
  const positions = await readPositions(api.app.series, grant, { ...owner, activityId: data.activityId });
  const laps = await readLaps(api.app.series, grant, idsOf(data.activityId));
  const { bestDistances, bestPowers } = await readBestEfforts(api.app.series, grant, idsOf(data.activityId));

  assert.equal(sampleCount, 600);
  assert.deepEqual(Object.keys(columns).sort(), ['heartRate', 'time']);
  assert.deepEqual(
    JSON.parse(columns.time ?? ''),
    Array.from({ length: 600 }, (_, second) => second),
  );
  assert.equal(positions?.latitude.length, 600);
  assert.deepEqual(
    laps.map(({ lap, startSeconds }) => ({ lap, startSeconds })),
    data.laps.map(({ startSeconds }, at) => ({ lap: at + 1, startSeconds })),
  );
  assert.deepEqual(bestDistances, data.bestDistances);
  assert.deepEqual(bestPowers, data.bestPowers);
});

test('compressed samples are read, replaced and deleted like others', async () => {
  // A month that no other test records in, so that its chunk holds nothing else.
  const data = await recorded(new Date('2011-11-11T08:00:00Z'));
  const other = await recorded(new Date('2011-11-12T08:00:00Z'));
  await write(data);
  await write(other);
  await compressChunkAt('2011-11-11');
  const grant = reading(data.activityId);

  const compressed = await readSamples(api.app.series, grant, idsOf(data.activityId), ['power']);
  await write(data);
  const replaced = await readSamples(api.app.series, grant, idsOf(data.activityId), ['power']);
  await deleteActivityData(api.app.series, processing(data.activityId), data.activityId);

  assert.equal(compressed.sampleCount, 600);
  assert.deepEqual(replaced, compressed);
  assert.deepEqual(await rowsOf(api.app, data.activityId), NOTHING);
  assert.equal((await rowsOf(api.app, other.activityId)).samples, 600);
  await deleteActivityData(api.app.series, processing(other.activityId), other.activityId);
});

test('positions open with the key of their athlete alone', async () => {
  const data = await recorded(new Date('2026-04-03T08:00:00Z'));
  await write(data);
  const { activityId } = data;
  const stranger = { athleteId: owner.athleteId, key: AthleteKey.generate(), activityId };

  await assert.rejects(readPositions(api.app.series, reading(activityId), stranger), BrokenCiphertext);
});

test('a grant for another activity, or to do something else, opens nothing', async () => {
  const { activityId } = await recorded(new Date('2026-04-04T08:00:00Z'));

  await assert.rejects(
    readSamples(api.app.series, reading(uuidv7()), idsOf(activityId), ['power']),
    /was used for activity/,
  );
  await assert.rejects(
    readLaps(api.app.series, processing(activityId), idsOf(activityId)),
    /was used for activity\.read/,
  );
  await assert.rejects(deleteActivityData(api.app.series, reading(activityId), activityId), /was used for/);
});

const owner = { athleteId: uuidv7(), key: AthleteKey.generate() };

async function recorded(startedAt: Date): Promise<ActivityData> {
  async function* file() {
    yield rideAsFit(simulateRide({ durationSeconds: 600, seed: 31, startedAt }));
  }
  const { legs } = await prepareTrack(file(), { uploadId: uuidv7(), format: 'fit' });
  const [leg] = legs;
  if (!leg) throw new Error('the ride has no leg');
  return leg;
}

async function write(data: ActivityData): Promise<void> {
  await api.app.series.transaction((transaction) =>
    writeActivityData(transaction, processing(data.activityId), owner, data),
  );
}

function processing(activityId: string) {
  return api.app.access.require(systemSubject('worker', 'test'), 'upload.process', {
    resource: { kind: 'activity', id: activityId, ownerId: owner.athleteId },
    facts: {},
  });
}

function reading(activityId: string) {
  return api.app.access.require(anonymousSubject('test'), 'activity.readStreams', {
    resource: { kind: 'activity', id: activityId, ownerId: owner.athleteId },
    facts: {
      visibility: 'everyone',
      mapVisibility: 'everyone',
      heartRateVisibility: 'everyone',
      powerVisibility: 'everyone',
      cadenceVisibility: 'everyone',
      temperatureVisibility: 'everyone',
      hidesStartTime: false,
      ownerHidesFromSignedOut: false,
      ownerStanding: 'active',
      isFollower: false,
      isClubMate: false,
      isBlocked: false,
      zonesArePending: false,
      timeZoneVisibility: 'everyone',
    },
  });
}

async function compressChunkAt(day: string): Promise<void> {
  const text = `SELECT compress_chunk(chunk) FROM show_chunks('samples', older_than => '${day}'::timestamptz + INTERVAL '40 days', newer_than => '${day}'::timestamptz - INTERVAL '40 days') AS chunk`;
  await api.app.series.query({ path: 'test', text }, {});
}

const idsOf = (activityId: string) => ({ activityId, publicRecordingId: null });
