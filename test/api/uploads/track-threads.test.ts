import assert from 'node:assert/strict';
import test from 'node:test';
import { v7 as uuidv7 } from 'uuid';
import { TrackThreads } from '../../../api/uploads/track-threads.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { UnreadableTrack } from '../../../timeseries/tracks/unreadable-track.js';

const threads = new TrackThreads();
const task = () => ({ uploadId: uuidv7(), format: 'fit' as const });

async function* inChunks(bytes: Uint8Array) {
  for (let from = 0; from < bytes.length; from += 10_000) yield bytes.subarray(from, from + 10_000);
}

test('several files at once are read beside a free event loop', async () => {
  const rides = [1, 2, 3].map((seed) => rideAsFit(simulateRide({ durationSeconds: 600, seed })));

  const tracks = await Promise.all(rides.map((ride) => threads.read(inChunks(ride), task())));

  assert.deepEqual(
    tracks.map(({ legs }) => legs[0]?.sampleCount),
    [600, 600, 600],
  );
});

test('why a file is unreadable comes across, and the thread reads the next one', async () => {
  const nonsense = new TextEncoder().encode('no recording at all');
  const ride = rideAsFit(simulateRide({ durationSeconds: 60, seed: 4 }));

  for (let round = 0; round < 3; round += 1) {
    await assert.rejects(threads.read(inChunks(nonsense), task()), (error) => {
      assert.ok(error instanceof UnreadableTrack);
      assert.equal(error.problem, 'track-format-unknown');
      return true;
    });
  }
  assert.equal((await threads.read(inChunks(ride), task())).legs[0]?.sampleCount, 60);
});

test('a file that breaks off on its way is an error of the way, not of the file', async () => {
  async function* breaking() {
    yield new Uint8Array(100);
    throw new Error('the disk is gone');
  }
  const ride = rideAsFit(simulateRide({ durationSeconds: 60, seed: 5 }));

  await assert.rejects(threads.read(breaking(), task()), /the disk is gone/);

  assert.equal((await threads.read(inChunks(ride), task())).legs[0]?.sampleCount, 60);
});
