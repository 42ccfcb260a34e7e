import { z } from 'zod';
import type { ActivityPosition, ActivitySummary } from '../../graph/activity-summaries.js';
import { feedItems } from '../../graph/feed.js';
import type { Subject } from '../../policies/access.js';
import { ActivitySummaryView, summaryView } from '../activities/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import { decodeCursor, encodeCursor, Page, PageQuery } from '../http/paging.js';
import type { App } from '../wiring.js';
import { nextCandidates } from './feed-candidates.js';

const FeedCursor = z.tuple([z.iso.datetime(), z.uuid()]);

// Each round looks at twice as many candidates, since where one is hidden from the reader others are too.
const MAX_ROUNDS = 12;
const MAX_CANDIDATES_PER_ROUND = 500;

export class FeedController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/feed', {
    action: 'feed.read',
    decided: 'atDoor',
    summary: 'Read your home feed',
    description: 'What you and the athletes whom you follow did, newest first.',
    query: PageQuery,
    answers: { 200: Page(ActivitySummaryView) },
  })
  async read({ subject, query }: Call<{ query: typeof PageQuery }>): Promise<Answer> {
    const { limit, cursor } = query;
    const { activities, isEnd } = await this.#activities(subject, positionIn(cursor), limit);
    const items = activities.slice(0, limit);
    const isLast = isEnd && activities.length <= limit;
    return ok({ items: items.map(summaryView), nextCursor: isLast ? null : cursorAfter(items) });
  }

  /** Activities that the reader may see, until there is one more than the page takes. */
  async #activities(
    subject: Subject,
    start: ActivityPosition | undefined,
    limit: number,
  ): Promise<{ activities: readonly ActivitySummary[]; isEnd: boolean }> {
    const { access, graph, masterKey } = this.app;
    const viewerId = callerId(subject);
    const activities: ActivitySummary[] = [];
    let below = start;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const count = Math.min((limit + 1 - activities.length) * 2 ** round, MAX_CANDIDATES_PER_ROUND);
      const { positions, isEnd } = await nextCandidates(this.app, viewerId, { below, count });
      const activityIds = positions.map(({ activityId }) => activityId);
      const sealed = await feedItems(graph, masterKey, { viewerId, activityIds });
      activities.push(...access.openEach(subject, 'feed.readItem', sealed));
      if (isEnd) return { activities, isEnd };
      if (activities.length > limit) break;
      below = positions.at(-1);
    }
    return { activities, isEnd: false };
  }
}

function positionIn(cursor: string | undefined): ActivityPosition | undefined {
  if (cursor === undefined) return undefined;
  const [startedAt, activityId] = decodeCursor(cursor, FeedCursor);
  return { startedAt: new Date(startedAt), activityId };
}

// From an activity that the reader has seen, so that it tells nothing of those between.
function cursorAfter(items: readonly ActivitySummary[]): string | null {
  const last = items.at(-1);
  return last ? encodeCursor([last.listedAt.toISOString(), last.activityId]) : null;
}
