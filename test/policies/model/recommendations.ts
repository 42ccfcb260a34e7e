import { ABSENT, isConcealed, isOwn, isSomebody, type Rules, STANDINGS, when, YES_NO } from './viewer.js';

const TIES = ['none', 'followed', 'requested', 'muted', 'dismissed', ABSENT];
const DOORS = ['public', 'closed', 'secret', ABSENT];
const ROLES = ['none', 'invited', 'pending', 'member', 'moderator', 'admin', 'owner', 'banned', ABSENT];
const NOT_AT_THE_DOOR: readonly unknown[] = ['pending', 'banned', ABSENT];

/** Whom and what one is shown unasked. */
export const RECOMMENDATIONS: Readonly<Record<string, Rules>> = {
  'recommendation.readAthlete': {
    facts: { isRecommendable: YES_NO, tie: TIES, isBlocked: YES_NO, ownerStanding: STANDINGS },
    outcome: (viewer, facts) => {
      const isNew = facts.tie === 'none' && isSomebody(viewer) && !isOwn(viewer);
      return when(isNew && facts.isRecommendable === true && !isConcealed(viewer, facts));
    },
  },
  'recommendation.readPartner': {
    facts: {
      isOpenToTraining: YES_NO,
      isCallerOpenToTraining: YES_NO,
      isMuted: YES_NO,
      isDismissed: YES_NO,
      isBlocked: YES_NO,
      ownerStanding: STANDINGS,
    },
    outcome: (viewer, facts) => {
      const lookBoth = facts.isOpenToTraining === true && facts.isCallerOpenToTraining === true;
      const mindsNothing = facts.isMuted === false && facts.isDismissed === false;
      const isOther = isSomebody(viewer) && !isOwn(viewer);
      return when(isOther && lookBoth && mindsNothing && !isConcealed(viewer, facts));
    },
  },
  'recommendation.readClub': {
    facts: { clubVisibility: DOORS, clubRole: ROLES, isMember: YES_NO, isDismissed: YES_NO },
    outcome: (viewer, { clubVisibility, clubRole, isMember, isDismissed }) => {
      const isFound = clubVisibility === 'public' || clubVisibility === 'closed';
      const isNew = isMember === false && isDismissed === false;
      return when(isSomebody(viewer) && isFound && isNew && !NOT_AT_THE_DOOR.includes(clubRole));
    },
  },
};
