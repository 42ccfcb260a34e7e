import { cypher, type Graph, type GraphEvent, type Whole, whole } from './session.js';

/** An event that its consumers should be told of now. */
export interface DueEvent extends GraphEvent {
  /** How often it was offered before. */
  readonly offers: number;
  /** Jobs that have not finished with it; null before the first offer. */
  readonly waitingFor: readonly string[] | null;
  /** An earlier event of the same key is outstanding, so this one has to wait. */
  readonly isBlocked: boolean;
}

/** What the relay did with a due event. */
export interface Offer {
  readonly eventId: string;
  readonly isBlocked: boolean;
  /** Names of the jobs that have to handle it. */
  readonly jobs: readonly string[];
  /** When to offer it again, in case that what was offered is lost. */
  readonly pauseSeconds: number;
}

const due = cypher<{ limit: Whole }, Omit<DueEvent, 'payload'> & { payload: string }>('events/due.cypher');
const offered = cypher<{ events: readonly object[] }, { eventId: string }>('events/offered.cypher');
const offerAgain = cypher<object, { eventCount: number }>('events/offer-again.cypher');
const finish = cypher<
  { eventId: string; job: string; jobs: readonly string[]; hasFailed: boolean },
  { nextCount: number }
>('events/finish.cypher');
const drop = cypher<{ eventIds: readonly string[] }, object>('events/drop.cypher');

/** Events that are due, in the order in which they were made. */
export async function dueEvents(graph: Graph, limit: number): Promise<DueEvent[]> {
  const rows = await graph.execute(due, { limit: whole(limit) });
  return rows.map(({ payload, ...event }) => ({ ...event, payload: JSON.parse(payload) }));
}

/** Notes what was offered; each of them is due again after its pause unless it is finished by then. */
export async function recordOffers(graph: Graph, offers: readonly Offer[]): Promise<void> {
  const events = offers.map((offer) => ({ ...offer, pauseSeconds: whole(offer.pauseSeconds) }));
  await graph.execute(offered, { events });
}

/** Makes every outstanding event due now; returns how many there are. */
export async function offerEverythingAgain(graph: Graph): Promise<number> {
  const [row] = await graph.execute(offerAgain, {});
  return row?.eventCount ?? 0;
}

/**
 * A job is done with an event, or gave it up. The event goes with its last job, unless one gave up: then it stays,
 * with `failedAt` and the job in `waitingFor`, until somebody sets `offerAt` again.
 *
 * @param jobs all that hear of events of this type
 * @returns whether another event of the same key became due
 */
export async function finishEvent(
  graph: Graph,
  {
    eventId,
    job,
    jobs,
    hasFailed,
  }: { eventId: string; job: string; jobs: readonly string[]; hasFailed: boolean },
): Promise<boolean> {
  const [row] = await graph.execute(finish, { eventId, job, jobs, hasFailed });
  return row !== undefined && row.nextCount > 0;
}

/** Removes events that no job hears of. */
export async function dropEvents(graph: Graph, eventIds: readonly string[]): Promise<void> {
  await graph.execute(drop, { eventIds });
}
