import { createHash } from 'node:crypto';
import { z } from 'zod';
import { NoSuchRanking, type Ranking } from '../../graph/rankings.js';

/** A ranking, and which share of the athletes is shown it. */
export interface RankingShare<Row extends object> {
  readonly ranking: Ranking<Row>;
  readonly share: number;
}

const ENTRY = /^([a-z][a-z0-9-]*)=(0?\.\d+|1|1\.0*)$/;
const ROUNDING = 1e-9;

/**
 * Which rankings athletes are shown, as configuration writes it: `plain=0.9,changed=0.1`.
 *
 * @param standard the one that all are shown when nothing else is said
 * @param named finds a ranking by the name of its file; throws {@link NoSuchRanking}
 */
export function rankingShares<Row extends object>(standard: string, named: (name: string) => Ranking<Row>) {
  return z
    .string()
    .default(`${standard}=1`)
    .transform((text, context) => {
      const refused = (message: string) => {
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      };
      const entries = text.split(',').map((entry) => ENTRY.exec(entry.trim()));
      const shares: RankingShare<Row>[] = [];
      for (const entry of entries) {
        if (!entry) return refused(`must look like ${standard}=0.9,another-file=0.1`);
        const [, name = '', share] = entry;
        try {
          shares.push({ ranking: named(name), share: Number(share) });
        } catch (error) {
          if (error instanceof NoSuchRanking) return refused(error.message);
          throw error;
        }
      }
      const sum = shares.reduce((total, { share }) => total + share, 0);
      if (Math.abs(sum - 1) > ROUNDING) return refused(`shares add up to ${sum}, not to 1`);
      if (new Set(shares.map(({ ranking }) => ranking.version)).size < shares.length)
        return refused('names a ranking twice');
      return shares;
    });
}

/**
 * The ranking that an athlete is shown: always the same one, and of two athletes one says nothing of the other. When a
 * border between shares moves, only those whom it passes change.
 *
 * @param experiment what the shares are of; in another experiment athletes are mixed anew
 */
export function rankingFor<Row extends object>(
  experiment: string,
  shares: readonly RankingShare<Row>[],
  athleteId: string,
): Ranking<Row> {
  const place = createHash('sha256').update(`${experiment} ${athleteId}`).digest().readUInt32BE() / 2 ** 32;
  let border = 0;
  for (const { ranking, share } of shares) {
    border += share;
    if (place < border) return ranking;
  }
  // Shares are added in floating point: the last border may be a hair below 1.
  const last = shares.at(-1);
  if (!last) throw new Error(`${experiment} has no ranking`);
  return last.ranking;
}
