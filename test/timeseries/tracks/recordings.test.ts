import assert from 'node:assert/strict';
import test from 'node:test';
import { type ActivityMeasures, measure } from '../../../timeseries/tracks/measures.js';
import { readTrack } from '../../../timeseries/tracks/read-track.js';
import { isSameRecording } from '../../../timeseries/tracks/same-recording.js';
import { UnreadableTrack } from '../../../timeseries/tracks/unreadable-track.js';
import { needsSharedTracks, sharedTrack } from './shared-tracks.js';

// What the watches themselves summed up, for comparison.
const DEVICE_TOTALS = [
  {
    file: 'Edge810-Vector-2013-08-16-15-35-10.fit',
    meters: 41_339,
    timerSeconds: 4700,
    climb: 514,
    beats: 154,
    watts: 276,
  },
  { file: 'garmin-edge-500-activity.fit', meters: 92_622, timerSeconds: 10_641, climb: 541, beats: 162 },
  { file: 'sample-activity.fit', meters: 88_797, timerSeconds: 10_699, climb: 299, beats: 166 },
  { file: 'activity-small-fenix2-run.fit', meters: 9008, timerSeconds: 2832, climb: 64 },
  { file: 'sample-activity-indoor-trainer.fit', timerSeconds: 2262, beats: 148, watts: 201 },
] as const;

for (const device of DEVICE_TOTALS) {
  test(`measures ${device.file} as its watch did`, needsSharedTracks, async () => {
    const measures = await onlyLeg(device.file);

    assertWithin(measures.movingSeconds, device.timerSeconds, 0.015);
    if ('meters' in device) assertWithin(measures.distanceMeters, device.meters, 0.001);
    else assert.equal(measures.distanceMeters, undefined);
    if ('climb' in device) assertWithin(measures.climbMeters, device.climb, 0.15);
    if ('beats' in device) assertWithin(measures.averageHeartRateBpm, device.beats, 0.01);
    if ('watts' in device) assertWithin(measures.averagePowerWatts, device.watts, 0.01);
  });
}

test('measures one ride the same in three formats, and knows it again', needsSharedTracks, async () => {
  const fit = await onlyLeg('same-ride.fit');
  for (const file of ['same-ride.gpx', 'same-ride.tcx']) {
    const other = await onlyLeg(file);

    for (const figure of [
      'distanceMeters',
      'elapsedSeconds',
      'movingSeconds',
      'climbMeters',
      'averageSpeedMetersPerSecond',
      'averageHeartRateBpm',
      'maxHeartRateBpm',
      'maxSpeedMetersPerSecond',
    ] as const) {
      assertWithin(other[figure], fit[figure] ?? Number.NaN, 0.01, `${figure} of ${file}`);
    }
    assert.ok(isSameRecording(fit, other));
  }
});

test('makes one leg of each sport of a multisport recording', needsSharedTracks, async () => {
  const { legs } = await readTrack(sharedTrack('activity-large-fenxi2-multisport.fit'));

  assert.deepEqual(
    legs.map(({ sport, laps }) => [sport, laps.length]),
    [
      ['workout', 1],
      ['run', 1],
      ['run', 1],
      ['ride', 1],
    ],
  );
  for (const leg of legs) {
    const { distanceMeters } = measure(leg);
    assertWithin(distanceMeters, leg.totals.distanceMeters ?? 0, 0.001);
  }
});

for (const [file, problem] of [
  ['activity-filecrc.fit', 'track-checksum-wrong'],
  ['activity-unexpected-eof.fit', 'track-cut-short'],
  ['activity-settings-nodata.fit', 'track-cut-short'],
  ['Settings.fit', 'track-not-an-activity'],
  ['MonitoringFile.fit', 'track-not-an-activity'],
  ['cerknicko-without-times.gpx', 'track-without-times'],
  ['unicode_with_bom.gpx', 'track-without-measurements'],
] as const) {
  test(`refuses ${file}: ${problem}`, needsSharedTracks, async () => {
    await assert.rejects(
      readTrack(sharedTrack(file)),
      (error) => error instanceof UnreadableTrack && error.problem === problem,
    );
  });
}

for (const [file, points] of [
  ['cerknicko-jezero.gpx', 296],
  ['korita-zbevnica.gpx', 513],
  ['track-with-empty-segment.gpx', 9],
] as const) {
  test(`reads ${file}`, needsSharedTracks, async () => {
    const { legs } = await readTrack(sharedTrack(file));

    assert.deepEqual(
      legs.map(({ samples }) => samples.length),
      [points],
    );
  });
}

async function onlyLeg(file: string): Promise<ActivityMeasures> {
  const { legs } = await readTrack(sharedTrack(file));
  const [leg] = legs;
  assert.ok(leg && legs.length === 1);
  return measure(leg);
}

function assertWithin(actual: number | undefined, expected: number, share: number, what = ''): void {
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= share * expected,
    `${what} ${actual} is not ${expected}`,
  );
}
