import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { VISIBILITIES } from '../../../graph/sharing.js';
import { startApi } from '../../support/app.js';
import { ask, joinClub, suspend } from '../../support/graph.js';

const api = await startApi();
after(() => api.stop());

const PROFILE = {
  sex: 'female',
  birthDate: '1984-02-29',
  bodyMassKilograms: 61.5,
  heartRateMaxBpm: 188,
  heartRateRestBpm: 47,
  functionalThresholdPowerWatts: 240,
  thresholdPaceSecondsPerKilometer: 262.5,
  timeZone: 'Europe/Berlin',
  defaultVisibility: 'onlyMe',
  defaultMapVisibility: 'followers',
  defaultHeartRateVisibility: 'clubMates',
  defaultPowerVisibility: 'onlyMe',
  defaultCadenceVisibility: 'followers',
  defaultTemperatureVisibility: 'followers',
  defaultHidesStartTime: true,
  defaultHidesFromHomeFeed: true,
  homeRegion: 'Bregenz Forest',
  sports: ['ride', 'run'],
  isRecommendable: false,
  isOpenToTraining: true,
  hidesFromSignedOut: false,
  ageVisibility: 'everyone',
  bodyMassVisibility: 'onlyMe',
  heartRateLimitsVisibility: 'followers',
  sexVisibility: 'clubMates',
  thresholdsVisibility: 'followers',
  timeZoneVisibility: 'followers',
} as const;

const EMPTY = {
  sex: null,
  birthDate: null,
  bodyMassKilograms: null,
  heartRateMaxBpm: null,
  heartRateRestBpm: null,
  functionalThresholdPowerWatts: null,
  thresholdPaceSecondsPerKilometer: null,
  timeZone: null,
  defaultMapVisibility: 'everyone',
  defaultHeartRateVisibility: 'everyone',
  defaultPowerVisibility: 'everyone',
  defaultCadenceVisibility: 'everyone',
  defaultTemperatureVisibility: 'everyone',
  defaultHidesStartTime: false,
  defaultHidesFromHomeFeed: false,
  homeRegion: null,
  sports: [],
  isRecommendable: true,
  isOpenToTraining: false,
  hidesFromSignedOut: false,
  ageVisibility: 'onlyMe',
  bodyMassVisibility: 'onlyMe',
  heartRateLimitsVisibility: 'onlyMe',
  sexVisibility: 'onlyMe',
  thresholdsVisibility: 'onlyMe',
  timeZoneVisibility: 'followers',
};

/** What others are told who are in none of the circles. */
const UNTOLD = {
  sex: null,
  ageYears: null,
  bodyMassKilograms: null,
  heartRateMaxBpm: null,
  heartRateRestBpm: null,
  functionalThresholdPowerWatts: null,
  thresholdPaceSecondsPerKilometer: null,
  timeZone: null,
};
const ageYears = new Date().getUTCFullYear() - 1984;

/** What everybody may know. */
const card = (athlete: { athleteId: string; displayName: string }, fields: object = {}) => ({
  athleteId: athlete.athleteId,
  displayName: athlete.displayName,
  approvesFollowers: false,
  following: 'none',
  followsYou: false,
  followerCount: 0,
  followingCount: 0,
  muted: false,
  ...fields,
});

test('a new athlete has told nothing but a name, and shares with followers', async () => {
  const ann = await api.newAthlete();

  const { body } = await ann.get('/v1/athletes/me').expect(200);

  const { createdAt, ...rest } = body;
  assert.deepEqual(
    rest,
    card(ann, { ...EMPTY, ageYears: null, defaultVisibility: 'followers', roles: [], version: 1 }),
  );
  assert.ok(Math.abs(Date.now() - Date.parse(createdAt)) < 60_000);
});

test('an athlete reads back the whole profile', async () => {
  const ann = await api.newAthlete();

  const { body } = await ann.patch('/v1/athletes/me', PROFILE).expect(200);

  const { createdAt, ...rest } = body;
  assert.deepEqual(rest, card(ann, { ...PROFILE, ageYears, roles: [], version: 2 }));
  const read = await ann.get('/v1/athletes/me').expect(200);
  assert.deepEqual(read.body, body);
  const byId = await ann.get(`/v1/athletes/${ann.athleteId}`).expect(200);
  assert.deepEqual(byId.body, body);
});

test('null clears a field and what is not mentioned stays', async () => {
  const ann = await api.newAthlete(PROFILE);

  const { body } = await ann
    .patch('/v1/athletes/me', { birthDate: null, bodyMassKilograms: null, sex: null })
    .expect(200);

  assert.deepEqual(
    [body.birthDate, body.bodyMassKilograms, body.sex, body.heartRateMaxBpm, body.timeZone],
    [null, null, null, 188, 'Europe/Berlin'],
  );
});

