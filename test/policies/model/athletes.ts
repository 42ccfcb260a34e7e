import {
  ABSENT,
  CIRCLES,
  DONE,
  type Facts,
  isConcealed,
  isIn,
  isOwn,
  isSomebody,
  type Outcome,
  type Rules,
  STANDINGS,
  type Viewer,
  when,
  whenTold,
  YES_NO,
} from './viewer.js';

const PAIR = { isBlocked: YES_NO, ownerStanding: STANDINGS };
const PROFILE = { ...PAIR, approvesFollowers: YES_NO, isFollower: YES_NO };

const ACCOUNT = ['birthDate', 'email', 'emailVerifiedAt', 'settings'];
const PARTS = ['age', 'bodyMass', 'heartRateLimits', 'sex', 'thresholds', 'timeZone'];
const SHARED = Object.fromEntries(PARTS.map((part) => [`${part}Visibility`, CIRCLES]));

/** What is not there for the pair is not there; a signed-out reader must know that the athlete does not mind them. */
export function isHiddenFrom(viewer: Viewer, facts: Facts): boolean {
  const mindsSignedOut = viewer.kind === 'anonymous' && facts.ownerHidesFromSignedOut !== false;
  return isConcealed(viewer, facts) || mindsSignedOut;
}

function profile(viewer: Viewer, facts: Facts): Outcome {
  if (isOwn(viewer)) return DONE;
  if (isHiddenFrom(viewer, facts)) return 'hidden';
  if (!seesInside(viewer, facts)) return { without: [...ACCOUNT, ...PARTS, 'createdAt'] };
  const kept = PARTS.filter((part) => !isIn(facts[`${part}Visibility`], viewer, facts));
  return { without: [...ACCOUNT, ...kept] };
}

/** An open profile is for everyone, a closed one for followers. */
function seesInside(viewer: Viewer, facts: Facts): boolean {
  return facts.approvesFollowers === false || (isSomebody(viewer) && facts.isFollower === true);
}

/** Lists that belong to a profile: whoever sees inside; a closed profile does not deny that it has them. */
function lists(viewer: Viewer, facts: Facts): Outcome {
  if (isOwn(viewer)) return DONE;
  if (isConcealed(viewer, facts)) return 'hidden';
  // A profile of which nobody knows whether it is closed shows its lists to nobody.
  return facts.approvesFollowers !== ABSENT && seesInside(viewer, facts) ? DONE : 'told';
}

/** What one athlete does to another who is there for them, and not to themselves. */
function towards(viewer: Viewer, facts: Facts): Outcome {
  if (isOwn(viewer)) return 'told';
  return when(!isConcealed(viewer, facts));
}

const between = (viewer: Viewer, facts: Facts): Outcome => when(isOwn(viewer) || !isConcealed(viewer, facts));

/** Profiles and what ties two athletes. */
export const ATHLETES: Readonly<Record<string, Rules>> = {
  'athlete.read': {
    facts: { ...PROFILE, isClubMate: YES_NO, ownerHidesFromSignedOut: YES_NO, ...SHARED },
    outcome: profile,
  },
  'follow.list': { facts: PROFILE, outcome: lists },
  'club.listOfAthlete': { facts: PROFILE, outcome: lists },
  'follow.create': { facts: PAIR, outcome: towards },
  'mute.create': { facts: PAIR, outcome: towards },
  'follow.delete': { facts: PAIR, outcome: between },
  'follow.listMutual': { facts: PAIR, outcome: between },
  'follow.path': { facts: PAIR, outcome: between },
  'contact.match': {
    facts: { isEmailVerified: YES_NO },
    outcome: (viewer, { isEmailVerified }) => whenTold(isOwn(viewer) && isEmailVerified === true),
  },
  'contact.find': {
    facts: { ...PAIR, isFindableByEmail: YES_NO, isEmailVerified: YES_NO },
    outcome: (viewer, facts) => {
      const hasAgreed = facts.isFindableByEmail === true && facts.isEmailVerified === true;
      return when(isSomebody(viewer) && !isOwn(viewer) && hasAgreed && !isConcealed(viewer, facts));
    },
  },
  'mute.delete': { facts: PAIR, outcome: between },
  // Whoever was blocked first may still block back, and anybody lifts their own.
  'block.create': { facts: PAIR, outcome: (viewer) => (isOwn(viewer) ? 'told' : DONE) },
  'block.delete': { facts: PAIR, outcome: () => DONE },
};
