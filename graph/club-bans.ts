import { type MemberActor, memberTarget, tellLeft, withTarget } from './club-members.js';
import type { DecideClub } from './clubs.js';
import { cypher, type Graph } from './session.js';

interface Ban {
  readonly clubId: string;
  readonly athleteId: string;
}

const banFrom = cypher<Ban & { since: Date }, { leftIds: readonly string[] }>('clubs/ban.cypher');
const unbanFrom = cypher<Ban, { clubId: string }>('clubs/unban.cypher');

/**
 * Bans an athlete from a club and from every club below it, and ends what ties them to those. Again is the same as
 * once. False when there is no such club or athlete.
 */
export async function banFromClub(
  graph: Graph,
  decide: DecideClub,
  actor: MemberActor,
  now: Date,
): Promise<boolean> {
  const { clubId, athleteId } = actor;
  return withTarget(graph, actor, async (transaction, club, target) => {
    decide('clubBan.create', memberTarget(club, actor, target)).assertFor('clubBan.create');
    const [banned] = await transaction.run(banFrom, { clubId, athleteId, since: now });
    for (const leftId of banned?.leftIds ?? []) await tellLeft(transaction, { clubId: leftId, athleteId });
    return true;
  });
}

/** Lifts a ban; nobody belongs to the club again by that. False when there is no such club or athlete. */
export async function unbanFromClub(graph: Graph, decide: DecideClub, actor: MemberActor): Promise<boolean> {
  const { clubId, athleteId } = actor;
  return withTarget(graph, actor, async (transaction, club, target) => {
    decide('clubBan.delete', memberTarget(club, actor, target)).assertFor('clubBan.delete');
    await transaction.run(unbanFrom, { clubId, athleteId });
    return true;
  });
}
