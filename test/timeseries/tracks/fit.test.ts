import assert from 'node:assert/strict';
import test from 'node:test';
import { Decoder, type RecordMesg, Stream } from '@garmin/fitsdk';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { COLUMN, Columns } from '../../../timeseries/tracks/columns.js';
import { walkFit } from '../../../timeseries/tracks/fit-layout.js';
import { RECORD_MESSAGE, RecordReader } from '../../../timeseries/tracks/fit-records.js';
import { readTrack } from '../../../timeseries/tracks/read-track.js';
import type { Channel } from '../../../timeseries/tracks/recording.js';
import { FitBytes, fileId, type HandMadeField } from './fit-bytes.js';
import { needsSharedTracks, sharedTrack } from './shared-tracks.js';

const START = 1_100_000_000;
const FIT_EPOCH_MILLISECONDS = Date.UTC(1989, 11, 31);

test('reads the records of a simulated duathlon as the SDK does', () => {
  assertSameAsSdk(rideAsFit(simulateRide({ durationSeconds: 900, seed: 3, sport: 'duathlon' })));
});

for (const name of [
  'sample-activity.fit',
  'activity-small-fenix2-run.fit',
  'garmin-edge-500-activity.fit',
  'Edge810-Vector-2013-08-16-15-35-10.fit',
  'activity-large-fenxi2-multisport.fit',
  'sample-activity-indoor-trainer.fit',
  'same-ride.fit',
]) {
  test(`reads the records of ${name} as the SDK does`, needsSharedTracks, () => {
    assertSameAsSdk(sharedTrack(name));
  });
}

test('reads compressed timestamps, which the SDK refuses', async () => {
  const first = [uint32(253, START), uint8(3, 100)];
  const rest = [uint8(3, 120)];
  const bytes = activity().define(1, 20, first).message(1, first).define(2, 20, rest);
  for (let second = 1; second <= 90; second++) bytes.compressed(2, (START + second) & 0x1f, rest);

  const { legs } = await readTrack(bytes.file());

  assert.deepEqual(
    Array.from(legs[0]?.samples.elapsedSeconds ?? []),
    Array.from({ length: 91 }, (_, at) => at),
  );
  assert.equal(legs[0]?.samples.channels.heartRate?.[90], 120);
});

test('reads big endian messages and skips developer fields', async () => {
  const fields = [uint32(253, START), uint16(7, 250)];
  const later = [uint32(253, START + 1), uint16(7, 260)];
  const bytes = activity().define(1, 20, fields, { bigEndian: true });
  bytes.message(1, fields, { bigEndian: true }).message(1, later, { bigEndian: true });
  // Two fields and one developer field of two bytes, whose meaning nobody described.
  bytes.raw(0x40 | 0x20 | 2, 0, 0, 20, 0, 2, 253, 4, 0x86, 7, 2, 0x84, 1, 0, 2, 0);
  bytes.message(2, [uint32(253, START + 2), uint16(7, 270), uint16(0, 999)]);

  const { legs } = await readTrack(bytes.file());

  assert.deepEqual(Array.from(legs[0]?.samples.channels.power ?? []), [250, 260, 270]);
});

test('adds speed and distance up from the compressed field of old foot pods', async () => {
  const at = (second: number, speed: number, distance: number) => [
    uint32(253, START + second),
    { number: 8, type: 'byte3', value: speed | (distance << 12) } as const,
  ];
  const bytes = activity().define(1, 20, at(0, 0, 0));
  bytes
    .message(1, at(0, 300, 4000))
    .message(1, at(1, 310, 4048))
    .message(1, at(2, 320, 0));

  const { legs } = await readTrack(bytes.file());

  assert.deepEqual(Array.from(legs[0]?.samples.channels.speed ?? []), [3, 3.1, 3.2]);
  assert.deepEqual(Array.from(legs[0]?.samples.channels.distance ?? []), [250, 253, 256]);
});

test('lets enhanced fields win where they are valid', async () => {
  const at = (second: number, enhanced: number) => [
    uint32(253, START + second),
    uint16(2, (100 + 500) * 5),
    uint32(78, enhanced),
  ];
  const bytes = activity().define(1, 20, at(0, 0));
  bytes.message(1, at(0, (200 + 500) * 5)).message(1, at(1, 0xffff_ffff));

  const { legs } = await readTrack(bytes.file());

  assert.deepEqual(Array.from(legs[0]?.samples.channels.altitude ?? []), [200, 100]);
});

