import { modelOutcome } from '../../../policies/model/model.js';
import type { Facts } from '../../../policies/model/viewer.js';
import { type Cell, field, type Ids, type Row, type Shown } from './row.js';

type Listed = Readonly<Record<string, unknown>>;
const withId = (name: string) => (body: { readonly items: readonly Listed[] }, ids: Ids) =>
  body.items.find((item) => item[name] === ids[name]);

const SUMMARY: Shown = {
  ...field('polyline', 'map'),
  ...field('climbMeters', 'map', 'totals'),
  ...field('startedAt', 'startTime'),
  ...field('timeZone', 'timeZone'),
  ...field('startedAtLocal', 'startTime', 'timeZone'),
  ...field('averageHeartRateBpm', 'heartRate', 'totals'),
  ...field('averagePowerWatts', 'power', 'totals'),
  // Others are told another distance than the owner, or none.
  wholeDistance: [['whole'], (body, ids) => String(body.distanceMeters) !== ids.wholeDistance],
  distanceMeters: [['totals'], (body) => body.distanceMeters === null],
};

const ACTIVITY: Shown = {
  ...SUMMARY,
  // Neither is told of a recording that zones cut.
  ...field('createdAt', 'startTime', 'whole'),
  ...field('energyKilocalories', 'heartRate', 'power', 'totals', 'whole'),
  ...field('averageCadenceRpm', 'cadence', 'totals'),
  ...field('averageTemperatureCelsius', 'temperature', 'totals'),
  ...field('mapVisibility', 'settings'),
  ...field('uploadId', 'uploadId'),
};

const channel = (name: string, ...parts: readonly string[]): Shown => ({
  [name]: [[...parts, 'totals'], (body) => body.channels[name] === undefined],
});

const STREAMS: Shown = {
  ...channel('position', 'map'),
  ...channel('altitude', 'map'),
  ...channel('heartRate', 'heartRate'),
  ...channel('power', 'power'),
  ...channel('cadence', 'cadence'),
  ...channel('temperature', 'temperature'),
  ...channel('speed'),
};

const PROFILE: Shown = {
  ...field('ageYears', 'age'),
  ...field('bodyMassKilograms', 'bodyMass'),
  ...field('heartRateMaxBpm', 'heartRateLimits'),
  ...field('sex', 'sex'),
  ...field('functionalThresholdPowerWatts', 'thresholds'),
  ...field('timeZone', 'timeZone'),
  ...field('createdAt', 'createdAt'),
  ...field('birthDate', 'birthDate'),
  ...field('defaultVisibility', 'settings'),
};

