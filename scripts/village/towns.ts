import type { Random } from '../simulate/random.js';
import { below, oneOf, Weighted } from './chance.js';

/** A place where athletes live and ride. */
export interface Town {
  readonly name: string;
  readonly country: string;
  readonly timeZone: string;
  readonly latitude: number;
  readonly longitude: number;
}

const ATHLETES_PER_TOWN = 400;
const FEWEST_TOWNS = 4;
const SPREAD_DEGREES = 2.5;

// Centres of the lands; towns lie within a day's drive of them.
const COUNTRIES = [
  { country: 'CH', timeZone: 'Europe/Zurich', latitude: 46.9, longitude: 8.2 },
  { country: 'AT', timeZone: 'Europe/Vienna', latitude: 47.6, longitude: 14.1 },
  { country: 'FR', timeZone: 'Europe/Paris', latitude: 46.6, longitude: 2.5 },
  { country: 'ES', timeZone: 'Europe/Madrid', latitude: 40.3, longitude: -3.7 },
  { country: 'GB', timeZone: 'Europe/London', latitude: 52.8, longitude: -1.5 },
  { country: 'US', timeZone: 'America/Denver', latitude: 39.7, longitude: -105.2 },
  { country: 'NZ', timeZone: 'Pacific/Auckland', latitude: -38.6, longitude: 176.1 },
] as const;

const HEADS = [
  'Alt',
  'Ber',
  'Cor',
  'Dal',
  'Er',
  'Fal',
  'Gron',
  'Hol',
  'Inn',
  'Kal',
  'Lang',
  'Mor',
  'Nor',
  'Ost',
];
const TAILS = [
  'bach',
  'berg',
  'dorf',
  'feld',
  'ford',
  'furt',
  'ham',
  'hausen',
  'lund',
  'stad',
  'tal',
  'ton',
  'wil',
];

/** The towns of a world for so many athletes; the first are the largest. */
export function townsFor(random: Random, athletes: number): readonly Town[] {
  const count = Math.max(FEWEST_TOWNS, Math.round(athletes / ATHLETES_PER_TOWN));
  return Array.from({ length: count }, () => {
    const { country, timeZone, latitude, longitude } = oneOf(random, COUNTRIES);
    return {
      name: `${oneOf(random, HEADS)}${oneOf(random, TAILS)}`,
      country,
      timeZone,
      latitude: latitude + (random.even() - 0.5) * SPREAD_DEGREES,
      longitude: longitude + (random.even() - 0.5) * SPREAD_DEGREES,
    };
  });
}

/** Sizes of towns after Zipf: the second is half as large as the first, the third a third. */
export function townChoice(towns: readonly Town[]): Weighted {
  return new Weighted(Float64Array.from(towns, (_, at) => 1 / (at + 2)));
}

/** How many loops of road start in each town; everybody who lives there rides on them. */
export const ROADS_PER_TOWN = 6;

/** One of a town's roads, by the number that is its seed. */
export function roadOf(random: Random, town: number): number {
  return town * ROADS_PER_TOWN + below(random, ROADS_PER_TOWN);
}
