import assert from 'node:assert/strict';
import test from 'node:test';
import { type SimulationOptions, simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { rideAsGpx, rideAsTcx } from '../../../scripts/simulate/ride-as-xml.js';
import { climbOf } from '../../../timeseries/tracks/climb.js';
import { measure } from '../../../timeseries/tracks/measures.js';
import { readTrack } from '../../../timeseries/tracks/read-track.js';
import { CHANNELS, type Channel, type Leg, type Span } from '../../../timeseries/tracks/recording.js';
import type { Sport } from '../../../timeseries/tracks/sports.js';

const SIMULATED: readonly SimulationOptions[] = [
  { durationSeconds: 3600, seed: 1 },
  { durationSeconds: 3600, seed: 3, sport: 'run' },
  { durationSeconds: 7200, seed: 4, sport: 'hike' },
  { durationSeconds: 10_800, seed: 5 },
];

for (const options of SIMULATED) {
  for (const format of ['fit', 'gpx', 'tcx'] as const) {
    test(`finds the truth of a simulated ${options.sport ?? 'ride'} of ${options.durationSeconds} s in ${format}`, async () => {
      const ride = simulateRide(options);
      const [simulated] = ride.legs;
      const encoder = new TextEncoder();
      const bytes = {
        fit: () => rideAsFit(ride),
        gpx: () => encoder.encode(rideAsGpx(ride)),
        tcx: () => encoder.encode(rideAsTcx(ride)),
      }[format]();

      const measures = measure(await onlyLegOf(bytes));

      assert.ok(simulated);
      assertWithin(measures.distanceMeters, simulated.truth.distanceMeters, 0.01);
      assertWithin(measures.climbMeters, simulated.truth.climbMeters, 0.15);
      assertWithin(measures.movingSeconds, simulated.truth.movingSeconds, 0.02);
      assertWithin(measures.averageHeartRateBpm, simulated.truth.averageHeartRateBpm, 0.01);
      assertWithin(measures.averagePowerWatts ?? 0, simulated.truth.averagePowerWatts ?? 0, 0.01);
      assert.equal(measures.elapsedSeconds, simulated.elapsedSeconds);
    });
  }
}

test('measures an indoor ride without positions', async () => {
  const ride = simulateRide({ durationSeconds: 1800, seed: 5, indoor: true });

  const leg = await onlyLegOf(rideAsFit(ride));
  const measures = measure(leg);

  assert.equal(leg.sport, 'indoorRide');
  assertWithin(measures.distanceMeters, ride.legs[0]?.truth.distanceMeters ?? 0, 0.01);
  assert.equal(measures.climbMeters, undefined);
  assert.equal(measures.samples.channels.latitude, undefined);
});

test('measures a leg of nothing but heart rate', () => {
  const pauses = [{ startSeconds: 10, endSeconds: 15 }];

  const measures = measure(legOf('yoga', { heartRate: [80, 90, 100, 110] }, { stepSeconds: 10, pauses }));

  assert.equal(measures.elapsedSeconds, 30);
  assert.equal(measures.movingSeconds, 25);
  assert.equal(measures.distanceMeters, undefined);
  assert.equal(measures.maxHeartRateBpm, 110);
  assert.deepEqual(Object.keys(measures.samples.channels), ['heartRate']);
});

test('counts only the time in which the timer ran and somebody moved', () => {
  const speed = [...fill(100, 5), ...fill(50, 0), ...fill(100, 5)];
  const pauses = [{ startSeconds: 20, endSeconds: 50 }];

  const measures = measure(legOf('ride', { speed, distance: addedUp(speed) }, { pauses }));

  assert.equal(measures.elapsedSeconds, 249);
  assertWithin(measures.movingSeconds, 249 - 30 - 50, 0.02);
});

test('counts a long gap as moving only if the way behind it was long', () => {
  const at = (gapMeters: number) =>
    measure(
      legOf(
        'ride',
        { distance: [0, 50, 100, 100 + gapMeters, 150 + gapMeters] },
        { times: [0, 10, 20, 620, 630] },
      ),
    ).movingSeconds;

  assert.equal(at(3000), 630);
  assert.equal(at(10), 30);
});

test('believes positions when the watch counted no distance', () => {
  const latitude = Array.from({ length: 101 }, (_, second) => 47 + second * 1e-4);

  const measures = measure(legOf('run', { latitude, longitude: fill(101, 9), distance: fill(101, 0) }));

  assertWithin(measures.distanceMeters, 1112, 0.001);
});

test('believes a wheel sensor beside positions that are a tenth off', () => {
  const latitude = Array.from({ length: 101 }, (_, second) => 47 + second * 1e-4);
  const distance = Array.from({ length: 101 }, (_, second) => second * 10);

  const measures = measure(legOf('ride', { latitude, longitude: fill(101, 9), distance }));

  assert.equal(measures.distanceMeters, 1000);
});

test('believes a wheel sensor where there are no positions any more, or none yet', () => {
  const degrees = Array.from({ length: 101 }, (_, second) => 47 + second * 1e-4);
  const lost = fill(200, Number.NaN);
  const longitude = [...lost, ...fill(101, 9), ...lost];
  const distance = Array.from({ length: 501 }, (_, second) => second * 10);

  const { distanceMeters } = measure(
    legOf('ride', { latitude: [...lost, ...degrees, ...lost], longitude, distance }),
  );

  assert.equal(distanceMeters, 5000);
});

test('goes on counting when the watch starts again at zero', () => {
  const measures = measure(legOf('ride', { distance: [0, 100, 200, 0, 100, NaN, 300] }, { stepSeconds: 20 }));

  assert.equal(measures.distanceMeters, 500);
  assert.deepEqual(Array.from(measures.samples.channels.distance ?? []), [0, 100, 200, 200, 300, 400, 500]);
});

test('does not count the way that was made while the timer was stopped', () => {
  const latitude = [47, 47.001, 47.002, 47.05, 47.051];
  const pauses = [{ startSeconds: 200, endSeconds: 300 }];

  const measures = measure(
    legOf('run', { latitude, longitude: fill(5, 9) }, { times: [0, 100, 200, 300, 400], pauses }),
  );

  assertWithin(measures.distanceMeters, 3 * 111.2, 0.001);
});

test('sums speed up where there is neither distance nor position', () => {
  const measures = measure(legOf('treadmillRun', { speed: fill(101, 3) }));

  assert.equal(measures.distanceMeters, 300);
});

test('derives speed and grade where the file has none', () => {
  const distance = Array.from({ length: 301 }, (_, second) => second * 5);
  const altitude = distance.map((meters) => 400 + meters * 0.06);

  const { samples, averageSpeedMetersPerSecond } = measure(legOf('ride', { distance, altitude }));

  assertWithin(averageSpeedMetersPerSecond, 5, 0.001);
  assertWithin(samples.channels.speed?.[150], 5, 0.001);
  assertWithin(samples.channels.grade?.[150], 0.06, 0.01);
});

test('does not take a single spike for the highest speed', () => {
  const speed = fill(100, 8);
  speed[40] = 26;

  assert.equal(measure(legOf('ride', { speed, distance: addedUp(speed) })).maxSpeedMetersPerSecond, 8);
});

test('averages cadence without and power with the time at rest', () => {
  const cadence = [...fill(50, 90), ...fill(50, 0)];
  const power = [...fill(50, 200), ...fill(50, 0)];

  const measures = measure(legOf('ride', { cadence, power }));

  assertWithin(measures.averageCadenceRpm, 90, 0.001);
  assertWithin(measures.averagePowerWatts, 100, 0.02);
});

test('weights values by the time that they held', () => {
  const measures = measure(legOf('run', { heartRate: [100, 160, 160] }, { times: [0, 10, 40] }));

  assertWithin(measures.averageHeartRateBpm, (10 * 100 + 30 * 160) / 40, 0.001);
});

test('counts turns of two metres and no noise', () => {
  const noise = Array.from({ length: 500 }, (_, at) => 300 + (at % 2));
  assert.deepEqual(climbOf(Float64Array.from(noise)), { climbMeters: 0, descentMeters: 0 });

  const hills = [100, 101, 130, 129.5, 131, 110, 110.5, 109, 150, NaN, 149];
  assert.deepEqual(climbOf(Float64Array.from(hills)), { climbMeters: 72, descentMeters: 22 });
});

test('measures laps by themselves, between samples too', () => {
  const distance = Array.from({ length: 11 }, (_, at) => at * 50);
  const laps = [
    { startSeconds: 0, endSeconds: 25 },
    { startSeconds: 25, endSeconds: 100 },
  ];

  const measures = measure(legOf('ride', { distance }, { stepSeconds: 10, laps }));

  assert.deepEqual(
    measures.laps.map(({ distanceMeters, elapsedSeconds, movingSeconds }) => ({
      distanceMeters,
      elapsedSeconds,
      movingSeconds,
    })),
    [
      { distanceMeters: 125, elapsedSeconds: 25, movingSeconds: 25 },
      { distanceMeters: 375, elapsedSeconds: 75, movingSeconds: 75 },
    ],
  );
});

test('finds the fastest stretch over each distance', () => {
  const speed = [...fill(300, 3), ...fill(200, 4), ...fill(300, 3)];
  const { bestDistances } = measure(legOf('run', { speed, distance: addedUp(speed) }));

  const best = new Map(bestDistances.map((effort) => [effort.distanceMeters, effort]));
  assertWithin(best.get(400)?.elapsedSeconds, 100, 0.01);
  assertWithin(best.get(800)?.elapsedSeconds, 200, 0.01);
  assertWithin(best.get(1000)?.elapsedSeconds, 200 + 200 / 3, 0.01);
  assert.ok((best.get(800)?.startSeconds ?? 0) >= 298);
  assert.equal(best.get(5000), undefined);
});

test('finds the strongest stretch over each time', () => {
  const power = [...fill(600, 150), ...fill(60, 400), ...fill(600, 150)];

  const { bestPowers } = measure(legOf('ride', { power }));

  assert.deepEqual(
    bestPowers.map(({ durationSeconds, powerWatts, startSeconds }) => [
      durationSeconds,
      powerWatts,
      startSeconds,
    ]),
    [
      [5, 400, 600],
      [15, 400, 600],
      [60, 400, 600],
      [300, 200, 360],
      [600, 175, 60],
      [1200, 162.5, 0],
    ],
  );
});

test('does not take a silent sensor for power', () => {
  const power = [300, 300, 0];

  const { bestPowers } = measure(legOf('ride', { power }, { times: [0, 60, 61] }));

  assert.ok((bestPowers.find(({ durationSeconds }) => durationSeconds === 60)?.powerWatts ?? 999) < 60);
});

test('measures two instants', () => {
  const measures = measure(legOf('strengthTraining', { heartRate: [110, 110] }, { times: [0, 1800] }));

  assert.equal(measures.elapsedSeconds, 1800);
  assert.equal(measures.averageHeartRateBpm, 110);
});

async function onlyLegOf(bytes: Uint8Array): Promise<Leg> {
  const [leg, ...others] = (await readTrack(bytes)).legs;
  assert.ok(leg && others.length === 0);
  return leg;
}

interface LegTiming {
  readonly times?: readonly number[];
  readonly stepSeconds?: number;
  readonly pauses?: readonly Span[];
  readonly laps?: readonly Span[];
}

function legOf(
  sport: Sport,
  values: Partial<Record<Channel, readonly number[]>>,
  timing: LegTiming = {},
): Leg {
  const length = Math.max(...Object.values(values).map((column) => column.length));
  const {
    stepSeconds = 1,
    times = Array.from({ length }, (_, at) => at * stepSeconds),
    pauses = [],
    laps = [],
  } = timing;
  const channels: Partial<Record<Channel, Float64Array>> = {};
  for (const channel of CHANNELS) {
    const column = values[channel];
    if (column) channels[channel] = Float64Array.from(column);
  }
  return {
    sport,
    startedAt: new Date('2026-05-09T07:30:00Z'),
    samples: { length, elapsedSeconds: Float64Array.from(times), channels },
    laps,
    timerPauses: pauses,
    totals: {},
  };
}

function fill(length: number, value: number): number[] {
  return new Array<number>(length).fill(value);
}

function addedUp(speed: readonly number[]): number[] {
  let meters = 0;
  return speed.map((value, at) => (meters += at === 0 ? 0 : value));
}

function assertWithin(actual: number | undefined, expected: number, share: number): void {
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= share * expected,
    `${actual} is not within ${share * 100} % of ${expected}`,
  );
}
