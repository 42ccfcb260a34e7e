import type { ClubVisibility } from '../../graph/clubs.js';
import { type Random, randomFrom } from '../simulate/random.js';
import { oneOf, pareto, Weighted } from './chance.js';
import type { Villager } from './villagers.js';

const RESIDENTS_PER_CLUB = 70;
const JOINS = 0.7;
const JOINS_WITH_CIRCLE = 0.6;
const JOINS_ANOTHER = 0.15;
const FEWEST_FOR_GROUP = 6;
const JOINS_GROUP = 0.5;

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const GROUP_DOORS = ['public', 'public', 'closed', 'closed', 'closed', 'secret'] as const;

/** Who train together on a weekday: places in the list of villagers. */
interface TrainingGroup {
  readonly name: string;
  readonly visibility: ClubVisibility;
  readonly members: readonly number[];
}

interface LocalClub {
  readonly members: readonly number[];
  readonly below: readonly TrainingGroup[];
}

/**
 * Those of one town and sport in clubs: most go where their circle goes, the others where many go.
 *
 * @param residents places in the list of villagers
 */
export function localClubs(
  random: Random,
  villagers: readonly Villager[],
  residents: readonly number[],
): readonly LocalClub[] {
  const count = Math.max(1, Math.round(residents.length / RESIDENTS_PER_CLUB));
  const choice = new Weighted(Array.from({ length: count }, () => pareto(random, 1, 1.1)));
  const clubs = Array.from({ length: count }, () => new Set<number>());
  for (const resident of residents) {
    if (random.even() >= JOINS) continue;
    const isWithCircle = random.even() < JOINS_WITH_CIRCLE;
    // The favourite of a circle is the same for all who belong to it.
    const first = choice.choose(isWithCircle ? randomFrom(villagers[resident]?.circle ?? 0) : random);
    clubs[first]?.add(resident);
    if (random.even() < JOINS_ANOTHER) clubs[choice.choose(random)]?.add(resident);
  }
  return clubs
    .filter(({ size }) => size > 0)
    .map((members) => ({ members: [...members], below: groupsIn(random, villagers, [...members]) }));
}

/** The groups of a club: those who are out on the same weekday, in the morning or later. */
function groupsIn(
  random: Random,
  villagers: readonly Villager[],
  members: readonly number[],
): readonly TrainingGroup[] {
  return WEEKDAYS.flatMap((day, weekday) =>
    (['morning', 'evening'] as const).flatMap((time) => {
      const isOutThen = (at: number) => {
        const villager = villagers[at];
        return villager?.weekdays.includes(weekday) && villager.startHour < 12 === (time === 'morning');
      };
      const group = members.filter((at) => isOutThen(at) && random.even() < JOINS_GROUP);
      if (group.length < FEWEST_FOR_GROUP) return [];
      return [{ name: `${day} ${time} group`, visibility: oneOf(random, GROUP_DOORS), members: group }];
    }),
  );
}

/** Who lives in a town and does a sport, by both words. */
export function residentsOf(villagers: readonly Villager[]): ReadonlyMap<string, readonly number[]> {
  const residents = new Map<string, number[]>();
  for (const [at, { town, sport }] of villagers.entries()) {
    const key = `${town} ${sport}`;
    const those = residents.get(key);
    if (those) those.push(at);
    else residents.set(key, [at]);
  }
  return residents;
}