/** What is read of an athlete and of what is theirs. */
export const READ_ROWS: Readonly<Record<string, Row>> = {
  'GET /v1/activities/{activityId}': {
    actions: ['activity.read'],
    shows: ACTIVITY,
    ask: (client, { activityId }) => client.get(`/v1/activities/${activityId}`),
  },
  'GET /v1/activities/{activityId}/streams': {
    actions: ['activity.readStreams'],
    shows: STREAMS,
    ask: (client, { activityId }) => client.get(`/v1/activities/${activityId}/streams?points=10`),
  },
  'GET /v1/activities/{activityId}/original': {
    actions: ['activity.readOriginal'],
    ask: (client, { activityId }) => client.get(`/v1/activities/${activityId}/original`),
  },
  'GET /v1/activities/{activityId}/viewers': {
    actions: ['activity.listViewers'],
    ask: (client, { activityId }) => client.get(`/v1/activities/${activityId}/viewers`),
  },
  'GET /v1/athletes/{athleteId}': {
    actions: ['athlete.read'],
    shows: PROFILE,
    ask: (client, { athleteId }) => client.get(`/v1/athletes/${athleteId}`),
  },
  'GET /v1/athletes': {
    actions: ['athlete.search'],
    owns: 'nobodys',
    item: { action: 'athlete.read', find: withId('athleteId') },
    ask: (client, { displayName = '' }) =>
      client.get(`/v1/athletes?query=${encodeURIComponent(displayName)}`),
  },
  'GET /v1/athletes/{athleteId}/activities': {
    actions: ['activity.list'],
    item: { action: 'activity.read', find: withId('activityId'), shows: SUMMARY },
    ask: (client, { athleteId }) => client.get(`/v1/athletes/${athleteId}/activities`),
  },
  'GET /v1/feed': {
    actions: ['feed.read'],
    owns: 'nobodys',
    item: {
      action: 'feed.readItem',
      find: withId('activityId'),
      shows: SUMMARY,
      isOffered: ({ who }) => who === 'owner' || who === 'follower',
    },
    ask: (client) => client.get('/v1/feed'),
  },
  'GET /v1/recommendations/athletes': {
    actions: ['recommendation.list'],
    owns: 'own',
    item: {
      action: 'recommendation.readAthlete',
      find: (body, { athleteId }) =>
        body.items.find((item: { athlete: Listed }) => item.athlete.athleteId === athleteId),
      facts: (facts) => ({ ...facts, isRecommendable: true }),
    },
    ask: (client) => client.get('/v1/recommendations/athletes?limit=50'),
  },
  'GET /v1/recommendations/training-partners': {
    actions: ['recommendation.list'],
    owns: 'own',
    item: {
      action: 'recommendation.readPartner',
      find: (body, { athleteId }) =>
        body.items.find((item: { athlete: Listed }) => item.athlete.athleteId === athleteId),
      // What zones may hide counts for nothing until it is known.
      isOffered: ({ facts }) => facts.zonesArePending !== true,
      facts: (facts) => ({
        ...facts,
        isOpenToTraining: true,
        isCallerOpenToTraining: true,
        isMuted: false,
        isDismissed: false,
      }),
    },
    ask: (client) => client.get('/v1/recommendations/training-partners?limit=50'),
  },
  'GET /v1/recommendations/clubs': {
    actions: ['recommendation.list'],
    owns: 'own',
    item: {
      action: 'recommendation.readClub',
      find: (body, { clubId }) => body.items.find((item: { club: Listed }) => item.club.clubId === clubId),
      // The owner of the club is the only one who belongs to it.
      facts: (facts) => ({ ...facts, isMember: facts.clubRole === 'owner', isDismissed: false }),
    },
    ask: (client) => client.get('/v1/recommendations/clubs?limit=50'),
  },
  'GET /v1/athletes/{athleteId}/followers': {
    actions: ['follow.list'],
    ask: (client, { athleteId }) => client.get(`/v1/athletes/${athleteId}/followers`),
  },
  'GET /v1/athletes/{athleteId}/following': {
    actions: ['follow.list'],
    ask: (client, { athleteId }) => client.get(`/v1/athletes/${athleteId}/following`),
  },
  'GET /v1/athletes/{athleteId}/clubs': {
    actions: ['club.listOfAthlete'],
    ask: (client, { athleteId }) => client.get(`/v1/athletes/${athleteId}/clubs`),
  },
  'GET /v1/athletes/{athleteId}/mutual-followers': {
    actions: ['follow.listMutual'],
    ask: (client, { athleteId }) => client.get(`/v1/athletes/${athleteId}/mutual-followers`),
  },
  'GET /v1/athletes/{athleteId}/path': {
    actions: ['follow.path'],
    // There is no path to oneself.
    fails: ({ who }) => who === 'owner',
    ask: (client, { athleteId }) => client.get(`/v1/athletes/${athleteId}/path`),
  },
  'POST /v1/contacts/matches': {
    actions: ['contact.match'],
    owns: 'own',
    item: {
      action: 'contact.find',
      find: withId('athleteId'),
      facts: (facts) => ({ ...facts, isEmailVerified: true }),
    },
    ask: (client, { contactHash }) => client.post('/v1/contacts/matches', { hashes: [contactHash] }),
  },
  'GET /v1/clubs/{clubId}/members': {
    actions: ['club.listMembers'],
    item: {
      action: 'membership.read',
      find: (body, { athleteId }) =>
        body.items.find((item: { athlete: Listed }) => item.athlete.athleteId === athleteId),
    },
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}/members`),
  },
  'GET /v1/clubs/{clubId}/announcements': {
    actions: ['announcement.list'],
    item: { action: 'announcement.read', find: (body) => body.items[0], shows: field('author', 'author') },
    ask: (client, { clubId }) => client.get(`/v1/clubs/${clubId}/announcements`),
  },
  'GET /v1/uploads/{uploadId}': {
    actions: ['upload.read'],
    ask: (client, { uploadId }) => client.get(`/v1/uploads/${uploadId}`),
  },
  'GET /v1/uploads/{uploadId}/original': {
    actions: ['upload.read'],
    ask: (client, { uploadId }) => client.get(`/v1/uploads/${uploadId}/original`),
  },
  'GET /v1/athletes/me/privacy-zones/{zoneId}': {
    actions: ['privacyZone.read'],
    ask: (client, { zoneId }) => client.get(`/v1/athletes/me/privacy-zones/${zoneId}`),
  },
  'PATCH /v1/activities/{activityId}': {
    actions: ['activity.update'],
    ask: (client, { activityId }) => client.patch(`/v1/activities/${activityId}`, { description: 'Mine' }),
  },
  'PATCH /v1/athletes/me/privacy-zones/{zoneId}': {
    actions: ['privacyZone.update'],
    ask: (client, { zoneId }) => client.patch(`/v1/athletes/me/privacy-zones/${zoneId}`, { name: 'Mine' }),
  },
};

/** What changes how two athletes are tied; it is put back after each. */
export const TIE_ROWS: Readonly<Record<string, Row>> = {
  'PUT /v1/athletes/{athleteId}/follow': {
    actions: ['follow.create'],
    ask: (client, { athleteId }) => client.put(`/v1/athletes/${athleteId}/follow`),
  },
  'DELETE /v1/athletes/{athleteId}/follow': {
    actions: ['follow.delete'],
    ask: (client, { athleteId }) => client.delete(`/v1/athletes/${athleteId}/follow`),
  },
  'PUT /v1/athletes/{athleteId}/block': {
    actions: ['block.create'],
    ask: (client, { athleteId }) => client.put(`/v1/athletes/${athleteId}/block`),
  },
  'DELETE /v1/athletes/{athleteId}/block': {
    actions: ['block.delete'],
    ask: (client, { athleteId }) => client.delete(`/v1/athletes/${athleteId}/block`),
  },
  'PUT /v1/athletes/{athleteId}/mute': {
    actions: ['mute.create'],
    ask: (client, { athleteId }) => client.put(`/v1/athletes/${athleteId}/mute`),
  },
  'DELETE /v1/athletes/{athleteId}/mute': {
    actions: ['mute.delete'],
    ask: (client, { athleteId }) => client.delete(`/v1/athletes/${athleteId}/mute`),
  },
  'PUT /v1/recommendations/athletes/{athleteId}/dismissal': {
    actions: ['recommendation.dismiss'],
    owns: 'own',
    lacks: isNobodyToKnow,
    ask: (client, { athleteId }) => client.put(`/v1/recommendations/athletes/${athleteId}/dismissal`),
  },
  'POST /v1/recommendations/athletes/{athleteId}/clicks': {
    actions: ['recommendation.click'],
    owns: 'own',
    isAtDoor: true,
    ask: (client, { athleteId }) => client.post(`/v1/recommendations/athletes/${athleteId}/clicks`),
  },
  'DELETE /v1/recommendations/athletes/{athleteId}/dismissal': {
    actions: ['recommendation.dismiss'],
    owns: 'own',
    ask: (client, { athleteId }) => client.delete(`/v1/recommendations/athletes/${athleteId}/dismissal`),
  },
};

// Nobody is recommended to themselves, and what one may not know of is not there.
function isNobodyToKnow({ ownerStanding }: Facts, { who, viewer, facts }: Cell): boolean {
  return (
    who === 'owner' || ownerStanding === 'deleted' || modelOutcome(viewer, 'athlete.read', facts) === 'hidden'
  );
}

/** What takes a thing away: one is made for each question. */
export const TAKING_ROWS: Readonly<Record<string, Row>> = {
  'DELETE /v1/activities/{activityId}': {
    actions: ['activity.delete'],
    ask: (client, { spareActivityId }) => client.delete(`/v1/activities/${spareActivityId}`),
  },
  'DELETE /v1/athletes/me/privacy-zones/{zoneId}': {
    actions: ['privacyZone.delete'],
    ask: (client, { spareZoneId }) => client.delete(`/v1/athletes/me/privacy-zones/${spareZoneId}`),
  },
};
