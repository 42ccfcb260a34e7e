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
  'account.delete',
  'session.create',
  'session.refresh',
  'session.end',
  'athlete.read',
  'athlete.update',
  'athlete.search',
  'follow.create',
  'follow.delete',
  'follow.list',
  'follower.remove',
  'followRequest.list',
  'followRequest.accept',
  'followRequest.decline',
  'block.create',
  'block.delete',
  'upload.create',
  'upload.read',
  'upload.process',
  'activity.create',
  'activity.read',
  'activity.readStreams',
  'activity.readOriginal',
  'activity.update',
  'activity.delete',
  'activity.list',
  'feed.read',
] as const;

export type Action = (typeof ACTIONS)[number];
