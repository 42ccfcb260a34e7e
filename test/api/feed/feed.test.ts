import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after, before } from 'node:test';
import { newestFirst, plantActivities } from '../../support/activities.js';
import { client, startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { settled } from '../../support/settled.js';

const ACTIVITY_ID = '01a21035-0000-7000-8000-000000000000';

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

test('an activity comes into the feeds of its athlete and of their followers', async () => {
  const [athlete, fan, stranger] = await Promise.all([api.newAthlete(), api.newAthlete(), api.newAthlete()]);
  await follow(fan, athlete);
  // All of them have looked before, so that each has a feed that is kept.
  for (const each of [athlete, fan, stranger]) await each.get('/v1/feed').expect(200);

  const activityId = await makeActivity(athlete, 1);
  await settled(api.app, activityId);

  assert.deepEqual(await feedOf(athlete), [activityId]);
  assert.deepEqual(await feedOf(fan), [activityId]);
  assert.deepEqual(await feedOf(stranger), []);
});

test('an item tells whose activity it is and what it was', async () => {
  const athlete = await api.newAthlete({ timeZone: 'America/New_York' });
  const activityId = await makeActivity(athlete, 2);

  const { body } = await athlete.get('/v1/feed').expect(200);

  assert.deepEqual(body, {
    items: [
      {
        activityId,
        athlete: { athleteId: athlete.athleteId, displayName: athlete.displayName },
        name: 'Activity 2',
        sport: 'run',
        visibility: 'followers',
        startedAt: '2026-05-03T08:00:00.000Z',
        startedAtLocal: '2026-05-03T04:00:00',
        startedOn: '2026-05-03',
        timeZone: 'America/New_York',
        distanceMeters: 5_000,
        movingSeconds: 1_500,
        elapsedSeconds: 1_500,
        climbMeters: null,
        averageSpeedMetersPerSecond: 3.333,
        averageHeartRateBpm: null,
        averagePowerWatts: null,
        polyline: null,
      },
    ],
    nextCursor: null,
  });
});

test('whom one starts to follow is in the feed with all they did before, and leaves it with them', async () => {
  const [athlete, fan] = [await api.newAthlete(), await api.newAthlete()];
  const before = await makeActivity(athlete, 3);
  assert.deepEqual(await feedOf(fan), []);

  await follow(fan, athlete);
  const following = await feedOf(fan);
  await fan.delete(`/v1/athletes/${athlete.athleteId}/follow`).expect(204);

  assert.deepEqual(following, [before]);
  assert.deepEqual(await feedOf(fan), []);
});

test('a feed that Redis has lost is the same as before', async () => {
  const [athlete, fan] = [await api.newAthlete(), await api.newAthlete()];
  await follow(fan, athlete);
  await makeActivities(athlete, 5);
  const before = await feedOf(fan);

  await api.app.redis.del(`feed:{${fan.athleteId}}`);

  assert.equal(before.length, 5);
  assert.deepEqual(await feedOf(fan), before);
});

test('pages go on where they were when activities come in meanwhile', async () => {
  const [athlete, fan] = [await api.newAthlete(), await api.newAthlete()];
  await follow(fan, athlete);
  const known = await makeActivities(athlete, 6);
  const { body: first } = await fan.get('/v1/feed?limit=2').expect(200);

  const added = await makeActivity(athlete, 20);
  await settled(api.app, added);
  const { body: second } = await fan.get(`/v1/feed?limit=2&cursor=${first.nextCursor}`).expect(200);
  await api.app.redis.del(`feed:{${fan.athleteId}}`);
  const { body: third } = await fan.get(`/v1/feed?limit=2&cursor=${second.nextCursor}`).expect(200);

  const met = [...first.items, ...second.items, ...third.items].map(({ activityId }) => activityId);
  assert.deepEqual(met, known);
  assert.equal(third.nextCursor, null);
  assert.equal((await feedOf(fan))[0], added);
});

test('what lies below the kept part of a feed comes from the graph', async () => {
  const [athlete, fan] = [await api.newAthlete(), await api.newAthlete()];
  await follow(fan, athlete);
  const many = await manyActivities(athlete, 450);

  const met = await feedOf(fan, 100);

  assert.deepEqual(met, many);
});

test('a page is filled up from below what its reader may not see, and its cursor tells nothing of that', async () => {
  const [athlete, fan] = [await api.newAthlete(), await api.newAthlete()];
  await follow(fan, athlete);
  const many = await manyActivities(athlete, 300);
  const shown = many.filter((_, at) => at % 50 === 7);
  await ask(
    api.app.graph,
    `MATCH (activity:Activity {athleteId: $athleteId})
     WHERE NOT activity.activityId IN $shown
     SET activity.visibility = 'onlyMe'`,
    { athleteId: athlete.athleteId, shown },
  );

  const { body } = await fan.get('/v1/feed?limit=4').expect(200);

  const met = body.items.map(({ activityId }: { activityId: string }) => activityId);
  assert.deepEqual(met, shown.slice(0, 4));
  const cursor = JSON.parse(Buffer.from(body.nextCursor, 'base64url').toString());
  assert.deepEqual(cursor, [body.items.at(-1).startedAt, met.at(-1)]);
  const { body: rest } = await fan.get(`/v1/feed?limit=4&cursor=${body.nextCursor}`).expect(200);
  assert.deepEqual(
    rest.items.map(({ activityId }: { activityId: string }) => activityId),
    shown.slice(4),
  );
  assert.equal(rest.nextCursor, null);
});

test('no activity is lost when feeds are read and forgotten while it is handed out', async () => {
  const [athlete, fan] = [await api.newAthlete(), await api.newAthlete()];
  await follow(fan, athlete);

  const made: string[] = [];
  for (let round = 0; round < 8; round += 1) {
    const [activityId] = await Promise.all([
      makeActivity(athlete, round),
      fan.get('/v1/feed').expect(200),
      api.app.redis.del(`feed:{${fan.athleteId}}`),
      fan.get('/v1/feed').expect(200),
    ]);
    made.unshift(activityId);
  }
  await settled(api.app, ...made);

  assert.deepEqual(await feedOf(fan), made);
});

test('a feed without Redis comes from the graph', async () => {
  const athlete = await api.newAthlete();
  const known = await makeActivities(athlete, 3);
  const alone = await startApi({ REDIS_URL: 'redis://127.0.0.1:9', TOKEN_KEYS: tokenKeysOf(api) });

  try {
    const { body } = await client(alone.url, athlete.accessToken).get('/v1/feed').expect(200);
    assert.deepEqual(
      body.items.map(({ activityId }: { activityId: string }) => activityId),
      known,
    );
  } finally {
    await alone.stop();
  }
});

for (const cursor of [
  'x',
  'W10',
  encoded(['yesterday', ACTIVITY_ID]),
  encoded(['2026-05-01T08:00:00Z', 7]),
]) {
  test(`a cursor that is none of ours is refused: ${cursor}`, async () => {
    const athlete = await api.newAthlete();

    const { body } = await athlete.get(`/v1/feed?cursor=${cursor}`).expect(400);

    assert.equal(body.type, '/problems/bad-cursor');
  });
}

async function follow(fan: TestAthlete, athlete: TestAthlete): Promise<void> {
  await fan.put(`/v1/athletes/${athlete.athleteId}/follow`).expect(200);
  await settled(api.app, fan.athleteId);
}

/** @param day its number in May; later ones come first */
async function makeActivity(athlete: TestAthlete, day: number): Promise<string> {
  const run = {
    name: `Activity ${day}`,
    sport: 'run',
    startedAt: `2026-05-${String(day + 1).padStart(2, '0')}T08:00:00Z`,
    elapsedSeconds: 1_500,
    distanceMeters: 5_000,
  };
  const { body } = await athlete.post('/v1/activities', run).expect(201);
  return body.activityId;
}

/** @returns their ids, newest first, once all jobs are done with them */
async function makeActivities(athlete: TestAthlete, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let day = 0; day < count; day += 1) ids.unshift(await makeActivity(athlete, day));
  await settled(api.app, ...ids);
  return ids;
}

/** Activities that no feed has heard of. @returns their ids, newest first */
async function manyActivities({ athleteId }: TestAthlete, count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, at) => ({
    athleteId,
    activityId: randomUUID(),
    startedAt: new Date(Date.UTC(2026, 0, 1) - Math.floor(at / 3) * 60_000), // three at each instant
    visibility: 'everyone',
  }));
  await plantActivities(api.app.graph, rows);
  return rows.sort(newestFirst).map(({ activityId }) => activityId);
}

/** Every page of a feed. */
async function feedOf(reader: TestAthlete, limit = 20): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  for (let pages = 0; pages < 50; pages += 1) {
    const { body } = await reader.get(`/v1/feed?limit=${limit}${cursor}`).expect(200);
    ids.push(...body.items.map(({ activityId }: { activityId: string }) => activityId));
    if (body.nextCursor === null) return ids;
    cursor = `&cursor=${body.nextCursor}`;
  }
  throw new Error('the feed does not end');
}

function tokenKeysOf({ app }: TestApi): string {
  return JSON.stringify(app.config.TOKEN_KEYS);
}

function encoded(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
