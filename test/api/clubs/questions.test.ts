import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { plantActivities } from '../../support/activities.js';
import { startApi, type TestAthlete } from '../../support/app.js';
import { admit, found, itemsOf, join, putBelow } from './founded.js';

const api = await startApi();
after(() => api.stop());

// Fay leads a federation, Lou a local club and a secret group below it. Max, Pia and Kim ride there; Zoe does not.
const [fay, lou, max, pia, kim, zoe] = await Promise.all([
  api.newAthlete(),
  api.newAthlete(),
  api.newAthlete(),
  api.newAthlete(),
  api.newAthlete(),
  api.newAthlete(),
]);
const federation = await found(fay, { name: 'Federation' });
const local = await found(lou, { name: 'Local', sport: 'ride' });
const group = await found(lou, { name: 'Group', visibility: 'secret' });
await putBelow([local, lou], [federation, fay]);
await putBelow([group, lou], [federation, fay]);
await admit(lou, local, { admin: [], moderator: [], member: [max, pia] });
const { body: invitation } = await lou.post(`/v1/clubs/${group}/invitations`, {}).expect(201);
await kim.post(`/v1/invitations/${invitation.token}/acceptance`).expect(200);

const LAST_TUESDAY = tuesdayBefore(new Date());
const rides = (athlete: TestAthlete, days: readonly number[], visibility = 'everyone') =>
  plantActivities(
    api.app.graph,
    days.map((daysAgo) => ({
      activityId: randomUUID(),
      athleteId: athlete.athleteId,
      startedAt: new Date(LAST_TUESDAY.getTime() - daysAgo * 86_400_000),
      visibility,
    })),
  );
await rides(max, [0, 7, 14]); // Tuesdays
await rides(pia, [1, 8]); // Mondays
await rides(pia, [0, 7], 'followers'); // Tuesdays too, but not for everyone
await rides(kim, [0, 7]);
await rides(lou, [0], 'onlyMe');

type Member = { athlete: { displayName: string }; clubName: string; activityCount: number };
const below = (who: TestAthlete, query: string) =>
  itemsOf(
    who,
    `/v1/clubs/${federation}/members-below?${query}`,
    ({ athlete, clubName, activityCount }: Member) => [athlete.displayName, clubName, activityCount],
  );

test('all members below a federation who ride on Tuesdays', async () => {
  assert.deepEqual(await below(zoe, 'sport=ride&weekday=2'), [[max.displayName, 'Local', 3]]);
  assert.deepEqual(await below(zoe, 'sport=run&weekday=2'), []);
});

test('whoever follows a member knows of more of their rides', async () => {
  await zoe.put(`/v1/athletes/${pia.athleteId}/follow`).expect(200);

  assert.deepEqual(await below(zoe, 'weekday=2'), [
    [max.displayName, 'Local', 3],
    [pia.displayName, 'Local', 2],
  ]);
  await zoe.delete(`/v1/athletes/${pia.athleteId}/follow`).expect(204);
});

