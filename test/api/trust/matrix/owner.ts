import { createHash } from 'node:crypto';
import { VISIBILITIES } from '../../../../graph/sharing.js';
import { simulateRide } from '../../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../../scripts/simulate/ride-as-fit.js';
import type { Fact } from '../../../policies/model/viewer.js';
import type { TestApi } from '../../../support/app.js';
import { testCount } from '../../../support/counts.js';
import { ask, suspend } from '../../../support/graph.js';
import { plantRides } from '../../../support/habits.js';
import { settled } from '../../../support/settled.js';
import { finished, upload } from '../../../support/uploads.js';
import { found } from '../../clubs/founded.js';
import { type Cast, relationFacts } from './cast.js';
import type { Cell, Ids } from './row.js';

/** Facts of the owner and of what is theirs, which hold for every caller; and how the owner's own session stands. */
export interface State {
  readonly facts: Readonly<Record<string, Fact>>;
  readonly standing: string;
}

/** An athlete with something of everything, whose settings are changed state by state. */
export interface Owned {
  readonly api: TestApi;
  readonly cast: Cast;
  readonly ids: Ids;
}

const ACTIVITY_PARTS = ['map', 'heartRate', 'power', 'cadence', 'temperature'];
const PROFILE_PARTS = ['age', 'bodyMass', 'heartRateLimits', 'sex', 'thresholds', 'timeZone'];
const BODY = {
  birthDate: '1961-07-13',
  sex: 'female',
  bodyMassKilograms: 61,
  heartRateMaxBpm: 193,
  heartRateRestBpm: 43,
  functionalThresholdPowerWatts: 271,
  thresholdPaceSecondsPerKilometer: 277,
  timeZone: 'Europe/Vienna',
};

/** Gives the owner a profile, a recording that a privacy zone cuts, and a club that says something. */
export async function ownedThings(api: TestApi, cast: Cast): Promise<Owned> {
  const { owner, players } = cast;
  await owner.patch('/v1/athletes/me', BODY).expect(200);
  const zone = await owner.post('/v1/athletes/me/privacy-zones', { kind: 'ends', size: 'small' }).expect(201);
  const ride = simulateRide({
    durationSeconds: 1_200,
    seed: 97,
    startedAt: new Date('2026-03-03T05:17:23Z'),
  });
  const sent = await upload(owner, 'ride.fit', rideAsFit(ride), { visibility: 'everyone' }).expect(202);
  const { activityIds } = await finished(owner, sent.body.uploadId);
  const clubId = await found(owner, { name: 'Owned' });
  await owner.post(`/v1/clubs/${clubId}/announcements`, { text: 'News' }).expect(201);
  // Who asks whom they know must have verified their own address; the stranger has not.
  await ask(
    api.app.graph,
    `MATCH (account:Account) WHERE account.athleteId IN $athleteIds SET account.emailVerifiedAt = datetime()`,
    {
      athleteIds: players.flatMap(({ who, athlete }) =>
        who === 'stranger' ? [] : (athlete?.athleteId ?? []),
      ),
    },
  );
  // Everybody is from where the owner and the club are, so both are recommended to whoever may be shown them.
  await ask(
    api.app.graph,
    `MATCH (athlete:Athlete) WHERE athlete.athleteId IN $athleteIds SET athlete.homeRegionKey = 'vienna'
     WITH DISTINCT 1 AS done
     MATCH (club:Club {clubId: $clubId}) SET club.placeKey = 'vienna'`,
    { athleteIds: idsOf(cast), clubId },
  );
  await plantRides(api.app, owner.athleteId, { spot: { latitude: 48.2, longitude: 16.4 } });
  await owner.patch('/v1/athletes/me', { isOpenToTraining: true }).expect(200);
  await settled(api.app, ...activityIds, `zones:${owner.athleteId}`, ...idsOf(cast));
  await shareHabits(api, cast);
  const whole = await owner.get(`/v1/activities/${activityIds[0]}`).expect(200);
  return {
    api,
    cast,
    ids: {
      athleteId: owner.athleteId,
      displayName: owner.displayName,
      activityId: activityIds[0],
      uploadId: sent.body.uploadId,
      zoneId: zone.body.zoneId,
      clubId,
      wholeDistance: String(whole.body.distanceMeters),
      contactHash: createHash('sha256').update(`paceline-contact-1:${owner.email}`).digest('base64url'),
    },
  };
}

/** Everybody does what the owner does, and looks for company. */
async function shareHabits({ app }: TestApi, cast: Cast): Promise<void> {
  await ask(
    app.graph,
    `MATCH (:Athlete {athleteId: $ownerId})-[owns:HABITUALLY]->(habit:Habit)
     MATCH (athlete:Athlete) WHERE athlete.athleteId IN $athleteIds AND athlete.athleteId <> $ownerId
     SET athlete.isOpenToTraining = true
     CREATE (athlete)-[tie:HABITUALLY]->(habit)
     SET tie = owns, tie.athleteId = athlete.athleteId, tie.zonesDue = coalesce(athlete.zonesDue, 0)`,
    { ownerId: cast.owner.athleteId, athleteIds: idsOf(cast) },
  );
}

const idsOf = ({ players }: Cast) => players.flatMap(({ athlete }) => athlete?.athleteId ?? []);

/**
 * The states: every visibility, and each part in every circle; in `npm run test:long` each visibility beside every circle
 * of every part.
 */
export const STATE_COUNT = VISIBILITIES.length * testCount(1, VISIBILITIES.length);

