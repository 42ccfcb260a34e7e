import { modelOutcome } from '../../../policies/model/model.js';
import type { Facts } from '../../../policies/model/viewer.js';
import { type ClubTarget, TARGETS } from './clubs.js';
import type { Row } from './row.js';

/** A route in a club; it is asked in a club of its own for each kind of club, caller and target. */
export interface ClubRow extends Row {
  readonly targets?: readonly ClubTarget[];
  /** What the question itself tells of the facts. */
  readonly knows?: (facts: Facts) => Facts;
}

// Whoever has the token is invited.
const invited = (facts: Facts): Facts =>
  facts.clubRole === 'none' || facts.clubRole === 'pending' ? { ...facts, clubRole: 'invited' } : facts;
const BELONG = ['member', 'moderator', 'admin', 'owner'];
const isNoMember = ({ targetRole }: Facts) => !BELONG.includes(String(targetRole));

/** Every route in a club. */
export const CLUB_ROWS: Readonly<Record<string, ClubRow>> = {
  'GET /v1/clubs/{clubId}': {
    actions: ['club.read'],
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}`),
  },
  'PATCH /v1/clubs/{clubId}': {
    actions: ['club.update'],
    ask: (client, { clubId }) => client.patch(`/v1/clubs/${clubId}`, { description: 'New' }),
  },
  'DELETE /v1/clubs/{clubId}': {
    actions: ['club.close'],
    ask: (client, { clubId }) => client.delete(`/v1/clubs/${clubId}`),
  },
  'POST /v1/clubs/{clubId}/announcements': {
    actions: ['announcement.create'],
    ask: (client, { clubId }) => client.post(`/v1/clubs/${clubId}/announcements`, { text: 'News' }),
  },
  'GET /v1/clubs/{clubId}/announcements': {
    actions: ['announcement.list'],
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}/announcements`),
  },
  'DELETE /v1/clubs/{clubId}/announcements/{announcementId}': {
    actions: ['announcement.delete'],
    targets: ['none', 'self'],
    ask: (client, { clubId, announcementId }) =>
      client.delete(`/v1/clubs/${clubId}/announcements/${announcementId}`),
  },
  'GET /v1/clubs/{clubId}/bans': {
    actions: ['clubBan.list'],
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}/bans`),
  },
  'PUT /v1/clubs/{clubId}/bans/{athleteId}': {
    actions: ['clubBan.create'],
    targets: TARGETS,
    ask: (client, { clubId, athleteId }) => client.put(`/v1/clubs/${clubId}/bans/${athleteId}`),
  },
  'DELETE /v1/clubs/{clubId}/bans/{athleteId}': {
    actions: ['clubBan.delete'],
    targets: ['banned', 'member'],
    ask: (client, { clubId, athleteId }) => client.delete(`/v1/clubs/${clubId}/bans/${athleteId}`),
  },
  'PUT /v1/clubs/{clubId}/parent': {
    actions: ['club.link'],
    ask: (client, { clubId, roofId }) => client.put(`/v1/clubs/${clubId}/parent`, { clubId: roofId }),
  },
  'DELETE /v1/clubs/{clubId}/parent': {
    actions: ['club.unlink'],
    ask: (client, { clubId }) => client.delete(`/v1/clubs/${clubId}/parent`),
  },
  'GET /v1/clubs/{clubId}/clubs': {
    actions: ['club.read'],
    needsSomebody: true,
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}/clubs`),
  },
  'GET /v1/clubs/{clubId}/club-requests': {
    actions: ['club.acceptLink'],
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}/club-requests`),
  },
  'PUT /v1/clubs/{clubId}/clubs/{subClubId}': {
    actions: ['club.acceptLink'],
    ask: (client, { clubId, subClubId }) => client.put(`/v1/clubs/${clubId}/clubs/${subClubId}`),
  },
  'DELETE /v1/clubs/{clubId}/clubs/{subClubId}': {
    actions: ['club.acceptLink'],
    ask: (client, { clubId, subClubId }) => client.delete(`/v1/clubs/${clubId}/clubs/${subClubId}`),
  },
  'PUT /v1/clubs/{clubId}/membership': {
    // Where the door is open one walks in, where it is closed one asks.
    actions: ['club.join', 'club.ask'],
    ask: (client, { clubId }) => client.put(`/v1/clubs/${clubId}/membership`),
  },
  'DELETE /v1/clubs/{clubId}/membership': {
    actions: ['club.leave'],
    ask: (client, { clubId }) => client.delete(`/v1/clubs/${clubId}/membership`),
  },
  'GET /v1/clubs/{clubId}/members': {
    actions: ['club.listMembers'],
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}/members`),
  },
  'PUT /v1/clubs/{clubId}/members/{athleteId}': {
    actions: ['membership.giveRole'],
    targets: TARGETS,
    knows: (facts) => ({ ...facts, newRole: 'moderator' }),
    lacks: isNoMember,
    ask: (client, { clubId, athleteId }) =>
      client.put(`/v1/clubs/${clubId}/members/${athleteId}`, { role: 'moderator' }),
  },
  'DELETE /v1/clubs/{clubId}/members/{athleteId}': {
    actions: ['membership.remove'],
    targets: TARGETS,
    lacks: isNoMember,
    ask: (client, { clubId, athleteId }) => client.delete(`/v1/clubs/${clubId}/members/${athleteId}`),
  },
  'PUT /v1/clubs/{clubId}/owner': {
    actions: ['club.handOver'],
    targets: TARGETS,
    ask: (client, { clubId, athleteId }) => client.put(`/v1/clubs/${clubId}/owner`, { athleteId }),
  },
  'GET /v1/clubs/{clubId}/requests': {
    actions: ['clubRequest.list'],
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}/requests`),
  },
  'PUT /v1/clubs/{clubId}/requests/{athleteId}': {
    actions: ['clubRequest.accept'],
    targets: ['none', 'pending', 'member', 'banned'],
    lacks: ({ targetRole }) => targetRole === 'none',
    ask: (client, { clubId, athleteId }) => client.put(`/v1/clubs/${clubId}/requests/${athleteId}`),
  },
  'DELETE /v1/clubs/{clubId}/requests/{athleteId}': {
    actions: ['clubRequest.decline'],
    targets: ['pending', 'member'],
    ask: (client, { clubId, athleteId }) => client.delete(`/v1/clubs/${clubId}/requests/${athleteId}`),
  },
  'GET /v1/clubs/{clubId}/members-below': {
    actions: ['club.listMembers'],
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}/members-below`),
  },
  'GET /v1/clubs/{clubId}/fitting-clubs': {
    actions: ['club.listMembers'],
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}/fitting-clubs`),
  },
  'GET /v1/clubs/{clubId}/feed': {
    actions: ['club.readFeed'],
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}/feed`),
  },
  'PUT /v1/recommendations/clubs/{clubId}/dismissal': {
    actions: ['recommendation.dismiss'],
    owns: 'own',
    lacks: (facts, { viewer }) => modelOutcome(viewer, 'club.read', facts) === 'hidden',
    ask: (client, { clubId }) => client.put(`/v1/recommendations/clubs/${clubId}/dismissal`),
  },
  'POST /v1/recommendations/clubs/{clubId}/clicks': {
    actions: ['recommendation.click'],
    owns: 'own',
    isAtDoor: true,
    ask: (client, { clubId }) => client.post(`/v1/recommendations/clubs/${clubId}/clicks`),
  },
  'DELETE /v1/recommendations/clubs/{clubId}/dismissal': {
    actions: ['recommendation.dismiss'],
    owns: 'own',
    ask: (client, { clubId }) => client.delete(`/v1/recommendations/clubs/${clubId}/dismissal`),
  },
  'POST /v1/clubs/{clubId}/invitations': {
    actions: ['invitation.create'],
    ask: (client, { clubId }) => client.post(`/v1/clubs/${clubId}/invitations`, {}),
  },
  'GET /v1/clubs/{clubId}/invitations': {
    actions: ['invitation.list'],
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}/invitations`),
  },
  'DELETE /v1/clubs/{clubId}/invitations/{invitationId}': {
    actions: ['invitation.delete'],
    ask: (client, { clubId, invitationId }) =>
      client.delete(`/v1/clubs/${clubId}/invitations/${invitationId}`),
  },
  'GET /v1/invitations/{token}': {
    actions: ['club.read'],
    needsSomebody: true,
    knows: invited,
    ask: (client, { token }) => client.get(`/v1/invitations/${token}`),
  },
  'POST /v1/invitations/{token}/acceptance': {
    actions: ['invitation.accept'],
    knows: invited,
    ask: (client, { token }) => client.post(`/v1/invitations/${token}/acceptance`),
  },
};
