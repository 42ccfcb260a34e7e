import assert from 'node:assert/strict';
import test from 'node:test';
import { type Random, randomFrom } from '../../../scripts/simulate/random.js';
import { newEnds } from '../../../timeseries/tracks/hidden-ends.js';
import { type HiddenShape, hiddenShape, type Place } from '../../../timeseries/tracks/hidden-shapes.js';
import { hide } from '../../../timeseries/tracks/hide.js';
import { inverseProjection, type PlanePoint, projection } from '../../../timeseries/tracks/plane.js';
import { testCount } from '../../support/counts.js';

/*
 * The published attacks: a circle through the points where rides come out of a zone, and the mean of those points. Each
 * athlete rides a hundred times from home over a grid of streets. A home can be anywhere in its tile, so nobody can hit
 * within 50 m more often than those 50 m are of the tile.
 */

const ATHLETES = testCount(40, 1_500);
const RIDES = 100;
const HIT_METERS = 50;
const BLOCK_METERS = 90;
const TOWN = { latitude: 47.31, longitude: 9.64 };
const SMALL_TILE_METERS = 250;
const CHANCE = (Math.PI * HIT_METERS ** 2) / SMALL_TILE_METERS ** 2;

const GUESSES = { circle: circleCentre, mean } as const;

test('circles and means find a home in a circle, and hardly ever one in a zone', () => {
  const hits = { circle: noHits(), place: noHits(), ends: noHits() };
  for (let seed = 0; seed < ATHLETES; seed++) {
    const random = randomFrom(seed);
    const secret = Buffer.alloc(32, `secret ${seed}`);
    const home = inverseProjection(TOWN)({ east: 5_000 * random.even(), north: 5_000 * random.even() });
    const rides = Array.from({ length: RIDES }, () => rideFrom(home, random));
    const circle = { centre: home, radiiMeters: new Array<number>(60).fill(400) };
    note(
      hits.circle,
      exitsOf(rides, () => [circle]),
      home,
    );
    const zone = hiddenShape(secret, 'small', home);
    note(
      hits.place,
      exitsOf(rides, () => [zone]),
      home,
    );
    const known: Place[] = [];
    const shapes: HiddenShape[] = [];
    const ofEnds = exitsOf(rides, (start) => {
      const found = newEnds([start], known);
      known.push(...found);
      shapes.push(...found.map((end) => hiddenShape(secret, 'small', end)));
      return shapes;
    });
    note(hits.ends, ofEnds, home);
  }

  const allowed = ATHLETES * CHANCE + 3 * Math.sqrt(ATHLETES * CHANCE);
  for (const guess of ['circle', 'mean'] as const) {
    const found = `${guess} finds ${hits.circle[guess]} in circles, ${hits.place[guess]} in zones, ${hits.ends[guess]} ends of ${ATHLETES}; chance allows ${allowed}`;
    assert.ok(hits.circle[guess] > 0.5 * ATHLETES, found);
    assert.ok(hits.place[guess] <= allowed && hits.ends[guess] <= allowed, found);
  }
});

type Hits = Record<keyof typeof GUESSES, number>;

const noHits = (): Hits => ({ circle: 0, mean: 0 });

function note(hits: Hits, exits: readonly PlanePoint[], home: Place): void {
  for (const guess of ['circle', 'mean'] as const) if (isHit(GUESSES[guess](exits), home)) hits[guess]++;
}

/** From the door, a receiver's error away from home, along streets to somewhere at least a kilometre and a half off. */
function rideFrom(home: Place, random: Random): Place[] {
  const place = inverseProjection(home);
  const angle = 2 * Math.PI * random.even();
  const goal = { east: 2_500 * Math.sin(angle), north: 2_500 * Math.cos(angle) };
  let [east, north] = [8 * random.normal(), 8 * random.normal()];
  const ride: Place[] = [place({ east, north })];
  while (Math.hypot(east, north) < 1_500) {
    const [toEast, toNorth] = [goal.east - east, goal.north - north];
    const isEast = random.even() < Math.abs(toEast) / (Math.abs(toEast) + Math.abs(toNorth));
    for (let meters = 0; meters < BLOCK_METERS; meters += 15) {
      if (isEast) east += 15 * Math.sign(toEast);
      else north += 15 * Math.sign(toNorth);
      ride.push(place({ east: east + random.normal(), north: north + random.normal() }));
    }
  }
  return ride;
}

/** Where rides are seen first, in metres around the town. */
function exitsOf(rides: readonly Place[][], shapesFor: (start: Place) => readonly HiddenShape[]) {
  const project = projection(TOWN);
  return rides.flatMap((ride) => {
    const [start] = ride;
    if (!start) return [];
    const samples = {
      length: ride.length,
      elapsedSeconds: Float64Array.from(ride, (_, at) => 2 * at),
      channels: {
        latitude: Float64Array.from(ride, ({ latitude }) => latitude),
        longitude: Float64Array.from(ride, ({ longitude }) => longitude),
      },
    };
    const hiding = hide(samples, 'ride', [{ zoneId: 'home', shapes: shapesFor(start) }]);
    const exit = ride[hiding?.pieces.at(-1)?.from ?? 0];
    return exit ? [project(exit.latitude, exit.longitude)] : [];
  });
}

function isHit(guessed: PlanePoint, home: Place): boolean {
  const { east, north } = projection(TOWN)(home.latitude, home.longitude);
  return Math.hypot(guessed.east - east, guessed.north - north) <= HIT_METERS;
}

function mean(points: readonly PlanePoint[]): PlanePoint {
  const sum = points.reduce((all, { east, north }) => ({ east: all.east + east, north: all.north + north }), {
    east: 0,
    north: 0,
  });
  return { east: sum.east / points.length, north: sum.north / points.length };
}

/** Least squares after Kåsa 1976: the circle x² + y² + ax + by + c = 0 that fits best. */
function circleCentre(points: readonly PlanePoint[]): PlanePoint {
  const middle = mean(points);
  let [xx, xy, yy, xz, yz] = [0, 0, 0, 0, 0];
  for (const { east, north } of points) {
    const [x, y] = [east - middle.east, north - middle.north];
    const z = x * x + y * y;
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xz += x * z;
    yz += y * z;
  }
  const determinant = 2 * (xx * yy - xy * xy);
  return {
    east: middle.east + (xz * yy - yz * xy) / determinant,
    north: middle.north + (yz * xx - xz * xy) / determinant,
  };
}
