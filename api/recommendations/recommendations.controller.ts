import { z } from 'zod';
import { type Suggestion, suggestionFor } from '../../graph/suggestions.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import type { App } from '../wiring.js';
import { listAthletes, listClubs, listPartners } from './lists.js';
import {
  AthleteRecommendation,
  ClubRecommendation,
  DailySuggestion,
  RecommendationsQuery,
} from './shapes.js';

type ListCall = Call<{ query: typeof RecommendationsQuery }>;

const AMONG_BEST = 50; // what is suggested in the morning is shown all day unless it falls behind so many

/** What is recommended to an athlete; each list notes what it shows, and by which version of its ranking. */
export class RecommendationsController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/recommendations/athletes', {
    action: 'recommendation.list',
    decided: 'atDoor',
    summary: 'Whom you might follow, and why',
    description:
      'From whom you follow, your home region and your sports. Nobody whom you follow, asked, mute, block or dismissed, and nobody who does not want to be recommended.',
    query: RecommendationsQuery,
    answers: { 200: z.object({ items: z.array(AthleteRecommendation) }) },
  })
  async athletes({ subject, query, grant }: ListCall): Promise<Answer> {
    const { version, items } = await listAthletes(this.app, subject, query);
    const itemIds = items.map(({ athlete }) => athlete.athleteId);
    this.#noteShown(grant, version, itemIds);
    return ok({ items });
  }

  @Endpoint('GET /v1/recommendations/clubs', {
    action: 'recommendation.list',
    decided: 'atDoor',
    summary: 'Which clubs you might join, and why',
    description:
      'From whom you follow, your clubs, your home region and your sports; clubs below others are among them. Who belongs to a club that is not public counts for nothing.',
    query: RecommendationsQuery,
    answers: { 200: z.object({ items: z.array(ClubRecommendation) }) },
  })
  async clubs({ subject, query, grant }: ListCall): Promise<Answer> {
    const { version, items } = await listClubs(this.app, subject, query);
    const itemIds = items.map(({ club }) => club.clubId);
    this.#noteShown(grant, version, itemIds);
    return ok({ items });
  }

  @Endpoint('GET /v1/recommendations/training-partners', {
    action: 'recommendation.list',
    decided: 'atDoor',
    summary: 'With whom you might train, and why',
    description:
      'Others who do the same sport on the same days of the week in the same places, as fast as you, from what both share with everyone. Only while both have `isOpenToTraining`: as long as you have not, nobody is listed. Those whom you follow are among them.',
    query: RecommendationsQuery,
    answers: { 200: z.object({ items: z.array(AthleteRecommendation) }) },
  })
  async trainingPartners({ subject, query, grant }: ListCall): Promise<Answer> {
    const { version, items } = await listPartners(this.app, subject, query);
    const itemIds = items.map(({ athlete }) => athlete.athleteId);
    this.#noteShown(grant, version, itemIds);
    return ok({ items });
  }

  @Endpoint('GET /v1/recommendations/daily', {
    action: 'recommendation.list',
    decided: 'atDoor',
    summary: 'What is suggested to you today, if anything is worth it',
    description:
      'Chosen in your morning, by the time zone of your profile, from what no list has shown you for a month: somebody to train with, or a club or somebody to follow whom several know whom you follow. It is `null` where there is none, and after you have followed it, joined it or dismissed it (`PUT /v1/recommendations/athletes/{athleteId}/dismissal` or `clubs/{clubId}`).',
    answers: { 200: z.object({ suggestion: DailySuggestion.nullable() }) },
  })
  async daily({ subject, grant }: Call): Promise<Answer> {
    const suggested = await suggestionFor(this.app.graph, callerId(subject), this.app.now());
    const found = suggested && (await this.#lookedUp(subject, suggested));
    if (!suggested || !found?.item) return ok({ suggestion: null });
    const { kind, itemId, suggestedAt } = suggested;
    this.#noteShown(grant, found.version, [itemId]);
    return ok({ suggestion: { kind, suggestedAt, ...found.item } });
  }

  // By the list that it is from, so that what is suggested is what may be shown now, for the reasons of now.
  async #lookedUp(subject: Call['subject'], { kind, itemId }: Suggestion) {
    const wanted = { limit: AMONG_BEST, onlyId: itemId };
    const { version, items } = await LISTS[kind](this.app, subject, wanted);
    return { version, item: items[0] };
  }

  #noteShown(grant: Call['grant'], version: string, itemIds: readonly string[]): void {
    const { impressions, now } = this.app;
    impressions.add(grant, { version, athleteId: callerId(grant.subject), itemIds, shownAt: now() });
  }
}

const LISTS = { athleteToFollow: listAthletes, clubToJoin: listClubs, trainingPartner: listPartners };
