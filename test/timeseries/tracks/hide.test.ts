import assert from 'node:assert/strict';
import test from 'node:test';
import { type Random, randomFrom } from '../../../scripts/simulate/random.js';
import { metersBetween } from '../../../timeseries/tracks/earth.js';
import {
  borderOf,
  type HiddenShape,
  hiddenShape,
  hides,
  type Place,
  ZONE_SIZES,
} from '../../../timeseries/tracks/hidden-shapes.js';
import { type Hiding, hide } from '../../../timeseries/tracks/hide.js';
import { measure } from '../../../timeseries/tracks/measures.js';
import { inverseProjection } from '../../../timeseries/tracks/plane.js';
import type { Channel, Leg, Samples } from '../../../timeseries/tracks/recording.js';
import { hiddenMeters, measureVisible } from '../../../timeseries/tracks/visible-measures.js';
import { testCount } from '../../support/counts.js';
import { randomTrack } from './random-tracks.js';

const CASES = testCount(2_000, 100_000);

test(`lets no hidden point and no crossing through, in ${CASES} random tracks`, () => {
  let cut = 0;
  for (let seed = 0; seed < CASES; seed++) {
    const { leg, way, seconds, shape, hiding } = randomCase(seed);
    const { samples } = leg;
    const pieces = hiding?.pieces ?? [{ from: 0, until: samples.length }];
    for (const { from, until } of pieces) {
      for (let at = from; at < until; at++) {
        const here = placeAt(samples, at);
        if (here) assert.ok(!isInside(shape, here), `seed ${seed}: sample ${at} is hidden`);
        if (at + 1 === until) continue;
        assert.ok(!linePasses(samples, at, until, shape), `seed ${seed}: the line behind ${at} crosses`);
        const [second = 0, next = 0] = [seconds[at], seconds[at + 1]];
        if (next - second <= 10) continue;
        const gap = way.slice(second, next + 1);
        assert.ok(
          !gap.some((place) => isInside(shape, place)),
          `seed ${seed}: the gap behind ${at} was inside`,
        );
      }
    }
    if (hiding) cut++;
  }
  assert.ok(cut > CASES / 4 && cut < CASES, `${cut} of ${CASES} were cut`);
});

test('measures the visible pieces and nothing else', () => {
  let [cut, hiddenSomewhere] = [0, 0];
  for (let seed = 0; seed < CASES / 10; seed++) {
    const { leg, hiding } = randomCase(seed);
    if (!hiding) continue;
    const visible = measureVisible(leg, hiding);
    if (hiding.pieces.length === 0) assert.equal(visible, undefined);
    if (!visible) continue;

    const { elapsedSeconds } = leg.samples;
    const durations = hiding.pieces.map(
      ({ from, until }) => (elapsedSeconds[until - 1] ?? 0) - (elapsedSeconds[from] ?? 0),
    );
    assertNear(visible.elapsedSeconds, sum(durations) + 2 * (durations.length - 1));
    const meters = hiding.pieces.map((piece) => {
      const { distanceMeters = 0 } = measureVisible(leg, { pieces: [piece] }) ?? {};
      const { counted, between } = metersOf(leg.samples, piece);
      // A count that is far from the positions is not believed; then the positions tell.
      assert.ok(
        isNear(distanceMeters, counted) || isNear(distanceMeters, between),
        `seed ${seed}: ${distanceMeters}, counted ${counted}, between positions ${between}`,
      );
      return distanceMeters;
    });
    assertNear(visible.distanceMeters, sum(meters));
    assert.equal(visible.samples.channels.distance?.at(-1), visible.distanceMeters);
    assert.equal(visible.samples.elapsedSeconds.at(-1), visible.elapsedSeconds);
    const whole = measure(leg);
    const [hidden = 0] = hiddenMeters(whole.samples, hiding, 1);
    // What is not shown is hidden. It may be nothing: behind the last position, where no count is believed.
    const shown = hiding.pieces.map((piece) => metersOf(whole.samples, piece).counted);
    assertNear(whole.distanceMeters, sum(shown) + hidden);
    hiddenSomewhere += hidden > 0 ? 1 : 0;
    cut++;
    const first = hiding.pieces[0]?.from ?? 0;
    assert.equal(
      visible.startedAt.getTime(),
      leg.startedAt.getTime() + Math.round((elapsedSeconds[first] ?? 0) * 1_000),
    );
  }
  assert.ok(hiddenSomewhere > 0.9 * cut, `${hiddenSomewhere} of ${cut}`);
});

test('answers the same whatever happened in the hidden parts', () => {
  let compared = 0;
  for (let seed = 0; seed < CASES / 10; seed++) {
    const { leg, hiding } = randomCase(seed);
    if (!hiding || hiding.pieces.length === 0) continue;

    const { startedAt: _, ...measures } = measureVisible(leg, hiding) ?? assert.fail();
    const { startedAt: __, ...again } = measureVisible(otherwiseHidden(leg, hiding), hiding) ?? assert.fail();

    assertAlike(again, measures, `seed ${seed}`);
    compared++;
  }
  assert.ok(compared > CASES / 50);
});

