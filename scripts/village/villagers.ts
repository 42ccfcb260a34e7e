import type { Random } from '../simulate/random.js';
import { below, oneOf, pareto, seededUuid } from './chance.js';
import { type Town, townChoice } from './towns.js';

/** Somebody who lives in the generated world. */
export interface Villager {
  readonly athleteId: string;
  readonly displayName: string;
  readonly town: number;
  /** The people one rides with: a number that the members of one circle share. */
  readonly circle: number;
  /** How much others are drawn to follow them. */
  readonly appeal: number;
  readonly sport: 'ride' | 'run';
  readonly createdAt: Date;
  /** Days of the week on which they are out, 0 is Sunday. */
  readonly weekdays: readonly number[];
  readonly startHour: number;
  /** Distance that is usual for them, and their speed over it. */
  readonly usualMeters: number;
  readonly speedMetersPerSecond: number;
  readonly approvesFollowers: boolean;
  readonly visibility: 'everyone' | 'followers' | 'onlyMe';
  /** How many they decide to follow. */
  readonly followsWanted: number;
}

const CIRCLE_MEMBERS = 25;
const JOINED_WITHIN_DAYS = 900;
const DAY_MILLISECONDS = 86_400_000;
/** Since some follow back, each needs to choose fewer than the mean of the whole. */
const CHOSEN_MEAN = 15;
const MOST_FOLLOWED = 2_000;

const FIRST_NAMES = [
  'Ada',
  'Bea',
  'Carl',
  'Dina',
  'Emil',
  'Fay',
  'Gus',
  'Hana',
  'Ivo',
  'Jana',
  'Kai',
  'Lea',
  'Max',
];
const LAST_NAMES = [
  'Abt',
  'Berg',
  'Cole',
  'Dorn',
  'Egger',
  'Frey',
  'Graf',
  'Hill',
  'Imhof',
  'Joss',
  'Kern',
  'Lang',
];

/**
 * The athletes of a world, the same for the same seed.
 *
 * @param until the day on which the last of them joined
 */
export function villagersOf(
  random: Random,
  { towns, count, until }: { readonly towns: readonly Town[]; readonly count: number; readonly until: Date },
): readonly Villager[] {
  const choice = townChoice(towns);
  return Array.from({ length: count }, (_, index) => {
    const town = choice.choose(random);
    const sport = random.even() < 0.65 ? 'ride' : 'run';
    const createdAt = new Date(until.getTime() - random.even() * JOINED_WITHIN_DAYS * DAY_MILLISECONDS);
    const daysOut = 1 + below(random, 4);
    return {
      athleteId: seededUuid(random, createdAt),
      displayName: `${oneOf(random, FIRST_NAMES)} ${oneOf(random, LAST_NAMES)} ${index + 1}`,
      town,
      // Circles lie in one town; how many a town has is not known yet, so they are numbered by chance.
      circle: town * 1_000_000 + below(random, Math.max(1, circlesIn(town, count, towns.length))),
      appeal: Math.min(pareto(random, 1, 1.15), 20_000),
      sport,
      createdAt,
      weekdays: Array.from({ length: daysOut }, () => below(random, 7)),
      startHour: oneOf(random, [6, 7, 9, 12, 17, 18, 19]),
      usualMeters: (sport === 'ride' ? 35_000 : 8_000) * Math.exp(0.4 * random.normal()),
      speedMetersPerSecond: (sport === 'ride' ? 7.2 : 2.9) * Math.exp(0.12 * random.normal()),
      approvesFollowers: random.even() < 0.12,
      visibility: oneOf(random, ['everyone', 'everyone', 'followers', 'followers', 'followers', 'onlyMe']),
      followsWanted: Math.min(Math.round(CHOSEN_MEAN * Math.exp(1.1 * random.normal() - 0.6)), MOST_FOLLOWED),
    };
  });
}

// The expected size of a town, as `townChoice` spreads them, over the size of a circle.
function circlesIn(town: number, athletes: number, towns: number): number {
  const total = Math.log(towns + 2);
  return Math.round(athletes / (town + 2) / total / CIRCLE_MEMBERS);
}
