import { DONE, isSomebody, type Rules, STANDINGS, when, whenTold } from './viewer.js';

const alwaysOpen: Rules = { facts: {}, outcome: () => DONE };

/** Only of their own: it is theirs, or nobody is named. */
const ownOnly: Rules = {
  facts: {},
  outcome: (viewer) => when(isSomebody(viewer) && viewer.owns !== 'others'),
};

/** Who comes through this door gets in, unless the account is suspended or gone, or may be. */
const logIn: Rules = {
  facts: { ownerStanding: STANDINGS },
  outcome: (_, { ownerStanding }) => whenTold(ownerStanding === 'active'),
};

const athletesOnly: Rules = { facts: {}, outcome: (viewer) => when(isSomebody(viewer)) };

/** Accounts, sessions, uploads, and whatever else an athlete has only of their own; and the work of the parts. */
export const OWN_THINGS: Readonly<Record<string, Rules>> = {
  'account.register': alwaysOpen,
  'account.requestReset': alwaysOpen,
  'account.resetPassword': alwaysOpen,
  'account.verifyEmail': alwaysOpen,
  'service.read': alwaysOpen,
  'session.create': logIn,
  'session.refresh': logIn,
  'account.changePassword': ownOnly,
  'account.delete': ownOnly,
  'account.read': ownOnly,
  'account.update': ownOnly,
  'activity.create': ownOnly,
  'athlete.update': ownOnly,
  'block.list': ownOnly,
  'club.create': ownOnly,
  'club.suggest': ownOnly,
  'feed.read': ownOnly,
  'followRequest.accept': ownOnly,
  'followRequest.decline': ownOnly,
  'followRequest.list': ownOnly,
  'follower.remove': ownOnly,
  'mute.list': ownOnly,
  'privacyZone.create': ownOnly,
  'privacyZone.delete': ownOnly,
  'privacyZone.list': ownOnly,
  'privacyZone.read': ownOnly,
  'privacyZone.update': ownOnly,
  'recommendation.click': ownOnly,
  'recommendation.dismiss': ownOnly,
  'recommendation.list': ownOnly,
  'session.end': ownOnly,
  'upload.create': ownOnly,
  'upload.read': ownOnly,
  'athlete.search': athletesOnly,
  'club.search': athletesOnly,
  // Nobody but the part whose work it is gets past admission.
  'account.checkPassword': { facts: {}, outcome: ({ name }) => when(name === 'accounts') },
  'account.mailLink': { facts: {}, outcome: ({ name }) => when(name === 'worker') },
  'activity.erase': { facts: {}, outcome: ({ name }) => when(name === 'worker') },
  'athlete.erase': { facts: {}, outcome: ({ name }) => when(name === 'worker') },
  'club.erase': { facts: {}, outcome: ({ name }) => when(name === 'worker') },
  'model.build': { facts: {}, outcome: ({ name }) => when(name === 'worker') },
  'village.seed': { facts: {}, outcome: ({ name }) => when(name === 'seed') },
  'privacyZone.apply': { facts: {}, outcome: ({ name }) => when(name === 'worker') },
  'habit.update': { facts: {}, outcome: ({ name }) => when(name === 'worker') },
  'recommendation.suggest': { facts: {}, outcome: ({ name }) => when(name === 'worker') },
  'recommendation.record': { facts: {}, outcome: ({ name }) => when(name === 'worker') },
  'upload.process': { facts: {}, outcome: ({ name }) => when(name === 'worker') },
};