test('birth date and body mass are stored encrypted', async () => {
  const ann = await api.newAthlete(PROFILE);

  const [row] = await ask<{ birthDate: Uint8Array; bodyMass: Uint8Array; keys: readonly string[] }>(
    api.app.graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId})
     RETURN athlete.birthDate AS birthDate, athlete.bodyMass AS bodyMass, keys(athlete) AS keys`,
    { athleteId: ann.athleteId },
  );

  assert.ok(row?.birthDate instanceof Uint8Array && !Buffer.from(row.birthDate).includes('1984'));
  assert.ok(row.bodyMass instanceof Uint8Array && !Buffer.from(row.bodyMass).includes('61.5'));
  assert.ok(!row.keys.includes('bodyMassKilograms'));
});

test('others see of an open profile what is shared with everyone', async () => {
  const [ann, bob] = [await api.newAthlete(PROFILE), await api.newAthlete()];

  const { body } = await bob.get(`/v1/athletes/${ann.athleteId}`).expect(200);

  const { createdAt, ...rest } = body;
  assert.ok(createdAt);
  assert.deepEqual(rest, card(ann, { ...UNTOLD, ageYears, version: 2 }));
  const nobody = await api.anyone.get(`/v1/athletes/${ann.athleteId}`).expect(200);
  assert.deepEqual(nobody.body, body);
});

test('strangers see of a closed profile the name, followers a little more', async () => {
  const ann = await api.newAthlete({ ...PROFILE, approvesFollowers: true });
  const [bob, cid] = [await api.newAthlete(), await api.newAthlete()];
  await bob.put(`/v1/athletes/${ann.athleteId}/follow`).expect(200);
  await ann.put(`/v1/follow-requests/${bob.athleteId}`).expect(204);

  const stranger = await cid.get(`/v1/athletes/${ann.athleteId}`).expect(200);
  const follower = await bob.get(`/v1/athletes/${ann.athleteId}`).expect(200);

  const closed = { approvesFollowers: true, followerCount: 1, version: 2 };
  assert.deepEqual(stranger.body, card(ann, { ...UNTOLD, ...closed }));
  const { createdAt, ...rest } = follower.body;
  assert.ok(createdAt);
  assert.deepEqual(
    rest,
    card(ann, {
      ...closed,
      following: 'following',
      ...UNTOLD,
      ageYears,
      heartRateMaxBpm: 188,
      heartRateRestBpm: 47,
      functionalThresholdPowerWatts: 240,
      thresholdPaceSecondsPerKilometer: 262.5,
      timeZone: 'Europe/Berlin',
    }),
  );
});

test('each part of a profile is seen by whom it is shared with, from the next read on', async () => {
  const [ann, follower, clubMate, stranger] = [
    await api.newAthlete(PROFILE),
    await api.newAthlete(),
    await api.newAthlete(),
    await api.newAthlete(),
  ];
  await follower.put(`/v1/athletes/${ann.athleteId}/follow`).expect(200);
  const club = crypto.randomUUID();
  for (const { athleteId } of [ann, clubMate]) await joinClub(api.app.graph, athleteId, club);
  const readers = { ann, follower, clubMate, stranger, anonymous: api.anyone };
  const circles = {
    everyone: Object.keys(readers),
    followers: ['ann', 'follower'],
    clubMates: ['ann', 'clubMate'],
    onlyMe: ['ann'],
  };
  const fields = {
    ageVisibility: 'ageYears',
    bodyMassVisibility: 'bodyMassKilograms',
    heartRateLimitsVisibility: 'heartRateRestBpm',
    sexVisibility: 'sex',
    thresholdsVisibility: 'functionalThresholdPowerWatts',
    timeZoneVisibility: 'timeZone',
  };
  for (const turn of [0, 1, 2, 3]) {
    const circleOf = (part: number) => VISIBILITIES[(turn + part) % VISIBILITIES.length] ?? 'onlyMe';
    const edit = Object.fromEntries(Object.keys(fields).map((name, part) => [name, circleOf(part)]));
    await ann.patch('/v1/athletes/me', edit).expect(200);

    for (const [name, reader] of Object.entries(readers)) {
      const { body } = await reader.get(`/v1/athletes/${ann.athleteId}`).expect(200);
      assert.deepEqual(
        Object.values(fields).map((field) => body[field] !== null),
        Object.keys(fields).map((_, part) => circles[circleOf(part)].includes(name)),
        `${name}, turn ${turn}`,
      );
      const isOwn = ['birthDate', 'defaultVisibility', 'ageVisibility', 'hidesFromSignedOut'].map(
        (field) => field in body,
      );
      assert.deepEqual(isOwn, Array(4).fill(name === 'ann'));
    }
  }
});

test('what is withheld of a profile looks, byte for byte, like what was never told', async () => {
  const [shy, plain, reader] = [await api.newAthlete(), await api.newAthlete(), await api.newAthlete()];
  await shy.patch('/v1/athletes/me', { ...PROFILE, ageVisibility: 'onlyMe' }).expect(200);
  await plain.patch('/v1/athletes/me', { ageVisibility: 'everyone', sexVisibility: 'everyone' }).expect(200);

  const [hidden, untold] = await Promise.all(
    [shy, plain].map(async ({ athleteId, displayName }) => {
      const { text } = await reader.get(`/v1/athletes/${athleteId}`).expect(200);
      return text
        .replaceAll(athleteId, 'id')
        .replaceAll(displayName, 'name')
        .replace(/"createdAt":"[^"]*"/, '');
    }),
  );

  assert.equal(hidden, untold);
});

test('an edit of an older version changes nothing', async () => {
  const ann = await api.newAthlete();
  const before = await ann.get('/v1/athletes/me').expect(200);
  const etag = String(before.headers.etag);
  await ann.patch('/v1/athletes/me', { sex: 'female' }).set('if-match', etag).expect(200);

  const { body } = await ann.patch('/v1/athletes/me', { sex: 'male' }).set('if-match', etag).expect(412);

  assert.equal(body.type, '/problems/stale-version');
  const read = await ann.get('/v1/athletes/me').expect(200);
  assert.equal(read.body.sex, 'female');
});

test('of two edits of one version at once one wins', async () => {
  const ann = await api.newAthlete();
  const { headers } = await ann.get('/v1/athletes/me').expect(200);
  const edit = (sex: string) => ann.patch('/v1/athletes/me', { sex }).set('if-match', String(headers.etag));

  const answers = await Promise.all([edit('female'), edit('male'), edit('other')]);

  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412]);
});

test('a profile that has not changed is answered with 304', async () => {
  const ann = await api.newAthlete();
  const { headers } = await ann.get('/v1/athletes/me').expect(200);

  await ann.get('/v1/athletes/me').set('if-none-match', String(headers.etag)).expect(304);
});

test('the resting heart rate stays below the maximum, whichever is changed', async () => {
  const ann = await api.newAthlete({ heartRateMaxBpm: 180, heartRateRestBpm: 60 });

  for (const edit of [
    { heartRateRestBpm: 150, heartRateMaxBpm: 140 },
    { heartRateMaxBpm: 100, heartRateRestBpm: 110 },
  ]) {
    const { body } = await ann.patch('/v1/athletes/me', edit).expect(422);
    assert.equal(body.type, '/problems/heart-rates-cross');
  }
  await ann.patch('/v1/athletes/me', { heartRateRestBpm: 120 }).expect(200);
  const { body } = await ann.patch('/v1/athletes/me', { heartRateMaxBpm: 115 }).expect(422);
  assert.deepEqual([body.heartRateRestBpm, body.heartRateMaxBpm], [120, 115]);
  await ann.patch('/v1/athletes/me', { heartRateMaxBpm: 115, heartRateRestBpm: null }).expect(200);
});

const refused: readonly (readonly [string, unknown])[] = [
  ['birthDate', '1899-12-31'],
  ['birthDate', '2999-01-01'],
  ['birthDate', '1984-02-30'],
  ['birthDate', '29.2.1984'],
  ['bodyMassKilograms', 19],
  ['bodyMassKilograms', 135_000],
  ['bodyMassKilograms', '70'],
  ['heartRateMaxBpm', 251],
  ['heartRateMaxBpm', 180.5],
  ['heartRateRestBpm', 10],
  ['functionalThresholdPowerWatts', 3_000],
  ['thresholdPaceSecondsPerKilometer', 4.2],
  ['timeZone', 'Berlin'],
  ['timeZone', '+01:00'],
  ['sex', 'f'],
  ['defaultVisibility', 'private'],
  ['defaultVisibility', null],
  ['displayName', null],
  ['approvesFollowers', 'yes'],
  ['email', 'other@example.org'],
  ['athleteId', 'other'],
];
const ann = await api.newAthlete();
for (const [field, value] of refused) {
  test(`refuses ${field} ${JSON.stringify(value)}`, async () => {
    const { body } = await ann.patch('/v1/athletes/me', { [field]: value }).expect(422);

    assert.deepEqual(
      body.errors.map((error: { path: string }) => error.path),
      [field],
    );
  });
}

test('a suspended athlete vanishes for others', async () => {
  const [bad, bob] = [await api.newAthlete(), await api.newAthlete()];
  await suspend(api.app.graph, bad.athleteId);

  const suspended = await bob.get(`/v1/athletes/${bad.athleteId}`).expect(404);
  const none = await bob.get(`/v1/athletes/${crypto.randomUUID()}`).expect(404);

  assert.deepEqual({ ...suspended.body, instance: '' }, { ...none.body, instance: '' });
});

test('whoever is not logged in has no profile', async () => {
  await api.anyone.get('/v1/athletes/me').expect(401);
  await api.anyone.patch('/v1/athletes/me', { sex: 'male' }).expect(401);
});
