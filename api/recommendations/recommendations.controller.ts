import { z } from 'zod';
import { athletesToFollow } from '../../graph/recommended-athletes.js';
import { clubsToJoin } from '../../graph/recommended-clubs.js';
import { TRAINING_PARTNERS, trainingPartners } from '../../graph/training-partners.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import type { App } from '../wiring.js';
import { rankingFor } from './ranking-shares.js';
import { reasonsToFollow, reasonsToJoin, reasonsToTrain } from './reasons.js';
import { AthleteRecommendation, ClubRecommendation, RecommendationsQuery } from './shapes.js';

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
  async athletes({ subject, query, grant }: Call<{ query: typeof RecommendationsQuery }>): Promise<Answer> {
    const { access, graph, config, impressions, now } = this.app;
    const athleteId = callerId(subject);
    const ranking = rankingFor('athletes-to-follow', config.RECOMMEND_ATHLETES_TO_FOLLOW, athleteId);
    const found = await athletesToFollow(graph, ranking, athleteId, query.limit);
    const common = access.openEach(subject, 'follow.listMutual', found.common);
    const friends = access.openEach(subject, 'athlete.read', found.friends);
    const items = access.openEach(subject, 'recommendation.readAthlete', found.athletes).map((entry) => {
      const { athleteId } = entry.athlete;
      const ids = common.find((each) => each.athleteId === athleteId)?.friendIds ?? [];
      const shown = friends.filter((friend) => ids.includes(friend.athleteId));
      return { athlete: entry.athlete, reasons: reasonsToFollow(entry, shown) };
    });
    const itemIds = items.map(({ athlete }) => athlete.athleteId);
    impressions.add(grant, { version: ranking.version, athleteId, itemIds, shownAt: now() });
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
  async clubs({ subject, query, grant }: Call<{ query: typeof RecommendationsQuery }>): Promise<Answer> {
    const { access, graph, config, impressions, now } = this.app;
    const athleteId = callerId(subject);
    const ranking = rankingFor('clubs-to-join', config.RECOMMEND_CLUBS_TO_JOIN, athleteId);
    const found = await clubsToJoin(graph, ranking, athleteId, query.limit);
    const members = access.openEach(subject, 'membership.read', found.members);
    const items = access.openEach(subject, 'recommendation.readClub', found.clubs).map((entry) => {
      const { clubId } = entry.club;
      const shown = members.filter((member) => member.clubId === clubId);
      return { club: entry.club, reasons: reasonsToJoin(entry, shown) };
    });
    const itemIds = items.map(({ club }) => club.clubId);
    impressions.add(grant, { version: ranking.version, athleteId, itemIds, shownAt: now() });
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
  async trainingPartners({
    subject,
    query,
    grant,
  }: Call<{ query: typeof RecommendationsQuery }>): Promise<Answer> {
    const { access, graph, impressions, now } = this.app;
    const athleteId = callerId(subject);
    const found = await trainingPartners(graph, athleteId, query.limit);
    const items = access.openEach(subject, 'recommendation.readPartner', found).map((entry) => ({
      athlete: entry.athlete,
      reasons: reasonsToTrain(entry),
    }));
    const itemIds = items.map(({ athlete }) => athlete.athleteId);
    impressions.add(grant, { version: TRAINING_PARTNERS.version, athleteId, itemIds, shownAt: now() });
    return ok({ items });
  }
}
