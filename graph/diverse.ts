/** Something in a ranking, with the sources that led to it. */
export interface Ranked {
  readonly score: number;
  readonly sourceIds: readonly string[];
}

/** Times as many as are shown are ranked, so that there is something to choose a mixture from. */
export const CHOSEN_FROM = 2;

/** How much of its score an entry keeps for each entry before it that came from just the same sources. */
const KEEPS = 0.7;

/**
 * The best of a ranking, one after another, each counted the less the more of what led to it has led to an entry before:
 * ten friends of one friend are one recommendation and nine repetitions.
 *
 * @param ranking best first
 */
export function diverse<Entry extends Ranked>(ranking: readonly Entry[], limit: number): readonly Entry[] {
  const left = [...ranking];
  const chosen: Entry[] = [];
  const uses = new Map<string, number>();
  while (chosen.length < limit && left.length > 0) {
    const next = left.reduce((best, entry) => (worth(entry, uses) > worth(best, uses) ? entry : best));
    left.splice(left.indexOf(next), 1);
    chosen.push(next);
    for (const id of next.sourceIds) uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  return chosen;
}

function worth({ score, sourceIds }: Ranked, uses: ReadonlyMap<string, number>): number {
  if (sourceIds.length === 0) return score;
  const used = sourceIds.reduce((sum, id) => sum + (uses.get(id) ?? 0), 0);
  return score * KEEPS ** (used / sourceIds.length);
}
