import { v7 as uuidv7 } from 'uuid';
import type { Grant } from '../policies/access.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type WriteTransaction } from './session.js';

/** How many recommendations one athlete may dismiss: each question for others reads all of them. */
export const DISMISSALS_PER_ATHLETE = 2_000;

/** Somebody has dismissed as many recommendations as one can. */
export class TooManyDismissals extends Error {
  override name = 'TooManyDismissals';
  readonly problem = 'too-many-dismissals';
  readonly fields = { limit: DISMISSALS_PER_ATHLETE };
  constructor() {
    super(`${DISMISSALS_PER_ATHLETE} recommendations are dismissed, which is the most`);
  }
}

/** Who is not interested, and in which athlete or club. */
export interface Dismissal {
  readonly dismisserId: string;
  readonly dismissedId: string;
}

const create = cypher<Dismissal & { since: Date }, { since: Date }>('recommend/create-dismissal.cypher');
const remove = cypher<Dismissal, { dismissedId: string }>('recommend/delete-dismissal.cypher');
const count = cypher<Dismissal, { dismissals: number; isDismissed: boolean }>('recommend/dismissals.cypher');
const dismissed = cypher<{ viewerId: string; ids: readonly string[] }, { id: string }>(
  'recommend/dismissed.cypher',
);

/**
 * Keeps that an athlete is not interested in somebody or in a club. Again is the same as once.
 *
 * @param grant for `recommendation.dismiss`; that the athlete may know of the thing was decided before
 * @throws {TooManyDismissals}
 */
export async function dismiss(graph: Graph, grant: Grant, dismissal: Dismissal, now: Date): Promise<void> {
  await change(graph, grant, dismissal, async (transaction) => {
    const [counts] = await transaction.run(count, dismissal);
    if (counts?.isDismissed) return;
    if (counts && counts.dismissals >= DISMISSALS_PER_ATHLETE) throw new TooManyDismissals();
    await transaction.run(create, { ...dismissal, since: now });
    await transaction.emit({
      eventId: uuidv7(),
      type: 'recommendation.dismissed',
      key: dismissal.dismisserId,
      payload: { ...dismissal },
    });
  });
}

/** Lets something be recommended again. */
export async function undismiss(graph: Graph, grant: Grant, dismissal: Dismissal): Promise<void> {
  await change(graph, grant, dismissal, async (transaction) => {
    await transaction.run(remove, dismissal);
  });
}

/** Which of some athletes or clubs the viewer is not interested in. */
export async function dismissedAmong(
  graph: Graph,
  viewerId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await graph.query(dismissed, { viewerId, ids });
  return new Set(rows.map(({ id }) => id));
}

async function change(
  graph: Graph,
  grant: Grant,
  { dismisserId }: Dismissal,
  work: (transaction: WriteTransaction) => Promise<void>,
): Promise<void> {
  grant.assertFor('recommendation.dismiss');
  await graph.write(async (transaction) => {
    await lockAthletes(transaction, dismisserId);
    await work(transaction);
  });
}
