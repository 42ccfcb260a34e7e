import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hashPassword } from '../../api/accounts/passwords.js';
import { habitsOf } from '../../api/recommendations/habits.js';
import { updateHabits } from '../../graph/habits.js';
import { systemSubject } from '../../policies/subject.js';
import { companyRows } from '../../scripts/village/company.js';
import { seedWorld } from '../../scripts/village/seed-world.js';
import { settle } from '../../scripts/village/settle.js';
import { villagerEmail } from '../../scripts/village/villager-rows.js';
import { followRows, type World, worldOf } from '../../scripts/village/world.js';
import { startApi } from '../support/app.js';
import { ask } from '../support/graph.js';

const UNTIL = new Date('2026-11-01T00:00:00Z');
const quietly = () => {};
const world = (athletes: number, seed: number) => worldOf({ athletes, seed, until: UNTIL }, quietly);

const api = await startApi();
after(() => api.stop());

test('the same seed gives the same world, another one another', () => {
  const follows = (made: World) => [[...followRows(made)], made.clubs];

  assert.deepEqual(world(400, 1).villagers, world(400, 1).villagers);
  assert.deepEqual(follows(world(400, 1)), follows(world(400, 1)));
  assert.notDeepEqual(world(400, 2).villagers[0], world(400, 1).villagers[0]);
});

test('a few are followed by very many, and friends of friends are friends', () => {
  const { follows, villagers } = world(4_000, 1);
  const followers = new Int32Array(villagers.length);
  for (const followees of follows.followeesOf)
    for (const to of followees) followers[to] = (followers[to] ?? 0) + 1;
  const sorted = [...followers].sort((a, b) => b - a);
  const mean = follows.count / villagers.length;
  const topShare = sorted.slice(0, 40).reduce((sum, count) => sum + count, 0) / follows.count;

  assert.ok(mean > 15 && mean < 25, `${mean} follows each`);
  assert.ok(topShare > 0.08 && topShare < 0.5, `the top hundredth has ${topShare} of all followers`);
  assert.ok(
    closedTriangles(follows.followeesOf) > 10 * (mean / villagers.length),
    'no more triangles than by chance',
  );
});

test('nobody follows themselves or anybody twice', () => {
  const { follows } = world(2_000, 3);

  for (const [from, followees] of follows.followeesOf.entries()) {
    assert.ok(!followees.includes(from));
    assert.equal(new Set(followees).size, followees.length);
  }
});

test('clubs lie below one another without circles, and each has one owner', () => {
  const { clubs } = world(4_000, 1);
  const levels = new Map<string, number>();

  for (const { clubId, parentId, members } of clubs) {
    const above = parentId === undefined ? 0 : levels.get(parentId);
    assert.ok(above !== undefined, 'a club stands before the one above it');
    levels.set(clubId, above + 1);
    assert.equal(members.filter(({ role }) => role === 'owner').length, 1);
    assert.equal(new Set(members.map(({ athleteId }) => athleteId)).size, members.length);
  }

  assert.deepEqual([...new Set(levels.values())].sort(), [1, 2, 3, 4]);
  assert.equal(levels.size, clubs.length);
  assert.deepEqual([...new Set(clubs.map(({ visibility }) => visibility))].sort(), [
    'closed',
    'public',
    'secret',
  ]);
});

test('a few clubs are very large, and people who follow one another share them', () => {
  const { clubs, follows, villagers } = world(4_000, 1);
  const sizes = clubs.map(({ members }) => members.length).sort((a, b) => b - a);
  const clubsOf = new Map<string, Set<string>>();
  for (const { clubId, members } of clubs)
    for (const { athleteId } of members)
      clubsOf.set(athleteId, (clubsOf.get(athleteId) ?? new Set()).add(clubId));
  const shares = (one: number, other: number) => {
    const [own, others] = [one, other].map((at) => clubsOf.get(villagers[at]?.athleteId ?? ''));
    return [...(own ?? [])].some((clubId) => others?.has(clubId));
  };
  const pairs = follows.followeesOf.flatMap((followees, from) => followees.map((to) => [from, to] as const));
  const strangers = pairs.map(([from], at) => [from, (from + at) % villagers.length] as const);
  const share = (those: typeof pairs) => those.filter(([from, to]) => shares(from, to)).length / those.length;

  assert.ok((sizes[0] ?? 0) > 10 * (sizes[sizes.length >> 1] ?? 0), `${sizes[0]} is the largest`);
  assert.ok(share(pairs) > 5 * share(strangers), `${share(pairs)} against ${share(strangers)}`);
});

