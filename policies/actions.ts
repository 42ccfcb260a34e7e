/**
 * Every action that the policy decides. `activity.readStreams` is the package
 * `paceline.actions.activity_read_streams`; a test holds this list against the Rego.
 */
export const ACTIONS = [
  'service.read',
  'account.register',
  'account.read',
  'account.changePassword',
  'account.requestReset',
  'account.resetPassword',
  'account.verifyEmail',
  'account.checkPassword', // system: open the hash of a password to compare it
  'account.mailLink', // system: decrypt an address to send a single-use link there
  'account.delete',
  'session.create',
  'session.refresh',
  'session.end',
  'athlete.read',
  'athlete.update',
  'athlete.search',
  'athlete.erase', // system: clear away what a deleted athlete left
  'follow.create',
  'follow.delete',
  'follow.list',
  'follow.listMutual',
  'follow.path',
  'follower.remove',
  'followRequest.list',
  'followRequest.accept',
  'followRequest.decline',
  'block.create',
  'block.delete',
  'block.list',
  'mute.create',
  'mute.delete',
  'mute.list',
  'upload.create',
  'upload.read',
  'upload.process',
  'activity.create',
  'activity.read',
  'activity.readStreams',
  'activity.readOriginal',
  'activity.update',
  'activity.delete',
  'activity.erase', // system: clear away what other stores have of a deleted activity
  'activity.list',
  'feed.read',
] as const;

export type Action = (typeof ACTIONS)[number];