test('who belongs to a secret club below shows only to whoever belongs to it, or leads from above', async () => {
  const kimsRow = [kim.displayName, 'Group', 2];
  const shownTo = async (who: TestAthlete) =>
    (await below(who, 'sport=ride&weekday=2')).some((row) => row[0] === kimsRow[0]);

  assert.deepEqual(await Promise.all([fay, lou, kim, max, zoe].map(shownTo)), [
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('a block hides a member, and pages hold everybody once', async () => {
  await max.put(`/v1/athletes/${zoe.athleteId}/block`).expect(204);
  assert.deepEqual(await below(zoe, 'weekday=2'), []);
  await max.delete(`/v1/athletes/${zoe.athleteId}/block`).expect(204);

  const paged: string[] = [];
  let cursor = '';
  do {
    const { body } = await fay.get(`/v1/clubs/${federation}/members-below?limit=2${cursor}`).expect(200);
    paged.push(...body.items.map(({ athlete, clubName }: Member) => `${athlete.displayName} ${clubName}`));
    cursor = body.nextCursor && `&cursor=${encodeURIComponent(body.nextCursor)}`;
  } while (cursor);

  const everyone = [
    [fay, 'Federation'],
    [lou, 'Local'],
    [max, 'Local'],
    [pia, 'Local'],
    [lou, 'Group'],
    [kim, 'Group'],
  ] as const;
  assert.deepEqual(
    paged,
    everyone.map(([who, club]) => `${who.displayName} ${club}`),
  );
});

test('clubs two steps from mine are those that members of mine belong to, but no closed or secret one', async () => {
  const [open, closed, mine] = [
    await found(max, { name: 'Open' }),
    await found(max, { visibility: 'closed' }),
    await found(max, { name: 'Mine' }),
  ];
  await join(pia, open).expect(200);
  await join(zoe, mine).expect(200);
  await join(pia, mine).expect(200);
  const shown = (who: TestAthlete) =>
    itemsOf(
      who,
      '/v1/athletes/me/clubs-nearby',
      ({ club, sharedMembers }: { club: { clubId: string }; sharedMembers: number }) => [
        club.clubId,
        sharedMembers,
      ],
    );

  const clubs = await shown(zoe);

  assert.deepEqual(new Map(clubs as [string, number][]).get(open), 2);
  assert.ok(!clubs.some(([clubId]) => clubId === closed || clubId === mine));
  // Kim shares a club with Lou, who is in the local one, but what Lou and Kim share is not shown to others.
  assert.ok((await shown(kim)).some(([clubId]) => clubId === local));
  assert.ok(!(await shown(max)).some(([clubId]) => clubId === group));
});

test('a club below suits for whom I follow, for my sport and for my day', async () => {
  await join(zoe, federation).expect(200);
  await zoe.put(`/v1/athletes/${pia.athleteId}/follow`).expect(200);
  await rides(zoe, [0, 7]);

  const { body } = await zoe.get(`/v1/clubs/${federation}/fitting-clubs`).expect(200);

  const [{ club, ...reason }, ...others] = body.items;
  assert.deepEqual(
    [club.clubId, reason, others],
    [local, { friendCount: 1, isYourSport: true, membersOnYourDay: 1, weekday: 2 }, []],
  );
  await zoe.delete(`/v1/clubs/${federation}/membership`).expect(204);
  const { body: forFay } = await fay.get(`/v1/clubs/${federation}/fitting-clubs`).expect(200);
  assert.deepEqual(
    forFay.items.map(({ weekday }: { weekday: number | null }) => weekday),
    [null, null],
  );
});

test('the feed of a club shows of its members what each lets the reader see', async () => {
  const shown = async (who: TestAthlete) => {
    const { body } = await who.get(`/v1/clubs/${local}/feed?limit=100`).expect(200);
    return body.items.map(({ athlete }: Member) => athlete.displayName);
  };
  const times = (who: TestAthlete, count: number) => Array<string>(count).fill(who.displayName);

  assert.deepEqual((await shown(fay)).sort(), [...times(max, 3), ...times(pia, 2)].sort());
  assert.deepEqual((await shown(zoe)).sort(), [...times(max, 3), ...times(pia, 4)].sort());
  const paged: string[] = [];
  let cursor = '';
  do {
    const { body } = await zoe.get(`/v1/clubs/${local}/feed?limit=3${cursor}`).expect(200);
    paged.push(...body.items.map(({ athlete }: Member) => athlete.displayName));
    cursor = body.nextCursor && `&cursor=${encodeURIComponent(body.nextCursor)}`;
  } while (cursor);
  assert.deepEqual(paged, await shown(zoe));
  await lou.patch(`/v1/clubs/${local}`, { visibility: 'closed' }).expect(200);
  await zoe.get(`/v1/clubs/${local}/feed`).expect(403);
  await zoe.get(`/v1/clubs/${local}/members-below`).expect(403);
  await zoe.get(`/v1/clubs/${group}/feed`).expect(404);
});

function tuesdayBefore(now: Date): Date {
  const midday = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), 12));
  const daysSince = (midday.getUTCDay() + 5) % 7 || 7;
  return new Date(midday.getTime() - daysSince * 86_400_000);
}
