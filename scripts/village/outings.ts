import { encodePolyline } from '../../timeseries/tracks/polyline.js';
import { type Random, randomFrom } from '../simulate/random.js';
import { loopAt } from '../simulate/roads.js';
import { seededUuid } from './chance.js';
import { roadOf, type Town } from './towns.js';
import type { Villager } from './villagers.js';

const RECORDS = 0.45; // of all athletes; the others only look on
const WEEKS = 4;
const GOES_OUT = 0.5;
const WEEK_MILLISECONDS = 7 * 86_400_000;
const DAY_MILLISECONDS = 86_400_000;
const OUTLINE_POINTS = 60;
const SPREAD_METERS = { ride: 60_000, run: 12_000 };

/** An activity of the generated world. */
export interface Outing {
  readonly activityId: string;
  readonly startedAt: Date;
  readonly sport: 'ride' | 'run';
  readonly distanceMeters: number;
  readonly movingSeconds: number;
  readonly climbMeters: number;
  readonly averageHeartRateBpm: number;
  /** Encoded; the same for all who took the same road. */
  readonly polyline: string;
}

/** The roads of a world: whoever takes the same one rides the same way. */
export class Roads {
  readonly #towns: readonly Town[];
  readonly #known = new Map<string, { readonly lengthMeters: number; readonly polyline: string }>();

  constructor(towns: readonly Town[]) {
    this.#towns = towns;
  }

  /** A road of somebody's town that fits their sport. */
  choose(random: Random, { town, sport }: Villager): { lengthMeters: number; polyline: string } {
    const road = roadOf(random, town);
    const name = `${sport} ${road}`;
    const known = this.#known.get(name);
    if (known) return known;
    const made = this.#build(road, SPREAD_METERS[sport], town);
    this.#known.set(name, made);
    return made;
  }

  #build(road: number, spreadMeters: number, town: number) {
    const place = this.#towns[town];
    if (!place) throw new RangeError(`there is no town ${town}`);
    const lengthMeters = spreadMeters * (0.3 + randomFrom(road).even());
    const loop = loopAt(place, lengthMeters, road);
    const points = Array.from({ length: OUTLINE_POINTS + 1 }, (_, at) =>
      loop.pointAt((at / OUTLINE_POINTS) * lengthMeters * 0.9999),
    );
    const polyline = encodePolyline({
      latitude: Float64Array.from(points, ({ latitude }) => latitude),
      longitude: Float64Array.from(points, ({ longitude }) => longitude),
    });
    return { lengthMeters, polyline };
  }
}

/** What somebody did in the last weeks, on the days and at the hours that are usual for them. */
export function outingsOf(random: Random, villager: Villager, roads: Roads, until: Date): readonly Outing[] {
  if (random.even() >= RECORDS) return [];
  const { sport, weekdays, startHour, speedMetersPerSecond } = villager;
  const lastSunday = new Date(until.getTime() - until.getUTCDay() * DAY_MILLISECONDS).setUTCHours(0, 0, 0, 0);
  return [...new Set(weekdays)].flatMap((weekday) =>
    Array.from({ length: WEEKS }, (_, week) => {
      const isOut = random.even() < GOES_OUT;
      const { lengthMeters, polyline } = roads.choose(random, villager);
      const pace = Math.exp(0.06 * random.normal());
      const hour = startHour + random.even() * 0.7;
      const startedAt = new Date(
        lastSunday + weekday * DAY_MILLISECONDS + hour * 3_600_000 - (week + 1) * WEEK_MILLISECONDS,
      );
      const activityId = seededUuid(random, startedAt);
      if (!isOut || startedAt < villager.createdAt) return [];
      return [
        {
          activityId,
          startedAt,
          sport,
          distanceMeters: Math.round(lengthMeters),
          movingSeconds: Math.round(lengthMeters / (speedMetersPerSecond * pace)),
          climbMeters: Math.round(lengthMeters / 120),
          averageHeartRateBpm: Math.round(135 + 14 * random.normal()),
          polyline,
        },
      ];
    }).flat(),
  );
}
