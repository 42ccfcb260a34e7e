import { activitiesOfAthlete } from '../../graph/activity-summaries.js';
import { athleteById } from '../../graph/athletes.js';
import { clubById } from '../../graph/clubs.js';
import { activityById } from '../../graph/sealed-activities.js';
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

// What is done to a member, or belongs to one: somebody else than the caller.
const ofSomebodyIn: Look = async (stores, wanted) => {
  const club = await ofClub(stores, wanted);
  if (!club) return undefined;
  const { resource, facts } = club;
  return { resource: { ...resource, ownerId: 'somebody else' }, facts };
};

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

/** What is looked up by its id. */
type Kind = 'activity' | 'athlete' | 'club';

interface LookedUp {
  readonly kind: Kind;
  readonly look: Look;
  readonly actions: readonly Action[];
}

const LOOKED_UP: readonly LookedUp[] = [
  {
    kind: 'activity',
    look: ofActivity,
    actions: [
      ...(['activity.read', 'activity.readStreams', 'activity.readOriginal', 'feed.readItem'] as const),
      ...(['activity.listViewers', 'activity.update', 'activity.delete'] as const),
    ],
  },
  { kind: 'athlete', look: ofActivitiesOf, actions: ['activity.list'] },
  {
    kind: 'athlete',
    look: ofAthlete,
    actions: [
      ...(['athlete.read', 'session.create', 'session.refresh', 'club.listOfAthlete'] as const),
      ...(['follow.list', 'follow.listMutual', 'follow.path', 'follow.create', 'follow.delete'] as const),
      ...(['block.create', 'block.delete', 'mute.create', 'mute.delete', 'contact.find'] as const),
      ...(['recommendation.readAthlete', 'recommendation.readPartner'] as const),
      ...(['role.grant', 'suspension.create', 'suspension.delete'] as const),
    ],
  },
  {
    kind: 'club',
    look: ofClub,
    actions: [
      ...(['club.read', 'club.readFeed', 'club.listMembers', 'club.update', 'club.close'] as const),
      ...(['club.join', 'club.ask', 'club.leave', 'club.link', 'club.acceptLink', 'club.unlink'] as const),
      ...(['clubRequest.list', 'clubBan.list', 'recommendation.readClub'] as const),
      ...(['invitation.list', 'invitation.create', 'invitation.delete', 'invitation.accept'] as const),
      ...(['announcement.list', 'announcement.create'] as const),
    ],
  },
  {
    kind: 'club',
    look: ofSomebodyIn,
    actions: [
      ...(['club.handOver', 'membership.read', 'membership.giveRole', 'membership.remove'] as const),
      ...(['clubRequest.accept', 'clubRequest.decline', 'clubBan.create', 'clubBan.delete'] as const),
      ...(['announcement.read', 'announcement.delete'] as const),
    ],
  },
];

const lookedUpFor = (action: Action) => LOOKED_UP.find(({ actions }) => actions.includes(action));

/** By whose id facts of an action are looked up; undefined where none are. */
export const kindLookedUp = (action: Action): Kind | undefined => lookedUpFor(action)?.kind;

/** The thing as the product asks about it right now, as far as reading it tells; undefined when there is no such thing. */
export async function realTarget(
  stores: Stores,
  action: Action,
  wanted: Wanted,
): Promise<Target | undefined> {
  return lookedUpFor(action)?.look(stores, wanted);
}
