import type { Wanted } from '../../graph/rankings.js';
import { athletesToFollow } from '../../graph/recommended-athletes.js';
import { clubsToJoin } from '../../graph/recommended-clubs.js';
import { PARTNERS_VERSION, trainingPartners } from '../../graph/training-partners.js';
import type { Subject } from '../../policies/access.js';
import { callerId } from '../http/caller.js';
import type { App } from '../wiring.js';
import { rankingFor } from './ranking-shares.js';
import { reasonsToFollow, reasonsToJoin, reasonsToTrain } from './reasons.js';

/** Whom the caller might follow, as they may see it, and by which version of the ranking. */
export async function listAthletes({ access, config, graph }: App, subject: Subject, wanted: Wanted) {
  const viewerId = callerId(subject);
  const ranking = rankingFor('athletes-to-follow', config.RECOMMEND_ATHLETES_TO_FOLLOW, viewerId);
  const found = await athletesToFollow(graph, ranking, viewerId, wanted);
  const common = access.openEach(subject, 'follow.listMutual', found.common);
  const friends = access.openEach(subject, 'athlete.read', found.friends);
  const items = access.openEach(subject, 'recommendation.readAthlete', found.athletes).map((entry) => {
    const { athleteId } = entry.athlete;
    const ids = common.find((each) => each.athleteId === athleteId)?.friendIds ?? [];
    const shown = friends.filter((friend) => ids.includes(friend.athleteId));
    return { athlete: entry.athlete, reasons: reasonsToFollow(entry, shown) };
  });
  return { version: ranking.version, items };
}

/** Which clubs the caller might join, as they may see it, and by which version of the ranking. */
export async function listClubs({ access, config, graph }: App, subject: Subject, wanted: Wanted) {
  const viewerId = callerId(subject);
  const ranking = rankingFor('clubs-to-join', config.RECOMMEND_CLUBS_TO_JOIN, viewerId);
  const found = await clubsToJoin(graph, ranking, viewerId, wanted);
  const members = access.openEach(subject, 'membership.read', found.members);
  const items = access.openEach(subject, 'recommendation.readClub', found.clubs).map((entry) => {
    const { clubId } = entry.club;
    const shown = members.filter((member) => member.clubId === clubId);
    return { club: entry.club, reasons: reasonsToJoin(entry, shown) };
  });
  return { version: ranking.version, items };
}

/** With whom the caller might train, as they may see it. */
export async function listPartners({ access, graph, now }: App, subject: Subject, wanted: Wanted) {
  const found = await trainingPartners(graph, callerId(subject), { ...wanted, now: now() });
  const items = access.openEach(subject, 'recommendation.readPartner', found).map((entry) => ({
    athlete: entry.athlete,
    reasons: reasonsToTrain(entry),
  }));
  return { version: PARTNERS_VERSION, items };
}
