import type { App } from '../../../api/wiring.js';
import { membersBelow } from '../../../graph/club-questions.js';
import { followers, listsOf } from '../../../graph/follow-lists.js';
import { mutualFollowers, mutualSides } from '../../../graph/mutual-followers.js';
import { pathBetween } from '../../../graph/paths.js';
import {
  type AthletesRanking,
  athletesRanking,
  athletesToFollow,
} from '../../../graph/recommended-athletes.js';
import { clubsRanking, clubsToJoin } from '../../../graph/recommended-clubs.js';
import { trainingPartners } from '../../../graph/training-partners.js';
import type { Subject } from '../../../policies/access.js';

/** Who asks about whom, and about which club. */
export interface Asker {
  readonly viewerId: string;
  readonly athleteId: string;
  /** Somebody who looks for company. */
  readonly openId: string;
  /** One that others are below. */
  readonly clubId: string;
}

/** Asks as the API does, with the policy: what is found is decided, recorded and opened. */
export type Question = (app: App, asker: Asker, now: Date) => Promise<readonly object[]>;

const PAGE = { limit: 20, after: undefined };
const RECOMMENDED = 10;
const CLUBS_RANKING = clubsRanking('clubs-to-join');
const TUESDAY = 2;

/** The questions by the name of their lines. */
export const QUESTIONS = {
  mutualFollowers: async ({ graph, access }: App, { viewerId, athleteId }: Asker) => {
    const subject = subjectOf(viewerId);
    const mutual = { viewerId, athleteId, withId: undefined };
    const sides = await mutualSides(graph, mutual);
    if (!sides) throw new Error(`there is no athlete ${athleteId}`);
    for (const target of sides.targets) access.require(subject, 'follow.listMutual', target);
    const { items } = await mutualFollowers(graph, mutual, sides, PAGE);
    return access.openEach(subject, 'athlete.read', items);
  },
  pathBetween: async ({ graph, access }: App, { viewerId, athleteId }: Asker) => {
    const subject = subjectOf(viewerId);
    const target = await listsOf(graph, { athleteId, viewerId });
    if (!target) throw new Error(`there is no athlete ${athleteId}`);
    access.require(subject, 'follow.path', target);
    const path = await pathBetween(graph, { viewerId, fromId: viewerId, athleteId, refusedIds: [] });
    const between = access.openEach(subject, 'follow.list', path.slice(1, -1));
    return [
      ...between,
      ...access.openEach(subject, 'athlete.read', [...path.slice(0, 1), ...path.slice(-1)]),
    ];
  },
  athletesToFollow: followable(athletesRanking('athletes-to-follow')),
  // The kept world has no nightly model, which takes longer than all of the world; so nobody has a place here.
  athletesToFollowModelled: followable(athletesRanking('athletes-to-follow-modelled')),
  clubsToJoin: async ({ graph, access }: App, { viewerId }: Asker) => {
    const subject = subjectOf(viewerId);
    const found = await clubsToJoin(graph, CLUBS_RANKING, viewerId, { limit: RECOMMENDED });
    access.openEach(subject, 'membership.read', found.members);
    return access.openEach(subject, 'recommendation.readClub', found.clubs);
  },
  trainingPartners: async ({ graph, access }: App, { openId }: Asker, now: Date) => {
    const found = await trainingPartners(graph, openId, { limit: RECOMMENDED, now });
    return access.openEach(subjectOf(openId), 'recommendation.readPartner', found);
  },
  membersBelow: async ({ graph, access }: App, { viewerId, clubId }: Asker, now: Date) => {
    const subject = subjectOf(viewerId);
    const wanted = { clubId, viewerId, sport: null, weekday: TUESDAY };
    const page = await membersBelow(graph, wanted, { ...PAGE, now });
    if (!page) throw new Error(`there is no club ${clubId}`);
    access.require(subject, 'club.listMembers', page.club);
    return access.openEach(subject, 'membership.read', page.items);
  },
  followersPage: async ({ graph, access }: App, { viewerId, athleteId }: Asker) => {
    const subject = subjectOf(viewerId);
    const target = await listsOf(graph, { athleteId, viewerId });
    if (!target) throw new Error(`there is no athlete ${athleteId}`);
    access.require(subject, 'follow.list', target);
    const { items } = await followers(graph, { athleteId, viewerId }, PAGE);
    return access.openEach(subject, 'athlete.read', items);
  },
} satisfies Readonly<Record<string, Question>>;

function followable(ranking: AthletesRanking): Question {
  return async ({ graph, access }, { viewerId }) => {
    const subject = subjectOf(viewerId);
    const found = await athletesToFollow(graph, ranking, viewerId, { limit: RECOMMENDED });
    access.openEach(subject, 'follow.listMutual', found.common);
    access.openEach(subject, 'athlete.read', found.friends);
    return access.openEach(subject, 'recommendation.readAthlete', found.athletes);
  };
}

/** An athlete who is logged in. */
export function subjectOf(athleteId: string): Subject {
  return { kind: 'athlete', athleteId, standing: 'active', scopes: ['*'], roles: [], requestId: 'bench' };
}
