import {
  ABSENT,
  DONE,
  type Fact,
  type Facts,
  isConcealed,
  isOwn,
  type Outcome,
  type Rules,
  STANDINGS,
  type Viewer,
  when,
  whenTold,
  YES_NO,
} from './viewer.js';

const KINDS = ['public', 'closed', 'secret', ABSENT] as const;
const ROLES = [
  'none',
  'invited',
  'pending',
  'member',
  'moderator',
  'admin',
  'owner',
  'banned',
  ABSENT,
] as const;
const RANKS: readonly Fact[] = ['member', 'moderator', 'admin', 'owner'];
const CLUB = { clubVisibility: KINDS, clubRole: ROLES };
const TARGET = { ...CLUB, targetRole: ROLES.filter((role) => role !== 'invited') };

/** 0 is outside; then member, moderator, admin, owner. */
const rank = (role: Fact | undefined): number => RANKS.indexOf(role ?? ABSENT) + 1;
const LEADS = 3;
const MODERATES = 2;

const belongs = ({ clubRole }: Facts): boolean => rank(clubRole) > 0;
const isBanned = ({ clubRole }: Facts): boolean => clubRole === 'banned';
/** Whether there is such a club for who is not in it. */
const isVisible = ({ clubVisibility }: Facts): boolean =>
  clubVisibility === 'public' || clubVisibility === 'closed';
const isKnownOutsider = ({ clubRole }: Facts): boolean =>
  clubRole === 'none' || clubRole === 'invited' || clubRole === 'pending';

/** Whoever may not is told so if they are inside or see the club. */
const refusal = (facts: Facts): Outcome => (belongs(facts) || isVisible(facts) ? 'told' : 'hidden');

const fromRank = (least: number): Rules => ({
  facts: CLUB,
  outcome: (_, facts) => (rank(facts.clubRole) >= least ? DONE : refusal(facts)),
});

/** What happens in a club: for those inside, and of a public one for every athlete who is known not to be banned. */
const isInside = (facts: Facts): boolean =>
  belongs(facts) || (facts.clubVisibility === 'public' && isKnownOutsider(facts));

const inside: Rules = { facts: CLUB, outcome: (_, facts) => (isInside(facts) ? DONE : refusal(facts)) };

/** Whether a caller stands above somebody whose own role is known. */
const isAbove = ({ clubRole, targetRole }: Facts): boolean =>
  rank(clubRole) >= MODERATES && targetRole !== ABSENT && rank(clubRole) > rank(targetRole);

function ban(viewer: Viewer, facts: Facts): Outcome {
  if (rank(facts.clubRole) >= MODERATES && isOwn(viewer)) return 'told';
  const mayBe = !isOwn(viewer) && facts.isTargetFromAbove === false && facts.ownsBelow === false;
  return isAbove(facts) && mayBe ? DONE : refusal(facts);
}

function giveRole(_: Viewer, facts: Facts): Outcome {
  const { clubRole, targetRole, newRole } = facts;
  const isRole = newRole === 'member' || newRole === 'moderator' || newRole === 'admin';
  const isTaken = targetRole === 'owner' || targetRole === 'banned' || targetRole === ABSENT;
  return rank(clubRole) >= LEADS && isRole && !isTaken ? DONE : refusal(facts);
}

function join(_: Viewer, facts: Facts): Outcome {
  const { clubVisibility, clubRole, isMember } = facts;
  if (isBanned(facts)) return refusal(facts);
  const isOpen = clubVisibility === 'public' && clubRole !== ABSENT;
  const isAgain = belongs(facts) && isMember === true;
  return isOpen || clubRole === 'admin' || isAgain ? DONE : refusal(facts);
}

function ask(_: Viewer, facts: Facts): Outcome {
  if (isBanned(facts)) return refusal(facts);
  const isAtTheDoor = facts.clubVisibility === 'closed' && isKnownOutsider(facts);
  return isAtTheDoor || belongs(facts) ? DONE : refusal(facts);
}

