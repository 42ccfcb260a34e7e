import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';

let api: TestApi;
let athlete: TestAthlete;
/** Ids by day of May, newest first. */
let days: readonly { readonly day: number; readonly sport: string; readonly activityId: string }[];

before(async () => {
  api = await startApi();
  athlete = await api.newAthlete();
  const made = [];
  for (let day = 1; day <= 9; day += 1) made.unshift(await makeActivity(day));
  days = made;
});
after(() => api.stop());

test('a list is newest first and ends', async () => {
  const { body } = await list('').expect(200);

  assert.deepEqual(
    idsOf(body),
    idsFor(() => true),
  );
  assert.equal(body.nextCursor, null);
});

test('pages follow one another without a gap, also when activities come in meanwhile', async () => {
  const { body: first } = await list('?limit=4').expect(200);
  const newer = await makeActivity(20);
  const { body: second } = await list(`?limit=4&cursor=${first.nextCursor}`).expect(200);
  const { body: third } = await list(`?limit=4&cursor=${second.nextCursor}`).expect(200);

  assert.deepEqual(
    [...idsOf(first), ...idsOf(second), ...idsOf(third)],
    idsFor(() => true),
  );
  assert.equal(third.nextCursor, null);
  await athlete.delete(`/v1/activities/${newer.activityId}`).expect(204);
});

test('a list can be narrowed by sport and by time', async () => {
  const [runs, some] = [
    await list('?sport=run').expect(200),
    await list('?after=2026-05-03T08:00:00Z&before=2026-05-06T10:00:00%2B02:00').expect(200),
  ];

  assert.deepEqual(
    idsOf(runs.body),
    idsFor(({ sport }) => sport === 'run'),
  );
  assert.deepEqual(
    idsOf(some.body),
    idsFor(({ day }) => day >= 3 && day < 6),
  );
});

test('narrowed pages go on', async () => {
  const { body: first } = await list('?sport=run&limit=2').expect(200);
  const { body: second } = await list(`?sport=run&limit=10&cursor=${first.nextCursor}`).expect(200);

  assert.deepEqual(
    [...idsOf(first), ...idsOf(second)],
    idsFor(({ sport }) => sport === 'run'),
  );
});

test('somebody who is nobody has no list', async () => {
  const { body } = await athlete
    .get('/v1/athletes/01a21035-0000-7000-8000-000000000000/activities')
    .expect(404);

  assert.equal(body.type, '/problems/not-found');
});

for (const query of ['limit=0', 'limit=101', 'sport=quidditch', 'after=yesterday', 'query=x']) {
  test(`a list is refused with ?${query}`, async () => {
    await list(`?${query}`).expect(400);
  });
}

function list(query: string) {
  return athlete.get(`/v1/athletes/${athlete.athleteId}/activities${query}`);
}

async function makeActivity(day: number) {
  const sport = day % 2 ? 'run' : 'ride';
  const startedAt = `2026-05-${String(day).padStart(2, '0')}T08:00:00Z`;
  const activity = { name: `Day ${day}`, sport, startedAt, elapsedSeconds: 600 };
  const { body } = await athlete.post('/v1/activities', activity).expect(201);
  return { day, sport, activityId: String(body.activityId) };
}

function idsOf({ items }: { items: readonly { activityId: string }[] }): string[] {
  return items.map(({ activityId }) => activityId);
}

function idsFor(isWanted: (entry: { day: number; sport: string }) => boolean): string[] {
  return days.filter(isWanted).map(({ activityId }) => activityId);
}
