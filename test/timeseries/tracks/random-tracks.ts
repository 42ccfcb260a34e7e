import type { Random } from '../../../scripts/simulate/random.js';
import type { Place } from '../../../timeseries/tracks/hidden-shapes.js';
import { inverseProjection } from '../../../timeseries/tracks/plane.js';
import type { Channel, Leg } from '../../../timeseries/tracks/recording.js';

/** A leg around a place, and where its athlete really was each second. */
export interface RandomTrack {
  readonly leg: Leg;
  readonly way: readonly Place[];
  /** The second of `way` at which each sample was taken. */
  readonly seconds: readonly number[];
}

const SPEED_METERS_PER_SECOND = 9;

/** A ride that wanders around a place: loops, passes right through, and stops; recorded each second, seldom, or with gaps. */
export function randomTrack(random: Random, around: Place): RandomTrack {
  const durationSeconds = 120 + Math.floor(random.even() * 480);
  const place = inverseProjection(around);
  const way: Place[] = [];
  const lengths = [0];
  let [east, north] = [(random.even() - 0.5) * 5_000, (random.even() - 0.5) * 5_000];
  // Towards the place or anywhere, straight on or in circles.
  let heading = random.even() < 0.5 ? Math.atan2(-east, -north) : 2 * Math.PI * random.even();
  const turn = random.even() < 0.5 ? 0.002 * random.normal() : 0.03 * random.normal();
  const pace = SPEED_METERS_PER_SECOND * (0.3 + 1.4 * random.even());
  for (let second = 0; second < durationSeconds; second++) {
    way.push(place({ east, north }));
    const meters = random.even() < 0.02 ? 0 : pace;
    east += meters * Math.sin(heading);
    north += meters * Math.cos(heading);
    heading += turn + 0.05 * random.normal();
    lengths.push((lengths.at(-1) ?? 0) + meters);
  }
  const seconds = recordedSeconds(random, durationSeconds);
  return { leg: legAt(random, way, lengths, seconds), way, seconds };
}

function recordedSeconds(random: Random, durationSeconds: number): number[] {
  const step = random.even() < 0.6 ? 1 : 60;
  const gapAt = random.even() < 0.5 ? Math.floor(random.even() * durationSeconds) : durationSeconds;
  const gapSeconds = 20 + 200 * random.even();
  const seconds: number[] = [];
  for (let second = 0; second < durationSeconds; second += step) {
    if (second < gapAt || second > gapAt + gapSeconds) seconds.push(second);
  }
  return seconds;
}

function legAt(
  random: Random,
  way: readonly Place[],
  lengths: readonly number[],
  seconds: readonly number[],
): Leg {
  const column = (value: (second: number) => number) => Float64Array.from(seconds, value);
  // In a tunnel there is no position, but a heart.
  const lostAt = random.even() < 0.3 ? Math.floor(random.even() * way.length) : Infinity;
  const isLost = (second: number) => second >= lostAt && second < lostAt + 40;
  const located = (degrees: (at: Place) => number) =>
    column((second) => {
      const at = way[second];
      return at === undefined || isLost(second) ? Number.NaN : degrees(at);
    });
  const channels: Partial<Record<Channel, Float64Array>> = {
    latitude: located(({ latitude }) => latitude),
    longitude: located(({ longitude }) => longitude),
    altitude: column((second) => 400 + 30 * Math.sin(second / 50)),
    heartRate: column((second) => 120 + (second % 40)),
    power: column((second) => 180 + ((second * 7) % 60)),
  };
  if (random.even() < 0.5) channels.distance = column((second) => lengths[second] ?? 0);
  const first = seconds[0] ?? 0;
  return {
    sport: 'ride',
    startedAt: new Date(Date.UTC(2026, 4, 9, 7, 30) + first * 1_000),
    samples: { length: seconds.length, elapsedSeconds: column((second) => second - first), channels },
    laps: [],
    timerPauses: [],
    totals: {},
  };
}
