import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { rideAsGpx, rideAsTcx } from '../../../scripts/simulate/ride-as-xml.js';
import { measure } from '../../../timeseries/tracks/measures.js';
import { readTrack } from '../../../timeseries/tracks/read-track.js';
import type { Leg } from '../../../timeseries/tracks/recording.js';
import { UnreadableTrack } from '../../../timeseries/tracks/unreadable-track.js';
import { testCount } from '../../support/counts.js';
import { fitCrc } from './fit-bytes.js';

const ride = simulateRide({ durationSeconds: 90, seed: 1, pauses: 0 });
const encoder = new TextEncoder();
const files = {
  'FIT with a checksum that fits': rideAsFit(ride),
  GPX: encoder.encode(rideAsGpx(ride)),
  TCX: encoder.encode(rideAsTcx(ride)),
};

for (const [name, bytes] of Object.entries(files)) {
  test(`${name}: whatever is damaged, it is read or refused with a reason`, async () => {
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(bytes.length), async (flips, cut) => {
        const damaged = Uint8Array.from(cut % 3 === 0 ? bytes.subarray(0, cut) : bytes);
        for (const [at, byte] of flips) if (at < damaged.length) damaged[at] = byte;
        if (name.startsWith('FIT')) writeChecksum(damaged);

        const legs = await legsOf(damaged);

        for (const leg of legs) assertSound(leg);
      }),
      { numRuns: testCount(300, 20_000) },
    );
  });
}

async function legsOf(bytes: Uint8Array): Promise<readonly Leg[]> {
  try {
    return (await readTrack(bytes)).legs;
  } catch (error) {
    assert.ok(error instanceof UnreadableTrack, String(error));
    return [];
  }
}

function assertSound(leg: Leg): void {
  const { elapsedSeconds, distanceMeters = 0, movingSeconds, samples } = measure(leg);
  assert.ok(elapsedSeconds > 0 && movingSeconds >= 0 && movingSeconds <= elapsedSeconds + 1e-6);
  assert.ok(distanceMeters >= 0);
  for (let at = 1; at < samples.length; at++) {
    assert.ok((samples.elapsedSeconds[at] ?? 0) > (samples.elapsedSeconds[at - 1] ?? 0));
    const { distance } = samples.channels;
    assert.ok(!distance || (distance[at] ?? 0) >= (distance[at - 1] ?? 0));
  }
  for (const column of Object.values(samples.channels)) {
    assert.equal(column.length, samples.length);
    assert.ok(column.every((value) => Number.isNaN(value) || Number.isFinite(value)));
  }
}

function writeChecksum(bytes: Uint8Array): void {
  if (bytes.length < 16) return;
  const crc = fitCrc(bytes.subarray(0, bytes.length - 2));
  bytes[bytes.length - 2] = crc & 0xff;
  bytes[bytes.length - 1] = crc >> 8;
}
