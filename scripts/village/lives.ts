import { type Random, randomFrom } from '../simulate/random.js';
import { type Outing, outingsOf, Roads } from './outings.js';
import type { Town } from './towns.js';
import type { Villager } from './villagers.js';
import { type World, worldSeed } from './world.js';

const SAYS_WHERE = 0.7; // of all athletes, where they live and what they do
const LOOKS_FOR_COMPANY = 0.5; // of those who show everyone what they do

/** A villager with what they did and what they say of themselves. */
export interface Life {
  readonly villager: Villager;
  /** Place in the list of villagers. */
  readonly index: number;
  readonly town: Town | undefined;
  readonly outings: readonly Outing[];
  /** Whether they name their home region and their sport. */
  readonly saysWhere: boolean;
  /** Whether they look for company to train with. */
  readonly looksForCompany: boolean;
}

/** Tells the life of a villager by their place in the list, the same every time. */
export function livesIn(world: World): (villager: Villager, index: number) => Life {
  const roads = new Roads(world.towns);
  return (villager, index) => {
    const random = randomOf(world, index);
    const outings = outingsOf(random, villager, roads, world.until);
    const saysWhere = random.even() < SAYS_WHERE;
    const looksForCompany = villager.visibility === 'everyone' && random.even() < LOOKS_FOR_COMPANY;
    return { villager, index, town: world.towns[villager.town], outings, saysWhere, looksForCompany };
  };
}

// Of their own, so that a batch that is there already can be skipped.
function randomOf({ seed, villagers }: World, index: number): Random {
  return randomFrom(worldSeed({ athletes: villagers.length, seed }) + index * 2_654_435_761);
}
