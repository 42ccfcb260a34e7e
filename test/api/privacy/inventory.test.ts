import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { INVENTORY, OBJECTS, REDIS_KEYS } from '../../../api/privacy/inventory.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { plantRides } from '../../support/habits.js';
import { settled } from '../../support/settled.js';
import { finished, upload } from '../../support/uploads.js';

// Whatever a store keeps must stand in the inventory, or export and erasure would not know of it.

let api: TestApi;
let athleteId: string;

before(async () => {
  api = await startApi();
  await api.work();
  athleteId = await somebodyWithEverything();
});
after(() => api.stop());

test('every property of every node of an athlete is in the inventory', async () => {
  const rows = await ask<{ label: string; properties: string[] }>(
    api.app.graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId})
     OPTIONAL MATCH (athlete)--(near)
     OPTIONAL MATCH (near)--(far)
     UNWIND [athlete, near, far] AS node
     WITH DISTINCT node WHERE node IS NOT NULL
     UNWIND labels(node) AS label
     UNWIND keys(node) AS property
     RETURN label, collect(DISTINCT property) AS properties`,
    { athleteId },
  );

  const unknown = rows.flatMap(({ label, properties }) => missing(INVENTORY.nodes, label, properties));

  assert.deepEqual(unknown, []);
  assert.ok(rows.some(({ label }) => label === 'Activity'));
  assert.ok(rows.some(({ label }) => label === 'Habit'));
});

test('every relationship of an athlete is in the inventory', async () => {
  const rows = await ask<{ type: string; properties: string[] }>(
    api.app.graph,
    `MATCH (:Athlete {athleteId: $athleteId})-[relationship]-()
     UNWIND CASE keys(relationship) WHEN [] THEN [null] ELSE keys(relationship) END AS property
     RETURN type(relationship) AS type, collect(DISTINCT property) AS properties`,
    { athleteId },
  );

  const unknown = rows.flatMap(({ type, properties }) => missing(INVENTORY.relationships, type, properties));

  assert.deepEqual(unknown, []);
});

test('every label and relationship type that a query writes is in the inventory', () => {
  const written = cypherTexts().flatMap((text) =>
    [
      ...text.matchAll(/(?:CREATE|MERGE)\s+(?:\(\w*\)-)?[([]\w*:(\w+)|(?:CREATE|MERGE) \(\w+\)-\[\w*:(\w+)/g),
    ].map(([, first, second]) => first ?? second ?? ''),
  );
  const known = new Set([...Object.keys(INVENTORY.nodes), ...Object.keys(INVENTORY.relationships)]);

  assert.deepEqual(
    written.filter((name) => !known.has(name)),
    [],
  );
  assert.ok(written.includes('FOLLOWS') && written.includes('Activity'));
});

test('the tables of TimescaleDB and their columns are those of the inventory', async () => {
  const rows = await api.app.series.query<object, { table: string; columns: string[] }>(
    {
      path: 'test',
      text: `SELECT table_name AS table, array_agg(column_name::text ORDER BY column_name) AS columns
             FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name NOT LIKE 'paceline_test%'
             GROUP BY table_name`,
    },
    {},
  );

  const found = Object.fromEntries(rows.map(({ table, columns }) => [table, columns.sort()]));

  const listed = Object.entries(INVENTORY.tables).map(([table, { fields }]) => [
    table,
    Object.keys(fields).sort(),
  ]);
  assert.deepEqual(found, Object.fromEntries(listed));
});

test('every key in Redis is of a kind in the inventory', async () => {
  const unknown: string[] = [];
  for await (const keys of api.app.redis.scanIterator()) {
    unknown.push(...keys.filter((key) => !REDIS_KEYS.some((pattern) => pattern.test(key))));
  }

  assert.deepEqual(unknown, []);
});

test('every object is of a kind in the inventory', () => {
  const folder = fileURLToPath(api.app.config.OBJECTS_URL);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.includes(athleteId))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^\//, ''));

  assert.ok(files.length > 0);
  assert.deepEqual(
    files.filter((file) => !OBJECTS.some((pattern) => pattern.test(file))),
    [],
  );
});

async function somebodyWithEverything(): Promise<string> {
  const [athlete, friend, stranger] = await Promise.all([
    api.newAthlete(),
    api.newAthlete(),
    api.newAthlete(),
  ]);
  const profile = {
    sex: 'female',
    birthDate: '1990-05-17',
    bodyMassKilograms: 61,
    heartRateMaxBpm: 188,
    heartRateRestBpm: 49,
    functionalThresholdPowerWatts: 230,
    thresholdPaceSecondsPerKilometer: 260,
    timeZone: 'Europe/Berlin',
    defaultVisibility: 'everyone',
    homeRegion: 'Bregenz Forest',
    sports: ['ride'],
    isRecommendable: true,
    isOpenToTraining: true,
  };
  await athlete.patch('/v1/athletes/me', profile).expect(200);
  await athlete.put(`/v1/athletes/${friend.athleteId}/follow`).expect(200);
  await friend.patch('/v1/athletes/me', { approvesFollowers: true }).expect(200);
  await friend.put(`/v1/athletes/${athlete.athleteId}/follow`).expect(200);
  await athlete.patch('/v1/accounts/me', { isFindableByEmail: true }).expect(200);
  await athlete.put(`/v1/athletes/${friend.athleteId}/mute`).expect(204);
  await athlete.put(`/v1/recommendations/athletes/${stranger.athleteId}/dismissal`).expect(204);
  await athlete.put(`/v1/athletes/${stranger.athleteId}/block`);
  const club = { name: 'Hills', description: 'Up', sport: 'ride', place: 'Here', visibility: 'closed' };
  const { body: own } = await athlete.post('/v1/clubs', club).expect(201);
  await athlete.post(`/v1/clubs/${own.clubId}/announcements`, { text: 'Hello' }).expect(201);
  await athlete.post(`/v1/clubs/${own.clubId}/invitations`, {}).expect(201);
  const { body: other } = await friend.post('/v1/clubs', club).expect(201);
  await athlete.put(`/v1/clubs/${other.clubId}/membership`).expect(200);
  await athlete.put(`/v1/clubs/${own.clubId}/parent`, { clubId: other.clubId }).expect(200);
  const { body: third } = await friend.post('/v1/clubs', club).expect(201);
  await friend.put(`/v1/clubs/${third.clubId}/bans/${athlete.athleteId}`).expect(204);
  await plantRides(api.app, athlete.athleteId, { spot: { latitude: 47.4, longitude: 9.9 } });
  const ride = simulateRide({ durationSeconds: 600, seed: 4 });
  const words = { name: 'Hills', description: 'Up and down', externalId: 'watch-1', sport: 'gravelRide' };
  const first = await upload(athlete, 'hills.fit', rideAsFit(ride), words).expect(202);
  const again = await upload(athlete, 'hills-again.fit', rideAsFit(ride)).expect(202);
  const done = await Promise.all([first, again].map(({ body }) => finished(athlete, body.uploadId)));
  await athlete.get('/v1/feed').expect(200);
  await settled(api.app, athlete.athleteId, ...done.flatMap(({ activityIds }) => activityIds));
  return athlete.athleteId;
}

function missing(known: object, name: string, properties: readonly string[]): string[] {
  const holding: unknown = new Map(Object.entries(known)).get(name);
  if (typeof holding !== 'object' || holding === null || !('fields' in holding)) return [name];
  const fields = Object.keys(holding.fields ?? {});
  return properties.filter((property) => !fields.includes(property)).map((property) => `${name}.${property}`);
}

function cypherTexts(): string[] {
  const folder = fileURLToPath(new URL('../../../../graph/queries/', import.meta.url));
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.cypher'))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
}