test('keeps the first of repeated instants and fills in what it lacked', async () => {
  const position = (second: number, degrees: number) => [
    uint32(253, START + second),
    sint32(0, degrees * (2 ** 31 / 180)),
    sint32(1, degrees * (2 ** 31 / 180)),
  ];
  const beats = (second: number) => [uint32(253, START + second), uint8(3, 130)];
  const bytes = activity().define(1, 20, position(0, 0)).define(2, 20, beats(0));
  bytes
    .message(1, position(0, 45))
    .message(2, beats(0))
    .message(1, position(0, 90))
    .message(1, position(1, 45));

  const { legs } = await readTrack(bytes.file());

  assert.equal(legs[0]?.samples.length, 2);
  assert.equal(legs[0]?.samples.channels.latitude?.[0], 45);
  assert.equal(legs[0]?.samples.channels.heartRate?.[0], 130);
});

test('forgives a clock that the first satellite sets back by a second', async () => {
  const bytes = activity().define(1, 20, [uint32(253, 0), uint8(3, 0)]);
  for (let second = 0; second < 300; second++) {
    bytes.message(1, [uint32(253, START + (second === 200 ? 198 : second)), uint8(3, 130)]);
  }

  const { legs } = await readTrack(bytes.file());

  assert.equal(legs[0]?.samples.length, 299);
});

test('ignores records from before the watch knew the time', async () => {
  const bytes = activity().define(1, 20, [uint32(253, 0), uint8(3, 0)]);
  for (const time of [12, 13, START, START + 1]) bytes.message(1, [uint32(253, time), uint8(3, 130)]);

  const { legs } = await readTrack(bytes.file());

  assert.equal(legs[0]?.startedAt.getTime(), FIT_EPOCH_MILLISECONDS + START * 1000);
});

test('makes one leg per sport and leaves transitions out', async () => {
  const ride = simulateRide({ durationSeconds: 1200, seed: 5, sport: 'duathlon' });

  const { legs } = await readTrack(rideAsFit(ride));

  const sports = ride.legs.filter(({ sport }) => sport !== 'transition');
  assert.deepEqual(
    legs.map(({ sport, startedAt, samples }) => ({ sport, startedAt, length: samples.length })),
    sports.map(({ sport, startedAt, samples }) => ({ sport, startedAt, length: samples.length })),
  );
  assert.ok(
    legs.every(({ laps, samples }) => (laps.at(-1)?.endSeconds ?? 0) <= (samples.elapsedSeconds.at(-1) ?? 0)),
  );
});

test('reads files that are chained, and padding behind them', async () => {
  const settings = new FitBytes().define(0, 0, fileId(2)).message(0, fileId(2)).file();
  const ride = rideAsFit(simulateRide({ durationSeconds: 120 }));

  const { legs, rescued } = await readTrack(Buffer.concat([settings, ride, new Uint8Array(512)]));

  assert.equal(legs[0]?.samples.length, 120);
  assert.equal(rescued, undefined);
});

test('makes an activity of a session without a single record', async () => {
  const session = [
    uint32(253, START + 1800),
    uint32(2, START),
    { number: 5, type: 'enum', value: 10 } as const,
    { number: 6, type: 'enum', value: 20 } as const,
    uint32(7, 1_800_000),
    uint8(16, 110),
  ];

  const { legs } = await readTrack(activity().define(1, 18, session).message(1, session).file());

  assert.equal(legs[0]?.sport, 'strengthTraining');
  assert.deepEqual(Array.from(legs[0]?.samples.elapsedSeconds ?? []), [0, 1800]);
  assert.deepEqual(Array.from(legs[0]?.samples.channels.heartRate ?? []), [110, 110]);
});

test('finds pauses, laps, device and totals', async () => {
  const ride = simulateRide({ durationSeconds: 3600, seed: 2 });
  const [simulated] = ride.legs;

  const { legs } = await readTrack(rideAsFit(ride));

  assert.deepEqual(legs[0]?.timerPauses, simulated?.pauses);
  assert.deepEqual(
    legs[0]?.laps.map(({ startSeconds, endSeconds }) => ({ startSeconds, endSeconds })),
    simulated?.laps,
  );
  assert.equal(legs[0]?.device, 'development 1');
  assert.ok((legs[0]?.totals.distanceMeters ?? 0) > 15_000);
});

