import { v7 as uuidv7 } from 'uuid';
import { Sealed } from '../policies/sealed.js';
import { type ClubActor, clubFacts, clubRows, clubTarget, type DecideClub, withClub } from './clubs.js';
import type { Slice } from './follow-lists.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** Something that a club told its members. */
export interface Announcement {
  readonly announcementId: string;
  readonly text: string;
  readonly createdAt: Date;
  /** Null when the author's account was deleted. */
  readonly author: { readonly athleteId: string; readonly displayName: string } | null;
}

/** The sort key of announcements. */
export interface AnnouncedAt {
  readonly createdAt: Date;
  readonly announcementId: string;
}

interface AnnouncementRow extends AnnouncedAt {
  readonly text: string;
  readonly authorId: string | null;
  readonly authorName: string | null;
  readonly isBlocked: boolean;
  readonly ownerStanding: 'active' | 'suspended' | 'deleted';
}

const create = cypher<
  { clubId: string; authorId: string; announcementId: string; text: string; now: Date },
  { announcementId: string }
>('clubs/create-announcement.cypher');
const pageOf = cypher<
  { clubId: string; viewerId: string; beforeCreatedAt: Date; beforeId: string; limit: Whole },
  AnnouncementRow
>('clubs/announcements.cypher');
const authorOf = cypher<{ clubId: string; announcementId: string }, { authorId: string | null }>(
  'clubs/author-of-announcement.cypher',
);
const remove = cypher<{ announcementId: string }, { announcementId: string }>(
  'clubs/delete-announcement.cypher',
);

/** Announces something in the name of a club; false when there is no such club. */
export async function announce(
  graph: Graph,
  decide: DecideClub,
  actor: ClubActor,
  announcement: { readonly announcementId: string; readonly text: string },
  now: Date,
): Promise<boolean> {
  const done = await withClub(graph, actor, [], async (transaction, club) => {
    decide('announcement.create', clubTarget(club)).assertFor('announcement.create');
    const { clubId } = club;
    await transaction.run(create, { ...announcement, clubId, authorId: actor.actorId, now });
    await transaction.emit({
      eventId: uuidv7(),
      type: 'club.announced',
      key: clubId,
      payload: { clubId, announcementId: announcement.announcementId, athleteId: actor.actorId },
    });
    return true;
  });
  return done ?? false;
}

/** What a club announced, the latest first, with the club to decide upon; undefined when there is no such club. */
export async function announcementsOf(
  graph: Graph,
  { clubId, viewerId }: { readonly clubId: string; readonly viewerId: string },
  { limit, after }: Slice<AnnouncedAt>,
) {
  const [club] = await clubRows(graph, [clubId], viewerId);
  if (!club) return undefined;
  const rows = await graph.query(pageOf, {
    clubId,
    viewerId,
    beforeCreatedAt: after?.createdAt ?? END_OF_TIME,
    beforeId: after?.announcementId ?? '',
    limit: whole(limit + 1),
  });
  const page = rows.slice(0, limit);
  const items = page.map((row): Sealed<Announcement> => {
    const { announcementId, text, createdAt, authorId, authorName, isBlocked, ownerStanding } = row;
    const author =
      authorId !== null && authorName !== null ? { athleteId: authorId, displayName: authorName } : null;
    const resource = {
      kind: 'announcement',
      id: announcementId,
      ...(authorId === null ? {} : { ownerId: authorId }),
    };
    const facts = { ...clubFacts(club), isBlocked, ownerStanding };
    return new Sealed(resource, facts, () => ({ announcementId, text, createdAt, author }));
  });
  const last = rows.length > limit ? page.at(-1) : undefined;
  const next: AnnouncedAt | undefined = last && {
    createdAt: last.createdAt,
    announcementId: last.announcementId,
  };
  return { club: clubTarget(club), items, next };
}

/** Deletes an announcement; false when there is no such club or announcement. */
export async function deleteAnnouncement(
  graph: Graph,
  decide: DecideClub,
  actor: ClubActor & { readonly announcementId: string },
): Promise<boolean> {
  const { clubId, announcementId } = actor;
  const done = await withClub(graph, actor, [], async (transaction, club) => {
    const [found] = await transaction.run(authorOf, { clubId, announcementId });
    const resource = {
      kind: 'announcement',
      id: announcementId,
      ...(found?.authorId ? { ownerId: found.authorId } : {}),
    };
    decide('announcement.delete', { resource, facts: clubFacts(club) }).assertFor('announcement.delete');
    if (!found) return false;
    await transaction.run(remove, { announcementId });
    return true;
  });
  return done ?? false;
}

const END_OF_TIME = new Date('9999-12-31T00:00:00Z');
