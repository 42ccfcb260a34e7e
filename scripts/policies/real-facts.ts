import { athleteById } from '../../graph/athletes.js';
import { clubById } from '../../graph/clubs.js';
import { activitiesOfAthlete, activityById } from '../../graph/sealed-activities.js';
import type { Graph } from '../../graph/session.js';
import type { Target } from '../../policies/access.js';
import type { Action } from '../../policies/actions.js';
import type { MasterKey } from '../../policies/keys.js';

/** Whose facts are wanted; null is somebody who is not logged in. */
export interface Wanted {
  readonly viewerId: string | null;
  readonly resourceId: string;
}

/** Where the facts are, and what opens them; nothing of what is sealed is opened here. */
export interface Stores {
  readonly graph: Graph;
  readonly masterKey: MasterKey;
  readonly now: Date;
}

type Look = (stores: Stores, wanted: Wanted) => Promise<Target | undefined>;

const ofActivity: Look = ({ graph, masterKey }, { viewerId, resourceId }) =>
  activityById(graph, masterKey, { activityId: resourceId, viewerId });

const ofAthlete: Look = ({ graph, masterKey, now }, { viewerId, resourceId }) =>
  athleteById(graph, masterKey, { athleteId: resourceId, viewerId, year: now.getUTCFullYear() });

const ofClub: Look = ({ graph }, { viewerId, resourceId }) => clubById(graph, resourceId, viewerId);

const ofActivitiesOf: Look = async ({ graph, masterKey, now }, { viewerId, resourceId }) => {
  const list = await activitiesOfAthlete(graph, masterKey, {
    athleteId: resourceId,
    viewerId,
    sport: null,
    after: now,
    below: { startedAt: now, activityId: '' },
    limit: 1,
  });
  return list?.athlete;
};

const LOOKS: Readonly<Partial<Record<Action, Look>>> = {
  'activity.read': ofActivity,
  'activity.readStreams': ofActivity,
  'activity.readOriginal': ofActivity,
  'activity.listViewers': ofActivity,
  'activity.update': ofActivity,
  'activity.delete': ofActivity,
  'feed.readItem': ofActivity,
  'activity.list': ofActivitiesOf,
  'athlete.read': ofAthlete,
  'follow.list': ofAthlete,
  'club.read': ofClub,
  'club.listMembers': ofClub,
  'club.readFeed': ofClub,
  'announcement.list': ofClub,
};

/** Whether the product's own read of the thing brings all facts of an action. */
export const isLookedUp = (action: Action): boolean => LOOKS[action] !== undefined;

/** The thing as the product asks about it right now; undefined when there is no such thing. */
export async function realTarget(
  stores: Stores,
  action: Action,
  wanted: Wanted,
): Promise<Target | undefined> {
  return LOOKS[action]?.(stores, wanted);
}
