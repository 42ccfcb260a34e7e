import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Channel, Samples } from '../../../timeseries/tracks/recording.js';
import { pick, reduce } from '../../../timeseries/tracks/reduce.js';

const CHANNELS: readonly Channel[] = ['speed', 'heartRate', 'power'];

const value = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -50, max: 500 }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), value, value, value), {
  minLength: 1,
  maxLength: 400,
});

test('keeps at most n samples, both ends and the peaks and troughs of every channel', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 8, max: 100 }), (columns, points) => {
      const samples = samplesOf(columns);

      const kept = reduce(samples, CHANNELS, points);

      assert.ok(kept.length <= points);
      assert.equal(kept[0], 0);
      assert.equal(kept.at(-1), samples.length - 1);
      for (let at = 1; at < kept.length; at++) assert.ok((kept[at] ?? 0) > (kept[at - 1] ?? 0));
      for (const channel of CHANNELS) {
        const all = samples.channels[channel] ?? new Float64Array();
        const present = (values: Float64Array) => values.filter((each) => !Number.isNaN(each));
        assert.equal(Math.max(...present(pick(all, kept))), Math.max(...present(all)));
        assert.equal(Math.min(...present(pick(all, kept))), Math.min(...present(all)));
      }
    }),
  );
});

test('keeps exactly n of many', () => {
  const samples = samplesOf(Array.from({ length: 10_800 }, (_, at) => [1, at % 97, at % 61, at % 31]));

  assert.equal(reduce(samples, CHANNELS, 1000).length, 1000);
});

test('keeps all of few', () => {
  const samples = samplesOf([
    [1, 1, 1, 1],
    [1, 2, 2, 2],
  ]);

  assert.deepEqual(Array.from(reduce(samples, CHANNELS, 10)), [0, 1]);
});

test('keeps the ends and the first peaks when there is room for nothing else', () => {
  const samples = samplesOf([
    [1, 0, 0, 0],
    [1, 9, 0, 0],
    [1, 0, 9, 0],
    [1, 0, 0, 9],
    [1, 1, 1, 1],
  ]);

  assert.deepEqual(Array.from(reduce(samples, CHANNELS, 2)), [0, 4]);
  assert.deepEqual(Array.from(reduce(samples, CHANNELS, 3)), [0, 1, 4]);
  assert.deepEqual(Array.from(reduce(samples, CHANNELS, 4)), [0, 1, 2, 4]);
});

test('spreads over time what no channel asks for', () => {
  const samples = samplesOf(Array.from({ length: 1000 }, () => [1, 5, NaN, NaN]));

  const kept = reduce(samples, ['speed', 'latitude'], 11);

  for (let at = 1; at < kept.length; at++) assert.ok((kept[at] ?? 0) - (kept[at - 1] ?? 0) < 220);
});

function samplesOf(rows: readonly (readonly [number, number, number, number])[]): Samples {
  let seconds = -1;
  return {
    length: rows.length,
    elapsedSeconds: Float64Array.from(rows, ([step]) => (seconds += step)),
    channels: {
      speed: Float64Array.from(rows, ([, speed]) => speed),
      heartRate: Float64Array.from(rows, ([, , beats]) => beats),
      power: Float64Array.from(rows, ([, , , watts]) => watts),
    },
  };
}
