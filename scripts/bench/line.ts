/** One measured figure beside the limit that was measured in the same run. */
export interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | '1/s';
  /** What the machine can do without us, or the goal where nothing else is a measure. */
  readonly limit: number;
  /** `value / limit`. */
  readonly ratio: number;
}

/** Measures on the stores of `settings` (configuration of the API) and prints its lines. */
export type Bench = (
  settings: Readonly<Record<string, string>>,
  print: (line: Line) => void,
) => Promise<void>;

/** A line with its ratio; rounded to what the clock can tell. */
export function line(name: string, value: number, unit: Line['unit'], limit: number): Line {
  return { name, value: rounded(value), unit, limit: rounded(limit), ratio: rounded(value / limit) };
}

/** The value below which `share` of the values lie; 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** How long the work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
