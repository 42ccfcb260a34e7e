import type { ClubVisibility } from '../../graph/clubs.js';
import type { Random } from '../simulate/random.js';
import { oneOf } from './chance.js';
import { localClubs, residentsOf } from './local-clubs.js';
import type { Town } from './towns.js';
import type { Villager } from './villagers.js';

/** A club that is to be founded, with those below it. */
export interface ClubPlan {
  readonly name: string;
  readonly sport: Sport;
  readonly place: string;
  readonly visibility: ClubVisibility;
  /** Places in the list of villagers, each once, the owner first. */
  readonly members: readonly number[];
  readonly below: readonly ClubPlan[];
}

type Sport = Villager['sport'];

interface Inhabitants {
  readonly towns: readonly Town[];
  readonly villagers: readonly Villager[];
}

const SPORTS = ['ride', 'run'] as const;
const WORDS = { ride: { sport: 'cycling', people: 'riders' }, run: { sport: 'running', people: 'runners' } };

const TOWNS_PER_REGION = 8;
// Of a region and of a federation; the others belong to them through their club.
const IS_DIRECT_MEMBER = 0.025;

const LOCAL_DOORS = ['public', 'public', 'public', 'public', 'public', 'closed', 'closed', 'secret'] as const;

/**
 * A federation for each land and sport, its regions, their local clubs with sizes by a power law, and groups below
 * these that train together on a weekday.
 */
export function federationsOf(random: Random, { towns, villagers }: Inhabitants): readonly ClubPlan[] {
  const residents = residentsOf(villagers);
  const locals = (town: number, sport: Sport) =>
    localClubs(random, villagers, residents.get(`${town} ${sport}`) ?? []).map(({ members, below }, at) => {
      const place = towns[town]?.name ?? '';
      const name = `${place} ${WORDS[sport].people} ${at + 1}`;
      const groups = below.map((group) => ({ ...group, place, sport, below: [] }));
      return { name, place, sport, visibility: oneOf(random, LOCAL_DOORS), members, below: groups };
    });
  const above = (name: string, place: string, sport: Sport, below: readonly ClubPlan[]): ClubPlan[] => {
    const [first] = below;
    if (!first) return [];
    const direct = below.flatMap(({ members }) => members).filter(() => random.even() < IS_DIRECT_MEMBER);
    const members = [...new Set([...first.members.slice(0, 1), ...direct])];
    return [{ name, place, sport, visibility: 'public', members, below }];
  };

  return [...new Set(towns.map(({ country }) => country))].sort().flatMap((country) =>
    SPORTS.flatMap((sport) => {
      const there = towns.flatMap((town, at) => (town.country === country ? [at] : []));
      const regions = chunksOf(there, TOWNS_PER_REGION).flatMap((part) => {
        const place = towns[part[0] ?? 0]?.name ?? '';
        const clubs = part.flatMap((town) => locals(town, sport));
        return above(`${place} region ${WORDS[sport].people}`, place, sport, clubs);
      });
      return above(`${country} ${WORDS[sport].sport} federation`, country, sport, regions);
    }),
  );
}

function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
