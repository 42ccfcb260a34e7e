import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { SAMPLE_CHANNELS, sampleRows } from '../../timeseries/sample-rows.js';

const ID = '0192f0c0-0000-7000-8000-000000000001';
const RESOLUTIONS = [0.01, 0.01, 0.001, 1, 0.01, 1, 0.1, 0.0001]; // in the order of SAMPLE_CHANNELS

test('rows hold every value to the resolution of its channel, and null for what is missing', () => {
  const value = fc.oneof(fc.double({ min: -20_000, max: 20_000, noNaN: true }), fc.constant(Number.NaN));
  const sample = fc.array(value, { minLength: SAMPLE_CHANNELS.length, maxLength: SAMPLE_CHANNELS.length });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 20 }), (samples) => {
      const rows = rowsOf(samples);

      assert.equal(rows.length, samples.length);
      rows.forEach(([, id, elapsedSeconds, ...columns], at) => {
        assert.equal(id, ID);
        assert.equal(elapsedSeconds, String(at));
        columns.forEach((text, channel) => {
          const expected = samples[at]?.[channel] ?? Number.NaN;
          if (Number.isNaN(expected)) assert.equal(text, '\\N');
          else assert.ok(Math.abs(Number(text) - expected) <= (RESOLUTIONS[channel] ?? 0) / 2 + 1e-9, text);
        });
      });
    }),
  );
});

test('instants are in UTC to the millisecond, over midnight too', () => {
  const { batches, span } = sampleRows(ID, {
    startedAt: new Date('2026-02-28T23:59:59.500Z'),
    samples: { length: 2, elapsedSeconds: Float64Array.of(0, 1.2345), channels: {} },
  });

  const [first, second] = linesOf(batches);
  assert.equal(first?.[0], '2026-02-28T23:59:59.500Z');
  assert.equal(second?.[0], '2026-03-01T00:00:00.735Z');
  assert.deepEqual(span, {
    startedAt: new Date('2026-02-28T23:59:59.500Z'),
    endedAt: new Date('2026-03-01T00:00:00.735Z'),
  });
});

test('two samples within one millisecond keep their order', () => {
  const { batches } = sampleRows(ID, {
    startedAt: new Date('2026-03-01T00:00:00Z'),
    samples: { length: 3, elapsedSeconds: Float64Array.of(0, 0.0001, 0.0002), channels: {} },
  });

  assert.deepEqual(
    linesOf(batches).map(([, , seconds]) => seconds),
    ['0', '0.001', '0.002'],
  );
});

test('a recording of a day is cut into batches, and no row is lost', () => {
  const length = 86_400;
  const { batches } = sampleRows(ID, {
    startedAt: new Date('2026-03-01T00:00:00Z'),
    samples: { length, elapsedSeconds: Float64Array.from({ length }, (_, at) => at), channels: {} },
  });

  assert.deepEqual(
    batches.map((batch) => linesOf([batch]).length),
    [50_000, 36_400],
  );
});

function rowsOf(samples: readonly (readonly number[])[]): string[][] {
  const { batches } = sampleRows(ID, {
    startedAt: new Date('2026-03-01T00:00:00Z'),
    samples: {
      length: samples.length,
      elapsedSeconds: Float64Array.from(samples, (_, at) => at),
      channels: Object.fromEntries(
        SAMPLE_CHANNELS.map((name, channel) => [
          name,
          Float64Array.from(samples, (each) => each[channel] ?? Number.NaN),
        ]),
      ),
    },
  });
  return linesOf(batches);
}

function linesOf(batches: readonly Uint8Array[]): string[][] {
  const text = Buffer.concat(batches).toString('latin1');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
}