/** A state in which followers see the activity, also in their feed, and others do not. */
export const FOLLOWERS_STATE = VISIBILITIES.length + VISIBILITIES.indexOf('followers');

/** Brings the owner into one of the states, through the API. */
export async function enterState({ cast, ids }: Owned, turn: number): Promise<State> {
  const [at, shift] = [turn % VISIBILITIES.length, Math.floor(turn / VISIBILITIES.length)];
  const circle = (part: number) => VISIBILITIES[(at + shift + part) % VISIBILITIES.length] ?? 'onlyMe';
  const circlesOf = (parts: readonly string[]) =>
    Object.fromEntries(parts.map((part, place) => [`${part}Visibility`, circle(place)]));
  const activity = {
    visibility: VISIBILITIES[at] ?? 'onlyMe',
    ...circlesOf(ACTIVITY_PARTS),
    hidesStartTime: (at + shift) % 2 === 1,
    hidesFromHomeFeed: (at + shift) % 2 === 1,
  };
  const profile = {
    approvesFollowers: (at + shift) % 2 === 0,
    hidesFromSignedOut: (Math.floor(at / 2) + shift) % 2 === 1,
    ...circlesOf(PROFILE_PARTS),
  };
  const isFindableByEmail = (at + shift) % 2 === 0;
  await cast.owner.patch(`/v1/activities/${ids.activityId}`, activity).expect(200);
  await cast.owner.patch('/v1/athletes/me', profile).expect(200);
  await cast.owner.patch('/v1/accounts/me', { isFindableByEmail }).expect(200);
  const { hidesFromSignedOut, ...known } = profile;
  const facts = { ...activity, ...known, ownerHidesFromSignedOut: hidesFromSignedOut, isFindableByEmail };
  return {
    facts: { ...facts, ownerStanding: 'active', zonesArePending: false, clubVisibility: 'public' },
    standing: 'active',
  };
}

/** What privacy zones hide is worked out anew, until the work is done. */
export async function enterPending({ api, cast }: Owned, { facts, standing }: State): Promise<State> {
  await setZonesDue(api, cast, 1_000);
  return { facts: { ...facts, zonesArePending: true }, standing };
}

/** Ends the pending state. */
export async function leavePending({ api, cast }: Owned): Promise<void> {
  await setZonesDue(api, cast, 0);
}

function setZonesDue({ app }: TestApi, { owner }: Cast, zonesDue: number) {
  return ask(app.graph, 'MATCH (athlete:Athlete {athleteId: $athleteId}) SET athlete.zonesDue = $zonesDue', {
    athleteId: owner.athleteId,
    zonesDue,
  });
}

/** The owner is suspended. */
export async function enterSuspension({ api, cast }: Owned, { facts }: State): Promise<State> {
  await suspend(api.app.graph, cast.owner.athleteId);
  return { facts: { ...facts, ownerStanding: 'suspended' }, standing: 'suspended' };
}

/** The owner is gone, for good. */
export async function enterDeletion({ api, cast }: Owned, { facts }: State): Promise<State> {
  const { athleteId, password } = cast.owner;
  await ask(api.app.graph, 'MATCH (athlete:Athlete {athleteId: $athleteId}) REMOVE athlete.suspendedAt', {
    athleteId,
  });
  await cast.owner.delete('/v1/athletes/me', { password }).expect(204);
  return { facts: { ...facts, ownerStanding: 'deleted' }, standing: 'ended' };
}

/** The same with an activity and a zone to take away, where the owner can still make any. */
export async function withSpares(owned: Owned, { facts, standing }: State): Promise<Owned> {
  const { cast, ids } = owned;
  const { activityId, zoneId } = ids;
  if (standing !== 'active' || !activityId || !zoneId)
    return { ...owned, ids: { ...ids, spareActivityId: String(activityId), spareZoneId: String(zoneId) } };
  const ride = { name: 'Loop', sport: 'ride', startedAt: '2026-03-01T08:00:00Z', elapsedSeconds: 60 };
  const { visibility } = facts;
  const activity = await cast.owner.post('/v1/activities', { ...ride, visibility }).expect(201);
  const place = { kind: 'place', position: [0, 0], size: 'small' };
  const zone = await cast.owner.post('/v1/athletes/me/privacy-zones', place).expect(201);
  const spares = { spareActivityId: activity.body.activityId, spareZoneId: zone.body.zoneId };
  return { ...owned, ids: { ...ids, ...spares } };
}

/** Waits until activities are shown as the zones of now have them. */
export async function zonesApplied({ api, cast }: Owned): Promise<void> {
  await settled(api.app, `zones:${cast.owner.athleteId}`);
}

/** How everybody stands to the owner and what is theirs, in a state. */
export function ownerCells({ cast, ids }: Owned, { facts, standing }: State): readonly Cell[] {
  // Roles open nothing of anybody's: who has one is asked about what nobody else sees.
  const isForRoles = facts.visibility === 'onlyMe' || facts.ownerStanding !== 'active';
  const players = cast.players.filter(({ viewer }) => isForRoles || viewer.roles.length === 0);
  return players.map(({ who, client, viewer }) => ({
    who,
    client,
    viewer: who === 'owner' ? { ...viewer, owns: 'own', standing } : viewer,
    facts: {
      ...facts,
      ...relationFacts(who),
      isEmailVerified: who !== 'stranger',
      clubRole: who === 'owner' ? 'owner' : 'none',
    },
    ids,
  }));
}