test('hides a place by a wide margin, wherever on earth it is', () => {
  for (let seed = 0; seed < CASES / 2; seed++) {
    const random = randomFrom(seed);
    const place = anywhere(random);
    for (const size of ZONE_SIZES) {
      const shape = hiddenShape(secretOf(seed % 50), size, place);
      assert.ok(hides(shape, place), `seed ${seed}: ${size} misses its place`);
      const near = Math.min(
        ...borderOf(shape, 100).map(({ latitude, longitude }) =>
          metersBetween(latitude, longitude, place.latitude, place.longitude),
        ),
      );
      assert.ok(near > 50, `seed ${seed}: the border of ${size} is ${near} m from the place`);
    }
  }
});

test('has one shape for all places of a tile, and others for another secret', () => {
  const home = { latitude: 47.31, longitude: 9.64 };
  const place = inverseProjection(home);
  const shapes = new Set<string>();
  for (let east = 0; east < 400; east += 20) {
    for (let north = 0; north < 400; north += 20) {
      shapes.add(JSON.stringify(hiddenShape(secretOf(1), 'medium', place({ east, north }))));
    }
  }
  // A square of 400 m touches at most nine tiles of 350 m.
  assert.ok(shapes.size <= 9, `${shapes.size} shapes`);
  assert.ok(!shapes.has(JSON.stringify(hiddenShape(secretOf(2), 'medium', home))));
});

test('finds nothing to hide far away, without positions, and without shapes', () => {
  const { leg } = randomTrack(randomFrom(1), { latitude: 47, longitude: 9 });
  const far = hiddenShape(secretOf(1), 'large', { latitude: 48, longitude: 9 });
  const { latitude: _, longitude: __, ...channels } = leg.samples.channels;

  assert.equal(hide(leg.samples, 'ride', [{ zoneId: 'far', shapes: [far] }]), undefined);
  assert.equal(hide(leg.samples, 'ride', []), undefined);
  const near = hiddenShape(secretOf(1), 'large', { latitude: 47, longitude: 9 });
  assert.equal(hide({ ...leg.samples, channels }, 'ride', [{ zoneId: 'near', shapes: [near] }]), undefined);
});

function randomCase(seed: number) {
  const random = randomFrom(seed);
  const around = anywhere(random);
  const track = randomTrack(random, around);
  const size = ZONE_SIZES[Math.floor(3 * random.even())] ?? 'small';
  const shape = hiddenShape(secretOf(seed % 50), size, around);
  const hiding = hide(track.leg.samples, 'ride', [{ zoneId: 'home', shapes: [shape] }]);
  return { ...track, shape, hiding };
}

function anywhere(random: Random): Place {
  const kind = random.even();
  const longitude = 360 * random.even() - 180;
  if (kind < 0.15) return { latitude: 180 * random.even() - 90, longitude: 180 - 0.01 * random.even() };
  if (kind < 0.25)
    return { latitude: (random.even() < 0.5 ? -1 : 1) * (90 - 0.05 * random.even()), longitude };
  return { latitude: 170 * random.even() - 85, longitude };
}

const secretOf = (number: number): Uint8Array => Buffer.alloc(32, `secret ${number}`);

function placeAt({ channels: { latitude, longitude } }: Samples, at: number): Place | undefined {
  const degrees = latitude?.[at] ?? Number.NaN;
  return Number.isNaN(degrees) ? undefined : { latitude: degrees, longitude: longitude?.[at] ?? Number.NaN };
}

const RADIANS = Math.PI / 180;

/** Whether a place is in a shape, by distance and bearing; not by the flat map that the product uses. */
function isInside({ centre, radiiMeters }: HiddenShape, { latitude, longitude }: Place): boolean {
  const meters = metersBetween(centre.latitude, centre.longitude, latitude, longitude);
  if (meters > Math.max(...radiiMeters)) return false;
  const [from, to, east] = [
    centre.latitude * RADIANS,
    latitude * RADIANS,
    (longitude - centre.longitude) * RADIANS,
  ];
  const bearing = Math.atan2(
    Math.sin(east) * Math.cos(to),
    Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(east),
  );
  const turn = (2 * Math.PI) / radiiMeters.length;
  const [x, y] = [meters * Math.sin(bearing), meters * Math.cos(bearing)];
  // Inside where it is on the right of every edge of the triangle between the centre and two corners.
  return radiiMeters.some((radius, corner) => {
    const next = radiiMeters[(corner + 1) % radiiMeters.length] ?? 0;
    const [ax, ay] = [radius * Math.sin(corner * turn), radius * Math.cos(corner * turn)];
    const [bx, by] = [next * Math.sin((corner + 1) * turn), next * Math.cos((corner + 1) * turn)];
    const whole = ax * by - ay * bx;
    const [a, b] = [(x * by - y * bx) / whole, (ax * y - ay * x) / whole];
    return a > 0 && b > 0 && a + b < 1 - 1e-4;
  });
}

