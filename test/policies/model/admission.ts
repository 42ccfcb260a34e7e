import type { Viewer } from './viewer.js';

// Which scopes an action can be done with, grouped by scope as somebody who grants them reads it.
const BY_SCOPE: Readonly<Record<string, readonly string[]>> = {
  account: [
    'account.changePassword',
    'account.delete',
    'account.read',
    'account.update',
    'privacyZone.create',
    'privacyZone.delete',
    'privacyZone.list',
    'privacyZone.read',
    'privacyZone.update',
  ],
  'profile:read': ['athlete.read', 'athlete.search'],
  'profile:write': ['athlete.update'],
  analyst: ['analyst.listQueries', 'analyst.runQuery'],
  audit: ['decision.list', 'decision.read'],
  'activity:read': [
    'activity.list',
    'activity.listViewers',
    'activity.read',
    'activity.readOriginal',
    'activity.readStreams',
    'feed.read',
    'feed.readItem',
    'upload.read',
  ],
  'activity:write': ['activity.create', 'activity.delete', 'activity.update', 'upload.create', 'upload.read'],
  'follow:read': [
    'block.list',
    'contact.find',
    'contact.match',
    'follow.list',
    'follow.listMutual',
    'follow.path',
    'followRequest.list',
    'mute.list',
    'recommendation.list',
    'recommendation.readAthlete',
    'recommendation.readClub',
    'recommendation.readPartner',
  ],
  'follow:write': [
    'block.create',
    'block.delete',
    'follow.create',
    'follow.delete',
    'followRequest.accept',
    'followRequest.decline',
    'follower.remove',
    'mute.create',
    'mute.delete',
    'recommendation.click',
    'recommendation.dismiss',
  ],
  'club:read': [
    'announcement.list',
    'announcement.read',
    'club.listMembers',
    'club.listOfAthlete',
    'club.read',
    'club.readFeed',
    'club.search',
    'club.suggest',
    'clubBan.list',
    'clubRequest.list',
    'invitation.list',
    'membership.read',
  ],
  'club:write': [
    'announcement.create',
    'announcement.delete',
    'club.acceptLink',
    'club.ask',
    'club.close',
    'club.create',
    'club.handOver',
    'club.join',
    'club.leave',
    'club.link',
    'club.unlink',
    'club.update',
    'clubBan.create',
    'clubBan.delete',
    'clubRequest.accept',
    'clubRequest.decline',
    'invitation.accept',
    'invitation.create',
    'invitation.delete',
    'membership.giveRole',
    'membership.remove',
  ],
  roles: ['role.end', 'role.grant', 'role.list'],
  moderation: ['suspension.create', 'suspension.delete'],
};

/** The scopes that there are, without `*`. */
export const MODEL_SCOPES = Object.keys(BY_SCOPE);

/** What nobody has to log in for, whatever token they show. */
export const DOORS = [
  'account.register',
  'account.requestReset',
  'account.resetPassword',
  'account.verifyEmail',
  'service.read',
  'session.create',
  'session.refresh',
];

const READ_BY_ANYBODY = [
  'activity.list',
  'activity.read',
  'activity.readStreams',
  'athlete.read',
  'club.read',
];

/** What each part of Paceline does, and nobody else. */
export const WORK_OF: Readonly<Record<string, readonly string[]>> = {
  accounts: ['account.checkPassword'],
  command: ['analystCopy.refresh', 'role.grant'],
  seed: ['village.seed'],
  worker: [
    'account.mailLink',
    'activity.erase',
    'athlete.erase',
    'club.erase',
    'habit.update',
    'model.build',
    'privacyZone.apply',
    'recommendation.record',
    'recommendation.suggest',
    'upload.process',
  ],
};

/** Whether somebody may ask for an action at all, whatever it is done to. */
export function isAdmitted(viewer: Viewer, action: string): boolean {
  if (viewer.kind === 'system') return WORK_OF[viewer.name ?? '']?.includes(action) ?? false;
  if (viewer.kind === 'robot') return false;
  const isDoor = DOORS.includes(action);
  if (viewer.kind === 'anonymous') return isDoor || READ_BY_ANYBODY.includes(action);
  if (isDoor) return true;
  return viewer.standing === 'active' && isInScope(viewer.scopes, action);
}

function isInScope(scopes: readonly string[], action: string): boolean {
  if (scopes.includes('*') || action === 'session.end') return true;
  return scopes.some((scope) => BY_SCOPE[scope]?.includes(action));
}
