import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after, before } from 'node:test';
import { feedCandidates, feedItems, feedPosition, feedReaders } from '../../graph/feed.js';
import { newestFirst, plantActivities } from '../support/activities.js';
import { startApi, type TestApi, type TestAthlete } from '../support/app.js';
import { ask } from '../support/graph.js';

const TOP = { startedAt: new Date('9999-12-31T00:00:00Z'), activityId: '' };

let api: TestApi;
before(async () => {
  api = await startApi();
});
after(() => api.stop());

test('a feed shows what the reader and those whom they follow now did, newest first', async () => {
  const [reader, followed, left, stranger] = await Promise.all(
    Array.from({ length: 4 }, () => api.newAthlete()),
  );
  assert.ok(reader && followed && left && stranger);
  for (const { athleteId } of [followed, left]) {
    await reader.put(`/v1/athletes/${athleteId}/follow`).expect(200);
  }
  await reader.delete(`/v1/athletes/${left.athleteId}/follow`).expect(204);
  const all = await plant([reader, followed, left, stranger], 2);

  // Candidates of before: the policy would open all of them, since they are shown to everyone.
  const items = await itemsFor(reader, [...all.map(({ activityId }) => activityId), randomUUID()]);

  const shown = all.filter(({ athleteId }) => [reader.athleteId, followed.athleteId].includes(athleteId));
  assert.deepEqual(
    items,
    shown.sort(newestFirst).map(({ activityId }) => activityId),
  );
});

test('candidates are the newest of everyone in the feed, below a place in it', async () => {
  const [reader, followed, stranger] = await Promise.all(Array.from({ length: 3 }, () => api.newAthlete()));
  assert.ok(reader && followed && stranger);
  await reader.put(`/v1/athletes/${followed.athleteId}/follow`).expect(200);
  const all = await plant([reader, followed, stranger], 6);
  const expected = all.filter(({ athleteId }) => athleteId !== stranger.athleteId).sort(newestFirst);
  const { graph } = api.app;

  const first = await feedCandidates(graph, reader.athleteId, { below: TOP, limit: 5 });
  const below = first.at(-1);
  assert.ok(below);
  const rest = await feedCandidates(graph, reader.athleteId, { below, limit: 100 });

  assert.deepEqual(
    [...first, ...rest],
    expected.map(({ activityId, startedAt }) => ({ activityId, startedAt })),
  );
});

test('everyone who follows is met once, however many pages of them there are', async () => {
  const athlete = await api.newAthlete();
  const fans = Array.from({ length: 2_345 }, () => randomUUID());
  await ask(
    api.app.graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId})
     UNWIND $fans AS fan
     CREATE (:Athlete {athleteId: fan})-[:FOLLOWS {followerId: fan, followeeId: $athleteId, since: datetime()}]->(athlete)`,
    { athleteId: athlete.athleteId, fans },
  );

  const pages: (readonly string[])[] = [];
  for await (const page of feedReaders(api.app.graph, athlete.athleteId)) pages.push(page);

  assert.deepEqual(pages[0], [athlete.athleteId]);
  assert.deepEqual(pages.slice(1).flat().sort(), fans.sort());
  assert.ok(pages.every(({ length }) => length <= 1_000));
});

test('an activity that is gone has no place in a feed', async () => {
  const athlete = await api.newAthlete();
  const [activity] = await plant([athlete], 1);
  assert.ok(activity);
  const { activityId, athleteId, startedAt } = activity;

  assert.deepEqual(await feedPosition(api.app.graph, activityId), { activityId, athleteId, startedAt });
  assert.equal(await feedPosition(api.app.graph, randomUUID()), undefined);
});

async function plant(athletes: readonly TestAthlete[], each: number) {
  const activities = athletes.flatMap(({ athleteId }) =>
    Array.from({ length: each }, (_, at) => ({
      activityId: randomUUID(),
      athleteId,
      startedAt: new Date(Date.UTC(2026, 4, 1 + Math.floor(at / 2))),
      visibility: 'everyone',
    })),
  );
  await plantActivities(api.app.graph, activities);
  return activities;
}

async function itemsFor({ athleteId }: TestAthlete, activityIds: readonly string[]): Promise<string[]> {
  const { graph, masterKey } = api.app;
  const items = await feedItems(graph, masterKey, { viewerId: athleteId, activityIds });
  return items.map(({ resource }) => resource.id);
}
