import { isHiddenFrom } from './athletes.js';
import {
  CIRCLES,
  DONE,
  type Facts,
  isConcealed,
  isIn,
  isOwn,
  type Outcome,
  type Rules,
  STANDINGS,
  type Viewer,
  when,
  YES_NO,
} from './viewer.js';

const SHARED_PARTS = ['heartRate', 'power', 'cadence', 'temperature', 'timeZone'] as const;

const RELATION = {
  isFollower: YES_NO,
  isClubMate: YES_NO,
  isBlocked: YES_NO,
  ownerStanding: STANDINGS,
  ownerHidesFromSignedOut: YES_NO,
};

const PARTS = {
  mapVisibility: CIRCLES,
  heartRateVisibility: CIRCLES,
  powerVisibility: CIRCLES,
  cadenceVisibility: CIRCLES,
  temperatureVisibility: CIRCLES,
  timeZoneVisibility: CIRCLES,
  hidesStartTime: YES_NO,
  zonesArePending: YES_NO,
};

function partsKeptFrom(viewer: Viewer, facts: Facts): string[] {
  const shared = SHARED_PARTS.filter((part) => !isIn(facts[`${part}Visibility`], viewer, facts));
  const isPending = facts.zonesArePending !== false;
  const map = isPending || !isIn(facts.mapVisibility, viewer, facts) ? ['map'] : [];
  const start = isPending || facts.hidesStartTime !== false ? ['startTime'] : [];
  return ['settings', 'uploadId', 'whole', ...shared, ...map, ...start, ...(isPending ? ['totals'] : [])];
}

function read(viewer: Viewer, facts: Facts): Outcome {
  if (isOwn(viewer)) return DONE;
  if (isHiddenFrom(viewer, facts) || !isIn(facts.visibility, viewer, facts)) return 'hidden';
  return { without: partsKeptFrom(viewer, facts) };
}

/** For the owner alone; whoever sees the activity is told so. */
function ownersOnly(viewer: Viewer, facts: Facts): Outcome {
  if (isOwn(viewer)) return DONE;
  const sees = !isConcealed(viewer, facts) && isIn(facts.visibility, viewer, facts);
  return sees ? 'told' : 'hidden';
}

function inFeed(viewer: Viewer, facts: Facts): Outcome {
  if (!isOwn(viewer) && facts.hidesFromHomeFeed !== false) return 'hidden';
  return read(viewer, facts);
}

const SEEN = { visibility: CIRCLES, ...RELATION, ...PARTS };

/** Activities, what belongs to them, and the feed. */
export const ACTIVITIES: Readonly<Record<string, Rules>> = {
  'activity.read': { facts: SEEN, outcome: read },
  'activity.readStreams': { facts: SEEN, outcome: read },
  'feed.readItem': { facts: { ...SEEN, hidesFromHomeFeed: YES_NO }, outcome: inFeed },
  'activity.readOriginal': { facts: { visibility: CIRCLES, ...RELATION }, outcome: ownersOnly },
  'activity.update': { facts: { visibility: CIRCLES, ...RELATION }, outcome: ownersOnly },
  'activity.listViewers': { facts: { visibility: CIRCLES, ...RELATION }, outcome: ownersOnly },
  'activity.delete': { facts: { visibility: CIRCLES, ...RELATION }, outcome: ownersOnly },
  'activity.list': {
    facts: {
      isBlocked: YES_NO,
      ownerStanding: STANDINGS,
      ownerHidesFromSignedOut: YES_NO,
    },
    outcome: (viewer, facts) => when(isOwn(viewer) || !isHiddenFrom(viewer, facts)),
  },
};
