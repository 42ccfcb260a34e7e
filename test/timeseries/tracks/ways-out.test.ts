import assert from 'node:assert/strict';
import test from 'node:test';
import { randomFrom } from '../../../scripts/simulate/random.js';
import { endsOf, newEnds } from '../../../timeseries/tracks/hidden-ends.js';
import { hiddenShape, hides, type Place } from '../../../timeseries/tracks/hidden-shapes.js';
import { mapCellAt, mapCellsOf } from '../../../timeseries/tracks/map-cells.js';
import { inverseProjection } from '../../../timeseries/tracks/plane.js';
import { cellsAskedFor, sizeThatHides, waysOut } from '../../../timeseries/tracks/ways-out.js';

const HOME = { latitude: 47.31, longitude: 9.64 };
const SECRET = Buffer.alloc(32, 'secret');

test('counts the roads that cross a border', () => {
  const { centre, ...rest } = hiddenShape(SECRET, 'small', HOME);
  const shape = { centre, ...rest };

  for (const roads of [0, 1, 2, 5, 9]) {
    assert.equal(waysOut(shape, usedBy(roadsFrom(centre, roads))), roads, `${roads} roads`);
  }
});

test('grows where few ways are known, to the largest where none is', () => {
  const sizes = ['small', 'medium', 'large'] as const;
  for (const wanted of sizes) {
    const asked = new Set(cellsAskedFor(SECRET, wanted, HOME));
    const known = (roads: number) =>
      new Set([...usedBy(roadsFrom(HOME, roads))].filter((cell) => asked.has(cell)));

    assert.equal(sizeThatHides(SECRET, wanted, HOME, known(12)), wanted);
    assert.equal(sizeThatHides(SECRET, wanted, HOME, known(3)), 'largest');
    assert.equal(sizeThatHides(SECRET, wanted, HOME, new Set()), 'largest');
  }
  // Streets end before the border of the least size, but one.
  const town = usedBy([...roadsFrom(HOME, 1), ...roadsFrom(HOME, 12, 900)]);
  assert.equal(sizeThatHides(SECRET, 'small', HOME, town), 'medium');
});

test('lets one end stand for all within a few steps', () => {
  const random = randomFrom(1);
  const place = inverseProjection(HOME);
  const starts = Array.from({ length: 300 }, () =>
    place({ east: 6 * random.normal(), north: 6 * random.normal() }),
  );
  const known: Place[] = [];
  for (const start of starts) known.push(...newEnds([start], known));

  assert.equal(known.length, 1);
  const [stands] = known;
  assert.ok(stands);
  const shape = hiddenShape(SECRET, 'small', stands);
  assert.ok(starts.every((start) => hides(shape, start)));
  assert.equal(newEnds([place({ east: 300, north: 0 })], known).length, 1);
});

test('takes the first and the last position for the ends', () => {
  const latitude = Float64Array.of(Number.NaN, 47, 48, 49, Number.NaN);

  assert.deepEqual(endsOf({ latitude, longitude: latitude }), [
    { latitude: 47, longitude: 47 },
    { latitude: 49, longitude: 49 },
  ]);
  assert.deepEqual(endsOf({ latitude: latitude.subarray(0, 1), longitude: latitude.subarray(0, 1) }), []);
});

test('numbers map cells alike on both sides of the date line, and each once', () => {
  assert.equal(mapCellAt({ latitude: 10, longitude: 180 }), mapCellAt({ latitude: 10, longitude: -180 }));
  const positions = {
    latitude: Float64Array.of(47, 47.00001, Number.NaN, 47.01),
    longitude: Float64Array.of(9, 9.00001, Number.NaN, 9),
  };
  assert.equal(mapCellsOf(positions).length, 2);
});

/** Places along straight roads out of a place, a road in each direction. */
function roadsFrom(centre: Place, roads: number, beginsMeters = 0): Place[] {
  const place = inverseProjection(centre);
  return Array.from({ length: roads }, (_, road) => (2 * Math.PI * (road + 0.3)) / roads).flatMap((angle) =>
    Array.from({ length: 300 }, (_, step) => beginsMeters + step * 10).map((meters) =>
      place({ east: meters * Math.sin(angle), north: meters * Math.cos(angle) }),
    ),
  );
}

const usedBy = (places: readonly Place[]): Set<number> => new Set(places.map(mapCellAt));
