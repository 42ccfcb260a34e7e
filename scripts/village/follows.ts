import type { Random } from '../simulate/random.js';
import { below, Weighted } from './chance.js';
import type { Villager } from './villagers.js';

const ROUNDS = 4;
const MOST_TRIES = 12;

// How somebody comes to follow somebody else.
const THROUGH_FRIENDS = 0.42;
const IN_CIRCLE = 0.26;
const IN_TOWN = 0.19;

const FOLLOWS_BACK_IN_CIRCLE = 0.7;
const FOLLOWS_BACK_ELSEWHERE = 0.22;

/** Who follows whom, by places in the list of villagers. */
export interface Follows {
  /** For each villager those whom they follow, in the order in which they did. */
  readonly followeesOf: readonly (readonly number[])[];
  readonly count: number;
}

/**
 * Follows as they come about: friends of friends, one's circle, one's town, and a few whom everybody knows; some
 * follow back. Followers per athlete have a power law, friends of friends close triangles.
 *
 * @param onProgress called now and then with how many villagers have chosen
 */
export function followsOf(
  random: Random,
  villagers: readonly Villager[],
  onProgress: (done: number, total: number) => void,
): Follows {
  const net = new Net(villagers.length);
  const circles = groupsBy(villagers, ({ circle }) => circle);
  const towns = groupsBy(villagers, ({ town }) => town);
  const world = new Weighted(villagers.map(({ appeal }) => appeal));

  const candidate = (from: number, villager: Villager): number => {
    const way = random.even();
    const followees = net.followeesOf[from] ?? [];
    if (way < THROUGH_FRIENDS && followees.length > 0) {
      const friend = net.followeesOf[followees[below(random, followees.length)] ?? from] ?? [];
      if (friend.length > 0) return friend[below(random, friend.length)] ?? from;
    }
    if (way < THROUGH_FRIENDS + IN_CIRCLE) return circles.choose(random, villager.circle);
    if (way < THROUGH_FRIENDS + IN_CIRCLE + IN_TOWN) return towns.choose(random, villager.town);
    return world.choose(random);
  };

  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const [from, villager] of villagers.entries()) {
      const wanted = Math.ceil((villager.followsWanted * round) / ROUNDS);
      for (let tries = 0; net.chosenBy(from) < wanted && tries < wanted * MOST_TRIES; tries += 1) {
        const to = candidate(from, villager);
        if (!net.add(from, to, true)) continue;
        const isNear = villagers[to]?.circle === villager.circle;
        const followsBack = random.even() < (isNear ? FOLLOWS_BACK_IN_CIRCLE : FOLLOWS_BACK_ELSEWHERE);
        if (followsBack) net.add(to, from, false);
      }
      if (from % 5_000 === 0) onProgress((round - 1) * villagers.length + from, ROUNDS * villagers.length);
    }
  }
  return { followeesOf: net.followeesOf, count: net.count };
}

const SHORT_LIST = 40; // up to here looking through a list is quicker than a set

class Net {
  readonly followeesOf: number[][];
  count = 0;
  readonly #chosen: Int32Array;
  readonly #long = new Map<number, Set<number>>();

  constructor(size: number) {
    this.followeesOf = Array.from({ length: size }, () => []);
    this.#chosen = new Int32Array(size);
  }

  /** How many somebody follows by their own choice, not in return. */
  chosenBy(from: number): number {
    return this.#chosen[from] ?? 0;
  }

  /** @returns whether it is new and between two */
  add(from: number, to: number, isChosen: boolean): boolean {
    const list = this.followeesOf[from];
    if (!list || from === to || this.#has(from, to, list)) return false;
    list.push(to);
    this.#long.get(from)?.add(to);
    if (isChosen) this.#chosen[from] = this.chosenBy(from) + 1;
    this.count += 1;
    return true;
  }

  #has(from: number, to: number, list: readonly number[]): boolean {
    if (list.length < SHORT_LIST) return list.includes(to);
    let set = this.#long.get(from);
    if (!set) {
      set = new Set(list);
      this.#long.set(from, set);
    }
    return set.has(to);
  }
}

/** Members of groups, chosen by their appeal within the group. */
function groupsBy(villagers: readonly Villager[], groupOf: (villager: Villager) => number) {
  const members = new Map<number, number[]>();
  for (const [at, villager] of villagers.entries()) {
    const group = members.get(groupOf(villager));
    if (group) group.push(at);
    else members.set(groupOf(villager), [at]);
  }
  const choices = new Map<number, Weighted>();
  return {
    choose: (random: Random, group: number): number => {
      const those = members.get(group) ?? [];
      let choice = choices.get(group);
      if (!choice) {
        // The root, since even the best known are ordinary among their neighbours.
        choice = new Weighted(those.map((at) => Math.sqrt(villagers[at]?.appeal ?? 0)));
        choices.set(group, choice);
      }
      return those[choice.choose(random)] ?? 0;
    },
  };
}