/** Whether a line along a great circle between two located samples passes through a shape. */
function linePasses(samples: Samples, at: number, until: number, shape: HiddenShape): boolean {
  const start = placeAt(samples, at);
  let to = at + 1;
  while (to < until && !placeAt(samples, to)) to++;
  const end = to < until ? placeAt(samples, to) : undefined;
  if (!start || !end) return false;
  const { latitude, longitude } = shape.centre;
  const away = metersBetween(latitude, longitude, start.latitude, start.longitude);
  const meters = metersBetween(start.latitude, start.longitude, end.latitude, end.longitude);
  if (away > Math.max(...shape.radiiMeters) + meters) return false;
  const [a, b] = [unit(start), unit(end)];
  const steps = Math.ceil(meters / 15);
  for (let step = 1; step < steps; step++) {
    const share = step / steps;
    const [x = 0, y = 0, z = 0] = a.map((value, axis) => value * (1 - share) + (b[axis] ?? 0) * share);
    const latitude = Math.atan2(z, Math.hypot(x, y)) / RADIANS;
    if (isInside(shape, { latitude, longitude: Math.atan2(y, x) / RADIANS })) return true;
  }
  return false;
}

function unit({ latitude, longitude }: Place): number[] {
  const cosine = Math.cos(latitude * RADIANS);
  return [
    cosine * Math.cos(longitude * RADIANS),
    cosine * Math.sin(longitude * RADIANS),
    Math.sin(latitude * RADIANS),
  ];
}

function metersOf(samples: Samples, { from, until }: { from: number; until: number }) {
  const { distance } = samples.channels;
  let [between, last] = [0, placeAt(samples, from)];
  for (let at = from + 1; at < until; at++) {
    const here = placeAt(samples, at);
    if (here && last) between += metersBetween(last.latitude, last.longitude, here.latitude, here.longitude);
    last = here ?? last;
  }
  return { between, counted: (distance?.[until - 1] ?? Number.NaN) - (distance?.[from] ?? Number.NaN) };
}

/** The same leg, had its athlete spent hours, climbed and ridden far where it is hidden. */
function otherwiseHidden(leg: Leg, { pieces }: Hiding): Leg {
  const { samples } = leg;
  const visible = new Set(
    pieces.flatMap(({ from, until }) => Array.from({ length: until - from }, (_, at) => from + at)),
  );
  const isJoined = (at: number) => pieces.some(({ from, until }) => at > from && at < until);
  let [seconds, meters] = [0, 0];
  const elapsedSeconds = new Float64Array(samples.length);
  const distance = new Float64Array(samples.length);
  for (let at = 0; at < samples.length; at++) {
    if (!isJoined(at)) [seconds, meters] = [seconds + 3_000, meters + 12_000];
    elapsedSeconds[at] = (samples.elapsedSeconds[at] ?? 0) + seconds;
    distance[at] = (samples.channels.distance?.[at] ?? 0) + meters;
  }
  const channels: Partial<Record<Channel, Float64Array>> = { ...samples.channels };
  for (const channel of ['latitude', 'longitude', 'altitude', 'heartRate', 'power'] as const) {
    channels[channel] = (samples.channels[channel] ?? new Float64Array(samples.length)).map((value, at) =>
      visible.has(at) ? value : 77,
    );
  }
  if (samples.channels.distance) channels.distance = distance;
  return { ...leg, samples: { ...samples, elapsedSeconds, channels } };
}

/** To a hundred-thousandth, since what is added in the hidden parts changes the last digits of a difference. */
function assertAlike(one: unknown, other: unknown, path: string): void {
  if (typeof one === 'number') {
    const isSame = Object.is(one, other) || Math.abs(one - Number(other)) < 1e-5;
    // Of two best efforts that are equal, either may be found.
    assert.ok(isSame || path.endsWith('startSeconds'), `${path}: ${one} is not ${other}`);
  } else if (one !== null && typeof one === 'object') {
    const rest = Object(other);
    assert.deepEqual(Object.keys(one), Object.keys(rest), path);
    for (const [name, value] of Object.entries(one)) assertAlike(value, rest[name], `${path}.${name}`);
  } else assert.equal(one, other, path);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const isNear = (one: number | undefined, other: number): boolean =>
  Math.abs((one ?? Infinity) - other) < 1e-4;

function assertNear(one: number | undefined, other: number): void {
  assert.ok(isNear(one, other), `${one} is not ${other}`);
}