function leave(_: Viewer, facts: Facts): Outcome {
  if (facts.clubRole === 'owner') return 'told';
  return when(belongs(facts) || isVisible(facts) || facts.clubRole === 'pending');
}

function readMembership(viewer: Viewer, facts: Facts): Outcome {
  if (isOwn(viewer)) return DONE;
  return when(!isConcealed(viewer, facts) && isInside(facts));
}

/** The club speaks: who blocks the reader or is gone is not named, but what they wrote stays. */
function readAnnouncement(viewer: Viewer, facts: Facts): Outcome {
  if (!isInside(facts)) return 'hidden';
  return isConcealed(viewer, facts) ? { without: ['author'] } : DONE;
}

const PERSON = { isBlocked: YES_NO, ownerStanding: STANDINGS };

/** Clubs, who belongs to them and what happens in them. */
export const CLUBS: Readonly<Record<string, Rules>> = {
  'club.read': {
    facts: CLUB,
    outcome: (viewer, facts) => when(isVisible(facts) || (viewer.kind === 'athlete' && seesSecret(facts))),
  },
  'club.update': fromRank(LEADS),
  'club.link': fromRank(LEADS),
  'club.acceptLink': fromRank(LEADS),
  'club.unlink': fromRank(LEADS),
  'clubRequest.list': fromRank(MODERATES),
  'clubRequest.decline': fromRank(MODERATES),
  'clubBan.list': fromRank(MODERATES),
  'clubBan.delete': fromRank(MODERATES),
  'invitation.list': fromRank(MODERATES),
  'invitation.create': fromRank(MODERATES),
  'invitation.delete': fromRank(MODERATES),
  'announcement.create': fromRank(MODERATES),
  'club.close': fromRank(4),
  'club.handOver': {
    facts: TARGET,
    outcome: (_, facts) =>
      facts.clubRole === 'owner' && facts.targetRole === 'admin' ? DONE : refusal(facts),
  },
  'club.join': { facts: { ...CLUB, isMember: YES_NO }, outcome: join },
  'club.ask': { facts: CLUB, outcome: ask },
  'club.leave': { facts: CLUB, outcome: leave },
  'club.listMembers': inside,
  'club.readFeed': inside,
  'announcement.list': inside,
  'announcement.read': { facts: { ...CLUB, ...PERSON }, outcome: readAnnouncement },
  'announcement.delete': {
    facts: CLUB,
    outcome: (viewer, facts) =>
      rank(facts.clubRole) >= MODERATES || (isOwn(viewer) && belongs(facts)) ? DONE : refusal(facts),
  },
  'clubRequest.accept': {
    facts: { ...CLUB, targetRole: ['none', 'pending', 'member', 'banned', ABSENT] },
    outcome: (_, facts) =>
      rank(facts.clubRole) >= MODERATES && facts.targetRole !== 'banned' ? DONE : refusal(facts),
  },
  'membership.remove': {
    facts: TARGET,
    outcome: (_, facts) => (isAbove(facts) ? DONE : refusal(facts)),
  },
  'clubBan.create': { facts: { ...TARGET, isTargetFromAbove: YES_NO, ownsBelow: YES_NO }, outcome: ban },
  'membership.giveRole': {
    facts: { ...TARGET, newRole: ['member', 'moderator', 'admin', 'owner', ABSENT] },
    outcome: giveRole,
  },
  'invitation.accept': {
    facts: CLUB,
    outcome: (_, facts) => whenTold(facts.clubRole === 'invited' || belongs(facts)),
  },
  'membership.read': { facts: { ...CLUB, ...PERSON }, outcome: readMembership },
};

const seesSecret = (facts: Facts): boolean =>
  facts.clubVisibility === 'secret' && (belongs(facts) || facts.clubRole === 'invited');
