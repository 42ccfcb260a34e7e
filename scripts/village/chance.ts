import type { Random } from '../simulate/random.js';

/** A whole number below `count`. */
export function below(random: Random, count: number): number {
  return Math.min(count - 1, Math.floor(random.even() * count));
}

/** One of them, all alike likely. */
export function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new RangeError('there is nothing to choose from');
  return item;
}

/** Spread like sizes in nature: most are near `least`, a few are very large; the mean is `least * (1 + 1 / (exponent - 1))`. */
export function pareto(random: Random, least: number, exponent: number): number {
  return least * (1 - random.even()) ** (-1 / exponent);
}

/** Chooses places of a list in proportion to their weights, by binary search over the running total. */
export class Weighted {
  readonly #totals: Float64Array;

  constructor(weights: ArrayLike<number>) {
    this.#totals = new Float64Array(weights.length);
    let total = 0;
    for (let at = 0; at < weights.length; at += 1) {
      total += weights[at] ?? 0;
      this.#totals[at] = total;
    }
  }

  choose(random: Random): number {
    const wanted = random.even() * (this.#totals.at(-1) ?? 0);
    let [low, high] = [0, this.#totals.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#totals[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** A UUIDv7 of an instant whose other bits come from the seed. */
export function seededUuid(random: Random, at: Date): string {
  const hex = (digits: number) =>
    Math.floor(random.even() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const milliseconds = at.getTime().toString(16).padStart(12, '0');
  const variant = (8 + below(random, 4)).toString(16);
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`;
}
