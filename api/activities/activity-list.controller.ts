import { z } from 'zod';
import { type ActivitySummary, activitiesOfAthlete } from '../../graph/activity-summaries.js';
import { AthleteKey } from '../athletes/shapes.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import { decodeCursor, encodeCursor, Page } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { ActivitiesQuery, ActivitySummaryView, summaryView } from './shapes.js';

const ActivityCursor = z.tuple([z.iso.datetime(), z.uuid()]);
const BEGINNING_OF_TIME = new Date('0001-01-01T00:00:00Z');
const END_OF_TIME = new Date('9999-12-31T00:00:00Z');

type PageOfAthlete = Call<{ params: typeof AthleteKey; query: typeof ActivitiesQuery }>;

export class ActivityListController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/athletes/{athleteId}/activities', {
    action: 'activity.list',
    decided: 'inside',
    summary: 'List the activities of an athlete, newest first',
    params: AthleteKey,
    query: ActivitiesQuery,
    answers: { 200: Page(ActivitySummaryView) },
  })
  async list({ subject, params, query }: PageOfAthlete): Promise<Answer> {
    const { access, graph, masterKey } = this.app;
    const { limit } = query;
    const found = await activitiesOfAthlete(graph, masterKey, {
      ...params,
      viewerId: subject.athleteId ?? null,
      sport: query.sport ?? null,
      after: query.after ?? BEGINNING_OF_TIME,
      below: positionOf(query),
      limit: limit + 1,
    });
    if (!found) throw new NotFound('athlete');
    access.require(subject, 'activity.list', found.athlete);
    const items = access.openEach(subject, 'activity.read', found.activities.slice(0, limit));
    const nextCursor = found.activities.length > limit ? cursorAfter(items) : null;
    return ok({ items: items.map(summaryView), nextCursor });
  }
}

function positionOf({ cursor, before = END_OF_TIME }: z.output<typeof ActivitiesQuery>) {
  if (cursor === undefined) return { startedAt: before, activityId: '' };
  const [startedAt, activityId] = decodeCursor(cursor, ActivityCursor);
  return { startedAt: new Date(startedAt), activityId };
}

// From an activity that the reader has seen, so that it tells nothing of those between.
function cursorAfter(items: readonly ActivitySummary[]): string | null {
  const last = items.at(-1);
  return last ? encodeCursor([last.listedAt.toISOString(), last.activityId]) : null;
}
