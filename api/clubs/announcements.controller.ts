import { z } from 'zod';
import { announce, announcementsOf, deleteAnnouncement } from '../../graph/club-announcements.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, created, Endpoint, noContent, ok } from '../http/endpoint.js';
import { decodeCursor, encodeCursor, Page, PageQuery } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { deciderFor } from './decide-club.js';
import { AnnouncementKey, AnnouncementView, ClubKey, MadeAnnouncement, NewAnnouncement } from './shapes.js';

const AnnouncementCursor = z.tuple([z.iso.datetime(), z.uuid()]);

export class AnnouncementsController {
  constructor(private readonly app: App) {}

  @Endpoint('POST /v1/clubs/{clubId}/announcements', {
    action: 'announcement.create',
    decided: 'inside',
    summary: 'Announce something to a club',
    params: ClubKey,
    body: NewAnnouncement,
    answers: { 201: MadeAnnouncement },
  })
  async create(call: Call<{ params: typeof ClubKey; body: typeof NewAnnouncement }>): Promise<Answer> {
    const { subject, params, body } = call;
    const { access, graph, now } = this.app;
    const { clubId } = params;
    const announcementId = call.idOf('announcement');
    const isDone = await announce(
      graph,
      deciderFor(access, subject),
      { clubId, actorId: callerId(subject) },
      { announcementId, text: body.text },
      now(),
    );
    if (!isDone) throw new NotFound('club');
    return created({ announcementId }, `/v1/clubs/${clubId}/announcements/${announcementId}`);
  }

  @Endpoint('GET /v1/clubs/{clubId}/announcements', {
    action: 'announcement.list',
    decided: 'inside',
    summary: 'List what a club announced, the latest first',
    description: 'The author is absent where you may not see them, and null when their account is gone.',
    params: ClubKey,
    query: PageQuery,
    answers: { 200: Page(AnnouncementView) },
  })
  async list(call: Call<{ params: typeof ClubKey; query: typeof PageQuery }>): Promise<Answer> {
    const { subject, params, query } = call;
    const { access, graph } = this.app;
    const ids = { ...params, viewerId: callerId(subject) };
    const page = await announcementsOf(graph, ids, { limit: query.limit, after: after(query.cursor) });
    if (!page) throw new NotFound('club');
    access.require(subject, 'announcement.list', page.club);
    const items = access.openEach(subject, 'announcement.read', page.items);
    const { next } = page;
    return ok({
      items,
      nextCursor: next ? encodeCursor([next.createdAt.toISOString(), next.announcementId]) : null,
    });
  }

  @Endpoint('DELETE /v1/clubs/{clubId}/announcements/{announcementId}', {
    action: 'announcement.delete',
    decided: 'inside',
    summary: 'Delete an announcement',
    params: AnnouncementKey,
    answers: { 204: null },
  })
  async delete({ subject, params }: Call<{ params: typeof AnnouncementKey }>): Promise<Answer> {
    const { access, graph } = this.app;
    const actor = { ...params, actorId: callerId(subject) };
    const isDone = await deleteAnnouncement(graph, deciderFor(access, subject), actor);
    if (!isDone) throw new NotFound('announcement');
    return noContent();
  }
}

function after(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const [createdAt, announcementId] = decodeCursor(cursor, AnnouncementCursor);
  return { createdAt: new Date(createdAt), announcementId };
}
