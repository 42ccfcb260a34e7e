import type { Channel, Samples } from './recording.js';

/**
 * Picks at most `points` samples that keep what a chart of the channels shows.
 *
 * Kept for certain: the first and the last sample, and of each channel the highest and the lowest value, as long as
 * `points` allows, peaks before troughs and channels in the order asked. Of the rest, one sample is taken from each
 * of equally long stretches: the one that spans the largest triangle with the sample taken before and the mean of
 * the stretch behind, over all channels, each scaled to its range.
 *
 * @param points ≥ 2
 * @returns indices of samples, rising; all of them when there are no more than `points`
 * @see Steinarsson 2013, "Downsampling Time Series for Visual Representation" (largest triangle three buckets)
 */
export function reduce(samples: Samples, channels: readonly Channel[], points: number): Uint32Array {
  if (samples.length <= points) return Uint32Array.from({ length: samples.length }, (_, at) => at);
  const ranges = channels.flatMap((channel) => {
    const values = samples.channels[channel];
    return values ? [rangeOf(values)] : [];
  });
  const picked = new Set<number>([0, samples.length - 1]);
  for (const peak of [
    ...ranges.map(({ highestAt }) => highestAt),
    ...ranges.map(({ lowestAt }) => lowestAt),
  ]) {
    if (picked.size < points) picked.add(peak);
  }
  addLargestTriangles(picked, samples, ranges, points - picked.size);
  return Uint32Array.from(picked).sort();
}

/** The picked entries of a column. */
export function pick(values: Float64Array, indices: Uint32Array): Float64Array {
  return Float64Array.from(indices, (at) => values[at] ?? Number.NaN);
}

interface Range {
  readonly values: Float64Array;
  readonly highestAt: number;
  readonly lowestAt: number;
  /** Turns a difference of values into a share of their range. */
  readonly scale: number;
}

function rangeOf(values: Float64Array): Range {
  let [highestAt, lowestAt] = [0, 0];
  let [highest, lowest] = [-Infinity, Infinity];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? Number.NaN;
    if (value > highest) [highest, highestAt] = [value, at];
    if (value < lowest) [lowest, lowestAt] = [value, at];
  }
  return { values, highestAt, lowestAt, scale: highest > lowest ? 1 / (highest - lowest) : 0 };
}

function addLargestTriangles(
  picked: Set<number>,
  samples: Samples,
  ranges: readonly Range[],
  count: number,
): void {
  const stretchOf = (stretch: number) => 1 + Math.floor((stretch * (samples.length - 2)) / count);
  let before = 0;
  for (let stretch = 0; stretch < count; stretch++) {
    const from = stretchOf(stretch);
    const until = stretchOf(stretch + 1);
    const means = meansOf(ranges, until, Math.min(stretchOf(stretch + 2), samples.length));
    let largest = -1;
    let largestAt = from;
    for (let at = from; at < until; at++) {
      if (picked.has(at)) continue;
      const area = triangleArea(samples.elapsedSeconds, ranges, means, before, at);
      if (area > largest) [largest, largestAt] = [area, at];
    }
    picked.add(largestAt);
    before = largestAt;
  }
}

interface Means {
  readonly middle: number;
  readonly values: readonly number[];
}

function meansOf(ranges: readonly Range[], from: number, until: number): Means {
  const last = Math.max(until, from + 1);
  const values = ranges.map(({ values }) => {
    let [sum, present] = [0, 0];
    for (let at = from; at < last; at++) {
      const value = values[at] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sum += value;
      present++;
    }
    return sum / present;
  });
  return { middle: (from + last - 1) / 2, values };
}

/** Twice the area, summed over the channels that have a value at all three corners. */
function triangleArea(
  elapsedSeconds: Float64Array,
  ranges: readonly Range[],
  means: Means,
  before: number,
  at: number,
): number {
  const start = elapsedSeconds[before] ?? 0;
  const toPoint = (elapsedSeconds[at] ?? 0) - start;
  const middle = Math.min(Math.round(means.middle), elapsedSeconds.length - 1);
  const toMiddle = (elapsedSeconds[middle] ?? 0) - start;
  let area = 0;
  for (let channel = 0; channel < ranges.length; channel++) {
    const range = ranges[channel];
    if (!range) continue;
    const value = range.values[before] ?? Number.NaN;
    const rise = (range.values[at] ?? Number.NaN) - value;
    const riseToMean = (means.values[channel] ?? Number.NaN) - value;
    const twice = Math.abs(toPoint * riseToMean - toMiddle * rise) * range.scale;
    if (!Number.isNaN(twice)) area += twice;
  }
  return area;
}
