/** What a ranking answered to one test athlete, and what it was to find. */
export interface Trial {
  readonly shownIds: readonly string[];
  readonly hiddenIds: ReadonlySet<string>;
}

/** How known everybody is in the graph that the ranking saw. */
export interface Fame {
  readonly followers: ReadonlyMap<string, number>;
  readonly athletes: number;
  readonly follows: number;
}

/** A mean over the test athletes, and between which values it is in 19 of 20 draws of them. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** How good a ranking is; all shares are between 0 and 1. */
export interface Quality {
  /** Share of the hidden follows that are among the first ten. */
  readonly recallAt10: Estimate;
  /** Share of the test athletes who are shown one of theirs. */
  readonly hitRate: Estimate;
  /** One over the place of the first hit; 0 where there is none. */
  readonly meanReciprocalRank: Estimate;
  /** Bits: how surprising an entry is when the well known are expected. */
  readonly novelty: Estimate;
  /** Share of all athletes who are shown to at least one. */
  readonly coverage: number;
  /** Share of the entries that the best known hundredth of the athletes gets … */
  readonly topShare: Estimate;
  /** … and has among the hidden follows. */
  readonly topShareHidden: number;
}

const AT = 10;
const TOP = 0.01;
const DRAWS = 1_000;

/**
 * Measures a ranking.
 *
 * @param random even between 0 and 1; draws the test athletes anew for the intervals
 */
export function qualityOf(trials: readonly Trial[], fame: Fame, random: () => number): Quality {
  const top = bestKnown(fame);
  const draws = drawsOf(trials.length, random);
  const estimate = (measure: (trial: Trial) => number) => estimateOf(trials.map(measure), draws);
  const shown = trials.map(({ shownIds, hiddenIds }) => ({ shownIds: shownIds.slice(0, AT), hiddenIds }));
  const first = ({ shownIds, hiddenIds }: Trial) =>
    shownIds.slice(0, AT).findIndex((id) => hiddenIds.has(id));
  return {
    recallAt10: estimate(
      ({ shownIds, hiddenIds }) =>
        shownIds.slice(0, AT).filter((id) => hiddenIds.has(id)).length / hiddenIds.size,
    ),
    hitRate: estimate((trial) => (first(trial) < 0 ? 0 : 1)),
    meanReciprocalRank: estimate((trial) => (first(trial) < 0 ? 0 : 1 / (first(trial) + 1))),
    novelty: estimate(({ shownIds }) => mean(shownIds.slice(0, AT).map((id) => surprise(id, fame)))),
    coverage: new Set(shown.flatMap(({ shownIds }) => shownIds)).size / fame.athletes,
    topShare: shareOf(shown, draws, top),
    topShareHidden: mean(
      trials.flatMap(({ hiddenIds }) => [...hiddenIds]).map((id) => (top.has(id) ? 1 : 0)),
    ),
  };
}

function bestKnown({ followers, athletes }: Fame): ReadonlySet<string> {
  const best = [...followers].toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  return new Set(best.slice(0, Math.ceil(athletes * TOP)).map(([id]) => id));
}

function surprise(id: string, { followers, follows }: Fame): number {
  return -Math.log2(((followers.get(id) ?? 0) + 1) / (follows + 1));
}

/** For each draw how often each trial is in it. */
function drawsOf(count: number, random: () => number): readonly Uint16Array[] {
  return Array.from({ length: DRAWS }, () => {
    const times = new Uint16Array(count);
    for (let drawn = 0; drawn < count; drawn += 1) {
      const at = Math.min(count - 1, Math.floor(random() * count));
      times[at] = (times[at] ?? 0) + 1;
    }
    return times;
  });
}

function estimateOf(values: readonly number[], draws: readonly Uint16Array[]): Estimate {
  const ones = values.map(() => 1);
  return ratioOf(values, ones, draws);
}

function shareOf(shown: readonly Trial[], draws: readonly Uint16Array[], top: ReadonlySet<string>): Estimate {
  const ofTop = shown.map(({ shownIds }) => shownIds.filter((id) => top.has(id)).length);
  const all = shown.map(({ shownIds }) => shownIds.length);
  return ratioOf(ofTop, all, draws);
}

function ratioOf(
  parts: readonly number[],
  wholes: readonly number[],
  draws: readonly Uint16Array[],
): Estimate {
  const ratio = (times: Uint16Array | undefined) => {
    let [part, all] = [0, 0];
    for (let at = 0; at < parts.length; at += 1) {
      part += (parts[at] ?? 0) * (times?.[at] ?? 1);
      all += (wholes[at] ?? 0) * (times?.[at] ?? 1);
    }
    return all === 0 ? 0 : part / all;
  };
  const drawn = draws.map(ratio).toSorted((one, other) => one - other);
  const at = (share: number) => drawn[Math.floor(share * (drawn.length - 1))] ?? 0;
  return { mean: ratio(undefined), low: at(0.025), high: at(0.975) };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
