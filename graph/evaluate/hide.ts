import type { Tie } from './throw-away-graph.js';

/** What a ranking may know, and what it is to find. */
export interface Split {
  readonly known: readonly Tie[];
  /** For each test athlete whom they follow besides, hidden from the ranking. */
  readonly hidden: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Of the follows so much is hidden … */
const HIDDEN_SHARE = 0.1;

/**
 * Hides the latest follows, as a ranking would have met them before they came about; where nothing says when they began,
 * those that `random` picks. Everybody keeps at least one.
 *
 * @param count how many test athletes there are at most
 * @param random even between 0 and 1
 */
export function hideLatest(ties: readonly Tie[], count: number, random: () => number): Split {
  const latest = ties
    .map((tie) => ({ tie, place: random() }))
    .toSorted((one, other) => instant(other.tie) - instant(one.tie) || one.place - other.place);
  const left = new Map<string, number>();
  for (const { followerId } of ties) left.set(followerId, (left.get(followerId) ?? 0) + 1);
  const hiddenTies = new Set<Tie>();
  for (const { tie } of latest) {
    if (hiddenTies.size >= ties.length * HIDDEN_SHARE) break;
    const follows = left.get(tie.followerId) ?? 0;
    if (follows < 2) continue;
    left.set(tie.followerId, follows - 1);
    hiddenTies.add(tie);
  }
  const athletes = shuffled([...new Set([...hiddenTies].map(({ followerId }) => followerId))], random);
  const tested = new Set(athletes.slice(0, count));
  return {
    known: ties.filter((tie) => !hiddenTies.has(tie)),
    hidden: byFollower([...hiddenTies].filter(({ followerId }) => tested.has(followerId))),
  };
}

/** For each follower whom they follow. */
export function byFollower(ties: readonly Tie[]): ReadonlyMap<string, ReadonlySet<string>> {
  const followees = new Map<string, Set<string>>();
  for (const { followerId, followeeId } of ties) {
    const known = followees.get(followerId);
    if (known) known.add(followeeId);
    else followees.set(followerId, new Set([followeeId]));
  }
  return followees;
}

const instant = ({ since }: Tie): number => since?.getTime() ?? 0;

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
