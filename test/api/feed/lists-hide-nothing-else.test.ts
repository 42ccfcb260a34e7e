import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after, before } from 'node:test';
import { VISIBILITIES, type Visibility } from '../../../graph/sharing.js';
import { newestFirst, plantActivities } from '../../support/activities.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { suspend } from '../../support/graph.js';
import { settled } from '../../support/settled.js';

// Queries narrow what lists look at. Here every activity of a small random world is opened by itself, for every
// reader, and each list must hold exactly those that opened: no one missing, no one extra.

const ATHLETES = 6;
const ACTIVITIES_EACH = 4;

interface World {
  readonly athletes: readonly TestAthlete[];
  /** By reader: whom they follow, themselves included. */
  readonly follows: readonly Set<number>[];
  readonly activities: readonly { readonly activityId: string; readonly owner: number }[];
}

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

for (const seed of [1, 2]) {
  test(`lists and feeds hold what opens by itself, in random world ${seed}`, async () => {
    const random = randomFrom(seed);
    const world = await makeWorld(random);
    await compare(world, random);

    await shake(world, random);
    await compare(world, random);

    const last = world.athletes.at(-1);
    assert.ok(last);
    await suspend(api.app.graph, last.athleteId);
    await compare({ ...world, athletes: world.athletes.slice(0, -1) }, random);
  });
}

async function compare({ athletes, follows, activities }: World, random: () => number): Promise<void> {
  for (const [reader, athlete] of athletes.entries()) {
    const answers = await Promise.all(
      activities.map(({ activityId }) => athlete.get(`/v1/activities/${activityId}`)),
    );
    const readable = activities.filter((_, at) => answers[at]?.status === 200);
    const expectedFeed = readable.filter(({ owner }) => follows[reader]?.has(owner));
    assert.deepEqual(await pagesOf(athlete, '/v1/feed', random), expectedFeed.map(idOf), `feed of ${reader}`);
    const lists = await Promise.all(
      athletes.map(({ athleteId }) => pagesOf(athlete, `/v1/athletes/${athleteId}/activities`, random)),
    );
    const expectedLists = athletes.map((_, owner) =>
      readable.filter((activity) => activity.owner === owner).map(idOf),
    );
    assert.deepEqual(lists, expectedLists, `lists for ${reader}`);
  }
}

async function makeWorld(random: () => number): Promise<World> {
  const athletes = await Promise.all(Array.from({ length: ATHLETES }, () => api.newAthlete()));
  const follows = athletes.map((_, at) => new Set([at]));
  for (const [reader, athlete] of athletes.entries()) {
    for (const [owner, other] of athletes.entries()) {
      if (reader === owner || random() < 0.5) continue;
      await athlete.put(`/v1/athletes/${other.athleteId}/follow`).expect(200);
      follows[reader]?.add(owner);
    }
  }
  const activities = athletes.flatMap(({ athleteId }, owner) =>
    Array.from({ length: ACTIVITIES_EACH }, () => ({
      activityId: randomUUID(),
      athleteId,
      owner,
      startedAt: new Date(Date.UTC(2026, 4, 1, Math.floor(random() * 8))), // many start at once
      visibility: anyVisibility(random),
    })),
  );
  await plantActivities(api.app.graph, activities);
  await settled(api.app, ...athletes.map(({ athleteId }) => athleteId));
  return { athletes, follows, activities: activities.sort(newestFirst) };
}

/** Blocks, unfollows, closes profiles and changes visibilities; all of it counts from the next read on. */
async function shake({ athletes, follows, activities }: World, random: () => number): Promise<void> {
  const anybody = () => Math.floor(random() * athletes.length);
  for (let round = 0; round < 5; round += 1) {
    const [one, two] = [anybody(), anybody()];
    if (one === two) continue;
    const [athlete, other] = [athletes[one], athletes[two]];
    if (round % 2) {
      await athlete?.put(`/v1/athletes/${other?.athleteId}/block`);
      follows[two]?.delete(one);
    } else await athlete?.delete(`/v1/athletes/${other?.athleteId}/follow`);
    follows[one]?.delete(two);
  }
  await athletes[anybody()]?.patch('/v1/athletes/me', { approvesFollowers: true }).expect(200);
  for (const { activityId, owner } of activities) {
    if (random() < 0.6) continue;
    const visibility = anyVisibility(random);
    await athletes[owner]?.patch(`/v1/activities/${activityId}`, { visibility }).expect(200);
  }
}

/** Ids on all pages of a list, each page of a random length; none when there is no such list. */
async function pagesOf(reader: TestAthlete, path: string, random: () => number): Promise<string[]> {
  const limit = 2 + Math.floor(random() * 8);
  const ids: string[] = [];
  let cursor = '';
  for (let pages = 0; pages < 100; pages += 1) {
    const { status, body } = await reader.get(`${path}?limit=${limit}${cursor}`);
    if (status === 404) return ids;
    assert.equal(status, 200);
    ids.push(...body.items.map(idOf));
    if (body.nextCursor === null) return ids;
    cursor = `&cursor=${body.nextCursor}`;
  }
  throw new Error(`${path} does not end`);
}

function anyVisibility(random: () => number): Visibility {
  return VISIBILITIES[Math.floor(random() * VISIBILITIES.length)] ?? 'onlyMe';
}

const idOf = ({ activityId }: { readonly activityId: string }): string => activityId;

/** Park and Miller's generator: the same seed makes the same world. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
