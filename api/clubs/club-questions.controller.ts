import { z } from 'zod';
import type { ActivityPosition, ActivitySummary } from '../../graph/activity-summaries.js';
import { clubFeedCandidates } from '../../graph/club-feed.js';
import { clubsNearby, fittingClubs, membersBelow } from '../../graph/club-questions.js';
import { clubTargetOf } from '../../graph/clubs.js';
import { sharedItems } from '../../graph/feed.js';
import { ActivitySummaryView, summaryView } from '../activities/shapes.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import { decodeCursor, encodeCursor, Page, PageQuery } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import {
  ClubKey,
  FittingClubView,
  LimitQuery,
  MemberBelowView,
  MembersBelowQuery,
  NearbyClubView,
} from './shapes.js';

const PlaceCursor = z.tuple([z.uuid(), z.iso.datetime(), z.uuid()]);
const FeedCursor = z.tuple([z.iso.datetime(), z.uuid()]);

// Each round looks at twice as many candidates, since where one is hidden from the reader others are too.
const MAX_ROUNDS = 5;

export class ClubQuestionsController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/clubs/{clubId}/members-below', {
    action: 'club.listMembers',
    decided: 'inside',
    summary: 'List the members of a club and of the clubs below it by habit',
    description:
      'Who did the sport, on the weekday, at least twice in the last twelve weeks, as far as you may see that. Each membership is an entry of its own.',
    params: ClubKey,
    query: MembersBelowQuery,
    answers: { 200: Page(MemberBelowView) },
  })
  async membersBelow(
    call: Call<{ params: typeof ClubKey; query: typeof MembersBelowQuery }>,
  ): Promise<Answer> {
    const { subject, params, query } = call;
    const { access, graph, now } = this.app;
    const wanted = {
      ...params,
      viewerId: callerId(subject),
      sport: query.sport ?? null,
      weekday: query.weekday ?? null,
    };
    const page = await membersBelow(graph, wanted, {
      limit: query.limit,
      after: placeIn(query.cursor),
      now: now(),
    });
    if (!page) throw new NotFound('club');
    access.require(subject, 'club.listMembers', page.club);
    const { next } = page;
    return ok({
      items: access.openEach(subject, 'membership.read', page.items),
      nextCursor: next ? encodeCursor([next.clubId, next.since.toISOString(), next.athleteId]) : null,
    });
  }

  @Endpoint('GET /v1/clubs/{clubId}/fitting-clubs', {
    action: 'club.listMembers',
    decided: 'inside',
    summary: 'Which clubs below a club suit you, and why',
    params: ClubKey,
    query: LimitQuery,
    answers: { 200: z.object({ items: z.array(FittingClubView) }) },
  })
  async fitting({
    subject,
    params,
    query,
  }: Call<{ params: typeof ClubKey; query: typeof LimitQuery }>): Promise<Answer> {
    const { access, graph, now } = this.app;
    const ids = { ...params, viewerId: callerId(subject) };
    const found = await fittingClubs(graph, ids, { limit: query.limit, now: now() });
    if (!found) throw new NotFound('club');
    access.require(subject, 'club.listMembers', found.club);
    return ok({ items: access.openEach(subject, 'club.read', found.items) });
  }

  @Endpoint('GET /v1/athletes/me/clubs-nearby', {
    action: 'club.suggest',
    decided: 'atDoor',
    summary: 'List clubs that members of yours belong to, the most shared members first',
    query: LimitQuery,
    answers: { 200: z.object({ items: z.array(NearbyClubView) }) },
  })
  async nearby({ subject, query }: Call<{ query: typeof LimitQuery }>): Promise<Answer> {
    const { access, graph } = this.app;
    const clubs = await clubsNearby(graph, callerId(subject), query.limit);
    return ok({ items: access.openEach(subject, 'club.read', clubs) });
  }

  @Endpoint('GET /v1/clubs/{clubId}/feed', {
    action: 'club.readFeed',
    decided: 'inside',
    summary: 'Read what the members of a club did, newest first',
    description:
      'Of a club with more than 500 members, those who joined last and those whom you follow. You see what you may see of each athlete anyway.',
    params: ClubKey,
    query: PageQuery,
    answers: { 200: Page(ActivitySummaryView) },
  })
  async feed(call: Call<{ params: typeof ClubKey; query: typeof PageQuery }>): Promise<Answer> {
    const { subject, params, query } = call;
    const ids = { ...params, viewerId: callerId(subject) };
    const club = await clubTargetOf(this.app.graph, ids);
    if (!club) throw new NotFound('club');
    this.app.access.require(subject, 'club.readFeed', club);
    const { activities, isEnd } = await this.#activities(subject, ids, query);
    const items = activities.slice(0, query.limit);
    const last = isEnd && activities.length <= query.limit ? undefined : items.at(-1);
    return ok({
      items: items.map(summaryView),
      // From an activity that the reader has seen, so that it tells nothing of those between.
      nextCursor: last ? encodeCursor([last.listedAt.toISOString(), last.activityId]) : null,
    });
  }

  /** Activities that the reader may see, until there is one more than the page takes. */
  async #activities(
    subject: Call['subject'],
    ids: { readonly clubId: string; readonly viewerId: string },
    { limit, cursor }: z.output<typeof PageQuery>,
  ): Promise<{ activities: readonly ActivitySummary[]; isEnd: boolean }> {
    const { access, graph, masterKey } = this.app;
    const activities: ActivitySummary[] = [];
    let below = positionIn(cursor);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const count = (limit + 1 - activities.length) * 2 ** round;
      const positions = await clubFeedCandidates(graph, ids, { below, limit: count });
      const activityIds = positions.map(({ activityId }) => activityId);
      const sealed = await sharedItems(graph, masterKey, { viewerId: ids.viewerId, activityIds });
      activities.push(...access.openEach(subject, 'activity.read', sealed));
      if (positions.length < count) return { activities, isEnd: true };
      if (activities.length > limit) break;
      below = positions.at(-1);
    }
    return { activities, isEnd: false };
  }
}

function placeIn(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const [clubId, since, athleteId] = decodeCursor(cursor, PlaceCursor);
  return { clubId, since: new Date(since), athleteId };
}

function positionIn(cursor: string | undefined): ActivityPosition | undefined {
  if (cursor === undefined) return undefined;
  const [startedAt, activityId] = decodeCursor(cursor, FeedCursor);
  return { startedAt: new Date(startedAt), activityId };
}