test('a world that was interrupted while it was written is whole after another run', async () => {
  // So many that two batches are written at once.
  const made = world(1_100, Date.now() % 1_000_000);
  const { access, graph, masterKey, emailKey } = api.app;
  const target = { resource: { kind: 'village', id: made.name }, facts: {} };
  const settling = {
    graph,
    masterKey,
    emailKey,
    grant: access.require(systemSubject('seed', 'test'), 'village.seed', target),
    passwordHash: await hashPassword('village-password'),
  };
  let calls = 0;
  const interrupt = () => {
    calls += 1;
    if (calls === 3) throw new Error('interrupted');
  };

  await assert.rejects(settle(made, settling, interrupt), /interrupted/);
  await settle(made, settling, quietly);
  await settle(made, settling, quietly);

  const athleteIds = made.villagers.map(({ athleteId }) => athleteId);
  const company = [...companyRows(made)];
  const [counted] = await ask<object>(
    graph,
    `MATCH (athlete:Athlete) WHERE athlete.athleteId IN $athleteIds
     WITH count(athlete) AS athletes, sum(COUNT { (athlete)-[:FOLLOWS]->() }) AS follows,
       collect(DISTINCT athlete.homeRegionKey) AS regionKeys
     MATCH (club:Club) WHERE club.clubId IN $clubIds
     RETURN athletes, follows, count(club) AS clubs,
       sum(CASE WHEN club.placeKey IN regionKeys THEN 1 ELSE 0 END) > 0 AS someAreNear, sum(COUNT { (club)<-[:MEMBER_OF]-() }) AS members,
       sum(COUNT { (club)-[:PART_OF]->() }) AS links,
       COUNT { MATCH (athlete:Athlete)-[:HABITUALLY]->() WHERE athlete.athleteId IN $athleteIds } AS habits,
       COUNT { MATCH (athlete:Athlete) WHERE athlete.athleteId IN $athleteIds AND athlete.isOpenToTraining } AS open`,
    { athleteIds, clubIds: made.clubs.map(({ clubId }) => clubId) },
  );
  assert.deepEqual(counted, {
    athletes: 1_100,
    follows: made.follows.count,
    clubs: made.clubs.length,
    someAreNear: true,
    members: made.clubs.reduce((sum, { members }) => sum + members.length, 0),
    links: made.clubs.filter(({ parentId }) => parentId !== undefined).length,
    habits: company.reduce((sum, { habits }) => sum + habits.length, 0),
    open: company.length,
  });
  const session = await api.anyone
    .post('/v1/sessions', {
      email: villagerEmail({ athletes: 1_100, seed: made.seed }, 1),
      password: 'village-password',
    })
    .expect(201);
  assert.equal(session.body.athleteId, made.villagers[0]?.athleteId);
});

test('a world that is whole is left alone, on another day too, and two worlds stand side by side', async () => {
  const seed = Date.now() % 1_000_000;
  const wanted = { athletes: 40, seed, until: UNTIL };
  const later = new Date(UNTIL.getTime() + 86_400_000);

  const made = await seedWorld(api.app, wanted, () => quietly);
  const before = await everything();
  const again = await seedWorld(api.app, { ...wanted, until: later }, () => quietly);

  assert.equal(made?.villagers.length, 40);
  assert.equal(again, undefined);
  assert.deepEqual(await everything(), before);
  for (const other of [
    { ...wanted, seed: seed + 1 },
    { ...wanted, athletes: 50 },
  ]) {
    assert.equal((await seedWorld(api.app, other, () => quietly))?.villagers.length, other.athletes);
  }
});

test('villagers who look for company have the habits that are found in what they did', async () => {
  const made = world(300, (Date.now() % 1_000_000) + 1);
  const { access, graph, masterKey } = api.app;
  await seedWorld(api.app, { athletes: 300, seed: made.seed, until: UNTIL }, () => quietly);
  const [{ athleteId, habits } = { athleteId: '', habits: [] }] = [...companyRows(made)].sort(
    (a, b) => b.habits.length - a.habits.length,
  );
  const kept = () =>
    ask<object>(
      graph,
      `MATCH (:Athlete {athleteId: $athleteId, isOpenToTraining: true})-[tie:HABITUALLY]->(habit:Habit)
       RETURN properties(tie) AS tie, properties(habit) AS habit ORDER BY tie.habitKey`,
      { athleteId },
    );
  const before = await kept();

  const resource = { kind: 'habit', id: athleteId, ownerId: athleteId };
  const grant = access.require(systemSubject('worker', 'test'), 'habit.update', { resource, facts: {} });
  await updateHabits(graph, grant, { athleteId, startedAfter: new Date(0), masterKey, habitsOf });

  assert.ok(habits.length > 0);
  assert.equal(before.length, habits.length);
  assert.deepEqual(await kept(), before);
});

async function everything(): Promise<object> {
  const [counted] = await ask<object>(
    api.app.graph,
    'MATCH (node) RETURN count(node) AS nodes, sum(COUNT { (node)-->() }) AS relationships',
    {},
  );
  return counted ?? {};
}

/** The share of pairs among those whom somebody follows in which one follows the other. */
function closedTriangles(followeesOf: readonly (readonly number[])[]): number {
  let [closed, pairs] = [0, 0];
  for (const followees of followeesOf) {
    const [one, other] = [followees[0], followees[followees.length >> 1]];
    if (one === undefined || other === undefined || one === other) continue;
    pairs += 1;
    if (followeesOf[one]?.includes(other)) closed += 1;
  }
  return closed / pairs;
}
