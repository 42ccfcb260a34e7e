import type { Grant } from '../policies/access.js';
import { closeLocked } from './club-changes.js';
import { handOverLocked } from './club-members.js';
import { lockClubs } from './clubs.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

const TIES_PER_TRANSACTION = 1_000; // each locks an athlete, who must not wait long
const CLUBS_PER_RUN = 100;

const ownedByDeleted = cypher<{ athleteId: string }, { clubId: string }>('clubs/owned-by-deleted.cypher');
const heirOf = cypher<{ clubId: string }, { athleteId: string }>('clubs/heir.cypher');
const eraseOfAthlete = cypher<{ athleteId: string; limit: Whole }, { erased: number }>(
  'clubs/erase-of-athlete.cypher',
);
const eraseSome = cypher<{ clubId: string; limit: Whole }, { erased: number }>('clubs/erase-some.cypher');
const eraseClub = cypher<{ clubId: string }, { clubId: string }>('clubs/erase.cypher');
const closed = cypher<{ limit: Whole }, { clubId: string }>('clubs/closed.cypher');
const deleteOver = cypher<{ now: Date; limit: Whole }, { deleted: number }>(
  'clubs/delete-over-invitations.cypher',
);

/**
 * Takes a deleted athlete out of every club. What they owned goes to the admin who has served longest, else to the
 * moderator, else to the member; a club that has nobody left is closed. Killed at any moment, it goes on where it
 * stopped when it is called again.
 *
 * @param grant for `club.erase`
 */
export async function forgetMember(graph: Graph, grant: Grant, athleteId: string, now: Date): Promise<void> {
  grant.assertFor('club.erase');
  for (const { clubId } of await graph.execute(ownedByDeleted, { athleteId }))
    await bequeath(graph, { clubId, ownerId: athleteId }, now);
  const limit = whole(TIES_PER_TRANSACTION);
  for (;;) {
    const [row] = await graph.write(({ run }) => run(eraseOfAthlete, { athleteId, limit }));
    if (!row || row.erased === 0) return;
  }
}

/**
 * Clears away what a closed club still holds, and the club. Killed at any moment, it goes on where it stopped.
 *
 * @param grant for `club.erase`
 */
export async function eraseClosedClub(graph: Graph, grant: Grant, clubId: string): Promise<void> {
  grant.assertFor('club.erase');
  const limit = whole(TIES_PER_TRANSACTION);
  for (;;) {
    const [row] = await graph.write(({ run }) => run(eraseSome, { clubId, limit }));
    if (!row || row.erased === 0) break;
  }
  await graph.write(({ run }) => run(eraseClub, { clubId }));
}

/** Closed clubs of which something is left. */
export async function closedClubs(graph: Graph): Promise<readonly string[]> {
  const rows = await graph.query(closed, { limit: whole(CLUBS_PER_RUN) });
  return rows.map(({ clubId }) => clubId);
}

/** Deletes the invitations that are over. @param grant for `club.erase` */
export async function deleteOverInvitations(graph: Graph, grant: Grant, now: Date): Promise<void> {
  grant.assertFor('club.erase');
  const limit = whole(TIES_PER_TRANSACTION);
  for (;;) {
    const [row] = await graph.execute(deleteOver, { now, limit });
    if (!row || row.deleted === 0) return;
  }
}

async function bequeath(
  graph: Graph,
  { clubId, ownerId }: { readonly clubId: string; readonly ownerId: string },
  now: Date,
): Promise<void> {
  await graph.write(async (transaction) => {
    await lockAthletes(transaction, ownerId);
    await lockClubs(transaction, clubId);
    const owned = await transaction.run(ownedByDeleted, { athleteId: ownerId });
    if (!owned.some((club) => club.clubId === clubId)) return; // done by an earlier run
    const [heir] = await transaction.run(heirOf, { clubId });
    if (heir) {
      // Whoever deletes their account now, or leaves, waits for this lock or has come first.
      await lockAthletes(transaction, heir.athleteId);
      const [still] = await transaction.run(heirOf, { clubId });
      if (still?.athleteId !== heir.athleteId) throw new HeirGone();
      await handOverLocked(transaction, { clubId, ownerId, heirId: heir.athleteId });
      return;
    }
    await closeLocked(transaction, clubId, now);
  });
}

/** The heir left between two lines; the job tries again. */
class HeirGone extends Error {
  override name = 'HeirGone';
}
