import { v7 as uuidv7 } from 'uuid';
import type { Grant } from '../policies/access.js';
import { lockHierarchy } from './club-hierarchy.js';
import { joinLimit } from './club-limits.js';
import { type ClubActor, type ClubVisibility, clubTarget, type DecideClub, withClub } from './clubs.js';
import { lockAthletes } from './locks.js';
import { placeKey } from './place-key.js';
import { cypher, type Graph, type WriteTransaction } from './session.js';
import { refuseStale } from './stale-version.js';

/** What is said of a club. */
export interface ClubWords {
  readonly name: string;
  readonly description: string | null;
  readonly sport: string | null;
  readonly place: string | null;
  readonly visibility: ClubVisibility;
}

/** What an edit sets; null clears, undefined leaves alone. */
export type ClubChanges = { readonly [field in keyof ClubWords]?: ClubWords[field] | undefined };

const create = cypher<
  { clubId: string; athleteId: string; properties: object; now: Date },
  { clubId: string }
>('clubs/create.cypher');
const update = cypher<{ clubId: string; changes: object }, { version: number }>('clubs/update.cypher');
const close = cypher<{ clubId: string; now: Date }, { clubId: string }>('clubs/close.cypher');

/**
 * Makes a club; who makes it owns it.
 *
 * @param grant for `club.create`
 * @returns false when the athlete is gone
 * @throws {TooManyClubs}
 */
export async function createClub(
  graph: Graph,
  grant: Grant,
  club: { readonly clubId: string; readonly ownerId: string; readonly words: ClubWords },
  now: Date,
): Promise<boolean> {
  grant.assertFor('club.create');
  const { clubId, ownerId, words } = club;
  return graph.write(async (transaction) => {
    await lockAthletes(transaction, ownerId);
    const made = await transaction.run(create, {
      clubId,
      athleteId: ownerId,
      properties: withPlaceKey(words),
      now,
    });
    await joinLimit(transaction, ownerId);
    return made.length > 0;
  });
}

/**
 * Changes what is said of a club.
 *
 * @param expectedVersion undefined when the caller does not care
 * @returns false when there is no such club
 * @throws {StaleVersion}
 */
export async function changeClub(
  graph: Graph,
  decide: DecideClub,
  actor: ClubActor,
  { changes, expectedVersion }: { changes: ClubChanges; expectedVersion: number | undefined },
): Promise<boolean> {
  const done = await withClub(graph, actor, [], async (transaction, club) => {
    decide('club.update', clubTarget(club)).assertFor('club.update');
    refuseStale(expectedVersion, club.version);
    // The driver writes undefined as null, which would clear what nobody mentioned.
    const mentioned = Object.entries(withPlaceKey(changes)).filter(([, value]) => value !== undefined);
    await transaction.run(update, { clubId: club.clubId, changes: Object.fromEntries(mentioned) });
    return true;
  });
  return done ?? false;
}

// By which the club is recommended to those who name the same place.
function withPlaceKey<Words extends ClubChanges>(words: Words): Words & { placeKey?: string | null } {
  const { place } = words;
  return place === undefined ? words : { ...words, placeKey: place === null ? null : placeKey(place) };
}

/**
 * Closes a club: nobody finds it any more, the clubs below it stand by themselves, and `club.closed` has the rest
 * cleared away. False when there is no such club.
 */
export async function closeClub(
  graph: Graph,
  decide: DecideClub,
  actor: ClubActor,
  now: Date,
): Promise<boolean> {
  const done = await withClub(graph, actor, [], async (transaction, club) => {
    decide('club.close', clubTarget(club)).assertFor('club.close');
    await closeLocked(transaction, club.clubId, now);
    return true;
  });
  return done ?? false;
}

/** Closes a club that the transaction has locked. */
export async function closeLocked(transaction: WriteTransaction, clubId: string, now: Date): Promise<void> {
  await lockHierarchy(transaction);
  await transaction.run(close, { clubId, now });
  await transaction.emit({ eventId: uuidv7(), type: 'club.closed', key: clubId, payload: { clubId } });
}
