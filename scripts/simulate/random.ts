/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** Evenly spread over `[0, 1)`. */
  even(): number;
  /** Normally spread around 0 with deviation 1. */
  normal(): number;
}

/**
 * Random numbers from a seed.
 *
 * @see "mulberry32" by Tommy Ettinger, public domain
 */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const even = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    even,
    normal: () => Math.sqrt(-2 * Math.log(1 - even())) * Math.cos(2 * Math.PI * even()),
  };
}

/**
 * A value that wanders around 0 and is drawn back to it, a step a second: wind, mood, satellites.
 *
 * @param deviation of the value in the long run, in its own unit
 * @param memorySeconds after which a third of an excursion is left
 */
export function wandering(random: Random, deviation: number, memorySeconds: number): () => number {
  const keep = Math.exp(-1 / memorySeconds);
  const push = deviation * Math.sqrt(1 - keep * keep);
  let value = deviation * random.normal();
  return () => {
    value = keep * value + push * random.normal();
    return value;
  };
}
