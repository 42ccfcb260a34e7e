import type { Grant } from '../policies/access.js';
import type { PseudonymKey } from '../policies/keys.js';
import { type Series, sql } from './pool.js';

/** An athlete or a club in a list of recommendations. */
export interface Impression {
  /** The ranking that made the list. */
  readonly version: string;
  /** Who was shown it. */
  readonly athleteId: string;
  /** Which athlete or club. */
  readonly itemId: string;
  readonly shownAt: Date;
}

/** What somebody did with a recommendation. */
export interface Outcome {
  readonly athleteId: string;
  readonly itemId: string;
  readonly outcome: 'clicked' | 'accepted' | 'dismissed';
  readonly at: Date;
}

/** What happens later has other reasons than that it was shown. */
const OUTCOME_DAYS = 14;

const addShown = sql<
  {
    days: readonly string[];
    versions: readonly string[];
    athletes: readonly string[];
    items: readonly string[];
  },
  object
>('recommendations/add-shown.sql');
const addOutcome = sql<
  { athlete: string; item: string; outcome: string; day: string; since: string },
  object
>('recommendations/add-outcome.sql');
const shown = sql<{ athlete: string; items: readonly string[]; since: string }, { item: string }>(
  'recommendations/shown-lately.sql',
);
const forget = sql<{ pseudonym: string }, object>('recommendations/forget.sql');

/**
 * Notes what lists have shown, under pseudonyms; what is noted for the day already changes nothing.
 *
 * @param grants for `recommendation.list`, of each list
 */
export async function recordShown(
  series: Series,
  grants: readonly Grant[],
  key: PseudonymKey,
  impressions: readonly Impression[],
): Promise<void> {
  for (const grant of grants) grant.assertFor('recommendation.list');
  await series.query(addShown, {
    days: impressions.map(({ shownAt }) => dayOf(shownAt)),
    versions: impressions.map(({ version }) => version),
    athletes: impressions.map(({ athleteId }) => key.pseudonym(athleteId)),
    items: impressions.map(({ itemId }) => key.pseudonym(itemId)),
  });
}

/**
 * Notes what came of a recommendation, if it was one: of what nobody was shown within two weeks nothing is kept.
 *
 * @param grant for `recommendation.click` or `recommendation.record`
 */
export async function recordOutcome(
  series: Series,
  grant: Grant,
  key: PseudonymKey,
  { athleteId, itemId, outcome, at }: Outcome,
): Promise<void> {
  grant.assertFor('recommendation.click', 'recommendation.record');
  await series.query(addOutcome, {
    athlete: key.pseudonym(athleteId),
    item: key.pseudonym(itemId),
    outcome,
    day: dayOf(at),
    since: dayOf(new Date(at.getTime() - OUTCOME_DAYS * DAY_MILLISECONDS)),
  });
}

/** Which of some athletes or clubs somebody was shown in a list since a day. */
export async function shownLately(
  series: Series,
  key: PseudonymKey,
  asked: { readonly athleteId: string; readonly itemIds: readonly string[]; readonly since: Date },
): Promise<ReadonlySet<string>> {
  if (asked.itemIds.length === 0) return new Set();
  const idOf = new Map(asked.itemIds.map((itemId) => [key.pseudonym(itemId), itemId]));
  const rows = await series.query(shown, {
    athlete: key.pseudonym(asked.athleteId),
    items: [...idOf.keys()],
    since: dayOf(asked.since),
  });
  return new Set(rows.flatMap(({ item }) => idOf.get(item) ?? []));
}

/**
 * Forgets what an athlete was shown, and to whom they were shown.
 *
 * @param grant for `athlete.erase`
 */
export async function forgetImpressions(
  series: Series,
  grant: Grant,
  key: PseudonymKey,
  athleteId: string,
): Promise<void> {
  grant.assertFor('athlete.erase');
  await series.query(forget, { pseudonym: key.pseudonym(athleteId) });
}

const DAY_MILLISECONDS = 86_400_000;
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
