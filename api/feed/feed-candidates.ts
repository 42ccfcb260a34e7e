import type { ActivityPosition } from '../../graph/activity-summaries.js';
import { feedCandidates } from '../../graph/feed.js';
import type { App } from '../wiring.js';
import { keepFeed, readKept, takeTicket } from './kept-feeds.js';

/** How much is read at once to keep it: several pages, and little enough to be quick when many are followed. */
const REBUILT_ENTRIES = 200;

/** Newer than everything. */
const TOP: ActivityPosition = { startedAt: new Date('9999-12-31T00:00:00Z'), activityId: '' };

/** Activities that may be in a feed, newest first, and whether there are any below them. */
export interface Candidates {
  readonly positions: readonly ActivityPosition[];
  readonly isEnd: boolean;
}

/**
 * The next candidates of a feed: from Redis as far as it goes, else from the graph. Without Redis everything comes
 * from the graph.
 *
 * @param below undefined for the newest
 */
export async function nextCandidates(
  app: App,
  athleteId: string,
  { below, count }: { readonly below: ActivityPosition | undefined; readonly count: number },
): Promise<Candidates> {
  const kept = await readKept(app.redis, athleteId, { below, count }).catch(withoutRedis(app));
  if (kept && (kept.positions.length > 0 || kept.below === 'nothing')) {
    return { positions: kept.positions, isEnd: kept.below === 'nothing' };
  }
  if (!below && !kept) return rebuild(app, athleteId, count);
  const positions = await feedCandidates(app.graph, athleteId, { below: below ?? TOP, limit: count });
  return { positions, isEnd: positions.length < count };
}

async function rebuild(app: App, athleteId: string, count: number): Promise<Candidates> {
  const { redis, graph } = app;
  const ticket = await takeTicket(redis, athleteId).catch(withoutRedis(app));
  const limit = Math.max(REBUILT_ENTRIES, count);
  const positions = await feedCandidates(graph, athleteId, { below: TOP, limit });
  const isComplete = positions.length < limit;
  if (ticket) await keepFeed(redis, athleteId, { ticket, positions, isComplete }).catch(withoutRedis(app));
  return { positions: positions.slice(0, count), isEnd: isComplete && positions.length <= count };
}

function withoutRedis({ log }: App): (error: unknown) => undefined {
  return (error) => {
    log.warn({ err: error }, 'a feed is read from the graph, without Redis');
    return undefined;
  };
}