test('saves what a file cut short still holds, and says so', async () => {
  const whole = rideAsFit(simulateRide({ durationSeconds: 3600, seed: 1, pauses: 0 }));
  const cut = whole.slice(0, Math.round((whole.length * 40) / 60));

  const { legs, rescued } = await readTrack(cut);

  const seconds = legs[0]?.samples.elapsedSeconds.at(-1) ?? 0;
  assert.ok(Math.abs(seconds - 2400) < 60, `${seconds} s`);
  assert.equal(rescued?.reason, 'cutShort');
  assert.equal(rescued?.rescuedSeconds, seconds);
  assert.equal(rescued?.expectedBytes, whole.length);
  assert.ok((rescued?.readBytes ?? 0) <= cut.length);
});

test('saves a file whose length the watch never came to write', async () => {
  const whole = rideAsFit(simulateRide({ durationSeconds: 600, seed: 1, pauses: 0 }));
  const cut = whole.slice(0, 12_000);
  cut.fill(0, 4, 8);

  const { legs, rescued } = await readTrack(cut);

  assert.ok((legs[0]?.samples.length ?? 0) > 300);
  assert.equal(rescued?.expectedBytes, undefined);
});

function assertSameAsSdk(bytes: Uint8Array): void {
  const columns = new Columns();
  const records = new RecordReader(bytes, columns);
  walkFit(bytes, {
    definition: () => undefined,
    message: (layout, _local, from, offset) => {
      if (layout.globalNumber === RECORD_MESSAGE) records.read(layout, from + 1, offset);
    },
  });
  const read = columns.between(-Infinity, Infinity);
  const expected = firstOfEachSecond(
    new Decoder(Stream.fromByteArray(bytes)).read().messages.recordMesgs ?? [],
  );
  assert.equal(read?.samples.length, expected.length);
  for (const channel of SDK_CHANNELS) {
    const values: Float64Array | undefined = read?.samples.channels[channel];
    const wanted = expected.map((mesg) => sdkValue(mesg, channel));
    if (wanted.every(Number.isNaN)) assert.equal(values, undefined);
    else assert.deepEqual(Array.from(values ?? []), wanted, channel);
  }
}

const SDK_CHANNELS = Object.keys(COLUMN).filter(
  (name): name is Exclude<Channel, 'grade'> => name !== 'grade',
);

/** What this product makes of the SDK's records: repeats fill gaps, steps back are dropped. */
function firstOfEachSecond(records: readonly RecordMesg[]): RecordMesg[] {
  const kept: RecordMesg[] = [];
  for (const record of records) {
    const last = kept.at(-1);
    if (!(record.timestamp instanceof Date)) continue;
    const seconds =
      record.timestamp.getTime() - (last?.timestamp instanceof Date ? last.timestamp.getTime() : 0);
    if (seconds > 0) kept.push({ ...record });
    else if (seconds === 0) kept[kept.length - 1] = { ...record, ...last };
  }
  return kept;
}

function sdkValue(mesg: RecordMesg, channel: Exclude<Channel, 'grade'>): number {
  const hasPosition = mesg.positionLat !== undefined && mesg.positionLong !== undefined;
  const values: Record<Exclude<Channel, 'grade'>, number | undefined> = {
    latitude: hasPosition ? (mesg.positionLat ?? NaN) * (180 / 2 ** 31) : NaN,
    longitude: hasPosition ? (mesg.positionLong ?? NaN) * (180 / 2 ** 31) : NaN,
    distance: mesg.distance,
    altitude: mesg.enhancedAltitude ?? mesg.altitude,
    speed: mesg.enhancedSpeed ?? mesg.speed,
    heartRate: mesg.heartRate,
    cadence: mesg.cadence === undefined ? NaN : mesg.cadence + (mesg.fractionalCadence ?? 0),
    power: mesg.power,
    temperature: mesg.temperature,
  };
  return values[channel] ?? NaN;
}

function activity(): FitBytes {
  return new FitBytes().define(0, 0, fileId()).message(0, fileId());
}

function uint8(number: number, value: number): HandMadeField {
  return { number, type: 'uint8', value };
}

function uint16(number: number, value: number): HandMadeField {
  return { number, type: 'uint16', value };
}

function uint32(number: number, value: number): HandMadeField {
  return { number, type: 'uint32', value };
}

function sint32(number: number, value: number): HandMadeField {
  return { number, type: 'sint32', value };
}
