import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { metersBetween } from '../../../timeseries/tracks/earth.js';
import { decodePolyline, encodePolyline, type Positions } from '../../../timeseries/tracks/polyline.js';
import {
  BLOCK_POSITIONS,
  decodePositionBlocks,
  encodePositionBlocks,
} from '../../../timeseries/tracks/position-blocks.js';
import { simplify } from '../../../timeseries/tracks/simplify.js';

const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const missing = { latitude: Number.NaN, longitude: Number.NaN };
const anywhere = fc.record({ latitude: degrees(90), longitude: degrees(180) });
const maybeMissing = fc.oneof(
  { weight: 4, arbitrary: anywhere },
  { weight: 1, arbitrary: fc.constant(missing) },
);
const nearby = fc.record({
  latitude: fc.double({ min: 46.99, max: 47.01, noNaN: true }),
  longitude: fc.oneof(
    fc.double({ min: 179.99, max: 180, noNaN: true }),
    fc.double({ min: -180, max: -179.99, noNaN: true }),
  ),
});

test('writes the polyline of the published example', () => {
  const example = columns([
    { latitude: 38.5, longitude: -120.2 },
    { latitude: 40.7, longitude: -120.95 },
    { latitude: 43.252, longitude: -126.453 },
  ]);

  assert.equal(encodePolyline(example), '_p~iF~ps|U_ulLnnqC_mqNvxq`@');
  assert.deepEqual(decodePolyline('_p~iF~ps|U_ulLnnqC_mqNvxq`@'), example);
});

test('a polyline keeps every present position to a metre', () => {
  fc.assert(
    fc.property(fc.array(maybeMissing, { maxLength: 60 }), (points) => {
      const decoded = decodePolyline(encodePolyline(columns(points)));

      const present = points.filter(({ latitude }) => !Number.isNaN(latitude));
      assert.equal(decoded.latitude.length, present.length);
      present.forEach(({ latitude, longitude }, at) => {
        assert.ok(Math.abs((decoded.latitude[at] ?? 0) - latitude) <= 0.5001e-5);
        assert.ok(Math.abs((decoded.longitude[at] ?? 0) - longitude) <= 0.5001e-5);
      });
    }),
  );
});

test('refuses a polyline that is none', () => {
  for (const broken of ['_p~iF~ps|U_', '_p~iF', 'ab c', '~~~~~~~~~~~~']) {
    assert.throws(() => decodePolyline(broken), RangeError);
  }
});

test('position blocks keep every position to a centimetre, and what is missing', () => {
  fc.assert(
    fc.property(fc.array(maybeMissing, { maxLength: 200 }), (points) => {
      const written = columns(points);

      const blocks = encodePositionBlocks(written);
      const read = decodePositionBlocks(blocks.map(({ bytes }) => bytes));

      assertClose(read, written);
    }),
  );
});

test('position blocks hold an hour each and go on where the last one ended', () => {
  const length = 2 * BLOCK_POSITIONS + 17;
  const written = columns(
    Array.from({ length }, (_, at) =>
      at % 100 === 7 ? missing : { latitude: 47 + at * 1e-5, longitude: 179.9999 + (at % 3) * 1e-5 },
    ),
  );

  const blocks = encodePositionBlocks(written);

  assert.deepEqual(
    blocks.map(({ firstSample, positionCount }) => [firstSample, positionCount]),
    [
      [0, 3600],
      [3600, 3600],
      [7200, 17],
    ],
  );
  assertClose(decodePositionBlocks(blocks.map(({ bytes }) => bytes)), written);
  assert.ok(blocks.every(({ bytes, positionCount }) => bytes.length < 5 * positionCount + 20));
});

test('refuses a damaged position block instead of reading on', () => {
  const [block] = encodePositionBlocks(columns([{ latitude: 47, longitude: 9 }, missing]));
  assert.ok(block);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      try {
        const { latitude } = decodePositionBlocks([bytes]);
        assert.ok(latitude.length <= BLOCK_POSITIONS);
      } catch (error) {
        assert.ok(error instanceof RangeError);
      }
    }),
  );
  assert.throws(() => decodePositionBlocks([block.bytes.subarray(0, 4)]), RangeError);
  // Five positions: none present, then nine missing.
  assert.throws(() => decodePositionBlocks([Uint8Array.of(5, 0, 9)]), RangeError);
});

test('simplifying keeps the ends and stays within the tolerance, over the date line too', () => {
  fc.assert(
    fc.property(
      fc.array(nearby, { minLength: 1, maxLength: 80 }),
      fc.integer({ min: 1, max: 500 }),
      (points, meters) => {
        const positions = columns(points);

        const kept = simplify(positions, meters);

        assert.equal(kept[0], 0);
        assert.equal(kept.at(-1), points.length - 1);
        points.forEach((_, at) => {
          assert.ok(metersFromKept(positions, kept, at) <= meters * 1.02 + 0.5);
        });
      },
    ),
  );
});

test('simplifying leaves missing positions out', () => {
  const positions = columns([
    missing,
    { latitude: 47, longitude: 9 },
    missing,
    { latitude: 48, longitude: 9 },
    missing,
  ]);

  assert.deepEqual(Array.from(simplify(positions, 10)), [1, 3]);
  assert.deepEqual(Array.from(simplify(columns([missing]), 10)), []);
});

test('simplifying a straight line of 200,000 points keeps a few, and soon', () => {
  const positions = columns(
    Array.from({ length: 200_000 }, (_, at) => ({ latitude: 47, longitude: at * 1e-5 })),
  );

  assert.ok(simplify(positions, 5).length < 250);
});

function columns(points: readonly { latitude: number; longitude: number }[]): Positions {
  return {
    latitude: Float64Array.from(points, ({ latitude }) => latitude),
    longitude: Float64Array.from(points, ({ longitude }) => longitude),
  };
}

function assertClose(read: Positions, written: Positions): void {
  for (const axis of ['latitude', 'longitude'] as const) {
    assert.equal(read[axis].length, written[axis].length);
    read[axis].forEach((value, at) => {
      const expected = written[axis][at] ?? 0;
      assert.ok(Number.isNaN(expected) ? Number.isNaN(value) : Math.abs(value - expected) <= 0.51e-7);
    });
  }
}

/** Distance of a position from the line through the kept ones around it, by stepping along that line. */
function metersFromKept({ latitude, longitude }: Positions, kept: Uint32Array, at: number): number {
  const behind = kept.findIndex((index) => index >= at);
  const to = kept[behind] ?? 0;
  const from = kept[Math.max(0, behind - 1)] ?? 0;
  const steps = 2000;
  let least = Number.POSITIVE_INFINITY;
  const east = wrapped((longitude[to] ?? 0) - (longitude[from] ?? 0));
  for (let step = 0; step <= steps; step++) {
    const share = step / steps;
    const north = (latitude[from] ?? 0) + share * ((latitude[to] ?? 0) - (latitude[from] ?? 0));
    const meters = metersBetween(
      north,
      (longitude[from] ?? 0) + share * east,
      latitude[at] ?? 0,
      longitude[at] ?? 0,
    );
    least = Math.min(least, meters);
  }
  return least;
}

function wrapped(degreesEast: number): number {
  return degreesEast - 360 * Math.round(degreesEast / 360);
}
