import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { after, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startApi, type TestAthlete, testSettings } from '../../support/app.js';
import { ask } from '../../support/graph.js';

let clock = new Date();
const api = await startApi({}, () => clock);
after(() => api.stop());

const DAY_MILLISECONDS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MILLISECONDS).toISOString();
const rolePath = (whom: { athleteId: string }, role: string) =>
  `/v1/athletes/${whom.athleteId}/roles/${role}`;
const suspensionPath = (whom: { athleteId: string }) => `/v1/athletes/${whom.athleteId}/suspension`;

const command = fileURLToPath(new URL('../../../scripts/grant.js', import.meta.url));
function grantByCommand(...words: readonly string[]): {
  status: number | null;
  stdout: string;
  stderr: string;
} {
  const env = { ...process.env, ...testSettings() };
  return spawnSync(process.execPath, [command, ...words], { env, encoding: 'utf8' });
}

/** Somebody with a role that was written into the graph. */
async function newHolder(role: string): Promise<TestAthlete> {
  const holder = await api.newAthlete();
  await ask(
    api.app.graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId})
     CREATE (athlete)-[:HOLDS]->(:RoleGrant {
       athleteId: $athleteId, role: $role, grantedAt: datetime(), endsAt: datetime() + duration('P30D')
     })`,
    { athleteId: holder.athleteId, role },
  );
  return holder;
}

const rolesNow = async (who: TestAthlete) => (await who.get('/v1/athletes/me').expect(200)).body.roles;

beforeEach(async () => {
  clock = new Date();
  // Administrators of other test files would be ones who stay.
  await ask(api.app.graph, "MATCH (grant:RoleGrant {role: 'admin'}) DETACH DELETE grant");
});

test('the command line makes the first administrator, who appoints others', async () => {
  const [ada, mo] = [await api.newAthlete(), await api.newAthlete()];

  const until = inDays(20).slice(0, 10);
  const { status, stdout } = grantByCommand(
    '--email',
    ada.email.toUpperCase(),
    '--role',
    'admin',
    '--until',
    until,
  );

  assert.deepEqual(
    [status, stdout],
    [0, `${ada.email.toUpperCase()} is admin until ${until}T00:00:00.000Z.\n`],
  );
  assert.deepEqual(await rolesNow(ada), ['admin']);
  const endsAt = inDays(7);
  const { body } = await ada.put(rolePath(mo, 'moderator'), { endsAt }).expect(200);
  const { grantedAt, ...rest } = body;
  assert.deepEqual(rest, { role: 'moderator', endsAt, grantedBy: ada.athleteId });
  assert.deepEqual(await rolesNow(mo), ['moderator']);
  const listed = await ada.get(`/v1/athletes/${mo.athleteId}/roles`).expect(200);
  assert.deepEqual(listed.body, {
    items: [{ role: 'moderator', grantedAt, endsAt, grantedBy: ada.athleteId }],
  });
});

test('the command line says what is wrong and changes nothing', async () => {
  const ada = await api.newAthlete();
  for (const [words, sentence] of [
    [['--email', ada.email, '--role', 'king'], /role/],
    [['--email', ada.email, '--role', 'admin', '--until', '2020-01-01'], /must be in the future/],
    [['--email', 'nobody@example.org', '--role', 'admin'], /Nobody has an account with nobody@example.org/],
    [['--mail', ada.email], /Say whom to grant what/],
  ] as const) {
    const { status, stderr } = grantByCommand(...words);
    assert.equal(status, 1);
    assert.match(stderr, sentence);
    assert.doesNotMatch(stderr, / at .*:\d+:\d+/, 'no stack');
  }
  assert.deepEqual(await rolesNow(ada), []);
});

test('a role ends by itself, and can be ended', async () => {
  const [ada, mo] = [await newHolder('admin'), await api.newAthlete()];
  await ada.put(rolePath(mo, 'auditor'), { endsAt: inDays(0.0001) }).expect(200);
  await ada.put(rolePath(mo, 'analyst'), { endsAt: inDays(1) }).expect(200);
  assert.deepEqual(await rolesNow(mo), ['analyst', 'auditor']);

  clock = new Date(clock.getTime() + 60_000);
  assert.deepEqual(await rolesNow(mo), ['analyst']);
  assert.deepEqual((await mo.get(`/v1/athletes/${mo.athleteId}/roles`).expect(200)).body.items.length, 1);
  await ada.delete(rolePath(mo, 'analyst')).expect(204);
  await ada.delete(rolePath(mo, 'analyst')).expect(204);
  assert.deepEqual(await rolesNow(mo), []);
});

test('a role lasts a year at most, and must have an end', async () => {
  const [ada, mo] = [await newHolder('admin'), await api.newAthlete()];
  for (const body of [{}, { endsAt: inDays(367) }, { endsAt: inDays(-1) }, { endsAt: 'tomorrow' }]) {
    const { body: problem } = await ada.put(rolePath(mo, 'auditor'), body).expect(422);
    assert.equal(problem.type, '/problems/bad-body');
  }
  assert.deepEqual(await rolesNow(mo), []);
});

test('to whoever has no role for it nothing tells that there is such a route', async () => {
  const [victim, ben] = [await api.newAthlete(), await api.newAthlete()];
  const moderator = await newHolder('moderator');
  const nobody = { athleteId: randomUUID() };
  for (const whom of [victim, nobody]) {
    for (const who of [ben, moderator]) {
      await who.put(rolePath(whom, 'moderator'), { endsAt: inDays(1) }).expect(404);
      await who.delete(rolePath(whom, 'moderator')).expect(404);
      await who.get(`/v1/athletes/${whom.athleteId}/roles`).expect(404);
    }
    await ben.put(suspensionPath(whom)).expect(404);
    await ben.delete(suspensionPath(whom)).expect(404);
  }
  await victim.get('/v1/athletes/me').expect(200);
});

test('nobody grants themselves anything, also not more time', async () => {
  const ada = await newHolder('admin');
  for (const role of ['admin', 'auditor']) {
    const { body } = await ada.put(rolePath(ada, role), { endsAt: inDays(300) }).expect(403);
    assert.equal(body.type, '/problems/forbidden');
  }
  assert.deepEqual(await rolesNow(ada), ['admin']);
});

test('whoever holds a role lays it down, but the last administrator stays', async () => {
  const [ada, bea, mo] = [await newHolder('admin'), await newHolder('admin'), await newHolder('moderator')];

  await mo.delete(rolePath(mo, 'moderator')).expect(204);
  await bea.delete(rolePath(bea, 'admin')).expect(204);
  await ada.delete(rolePath(ada, 'admin')).expect(403);

  assert.deepEqual([await rolesNow(ada), await rolesNow(bea), await rolesNow(mo)], [['admin'], [], []]);
});

test('an administrator who is suspended is not one who stays', async () => {
  const [ada, bea] = [await newHolder('admin'), await newHolder('admin')];
  await ada.put(suspensionPath(bea)).expect(204);
  await ada.delete(rolePath(ada, 'admin')).expect(403);
  await bea.get('/v1/athletes/me').expect(403);
});

test('of two administrators who end one another or themselves at once exactly one stays', async () => {
  const [ada, bea] = [await api.newAthlete(), await api.newAthlete()];
  for (const [byAda, byBea] of [
    [rolePath(bea, 'admin'), rolePath(ada, 'admin')], // one another
    [rolePath(ada, 'admin'), rolePath(bea, 'admin')], // themselves
    [suspensionPath(bea), suspensionPath(ada)],
  ] as const) {
    for (let round = 0; round < 4; round += 1) {
      await ask(
        api.app.graph,
        `MATCH (athlete:Athlete) WHERE athlete.athleteId IN $ids
         REMOVE athlete.suspendedAt
         MERGE (athlete)-[:HOLDS]->(grant:RoleGrant {athleteId: athlete.athleteId, role: 'admin'})
         SET grant.grantedAt = datetime(), grant.endsAt = datetime() + duration('P1D')`,
        { ids: [ada.athleteId, bea.athleteId] },
      );
      const verb = byAda.endsWith('suspension') ? 'put' : 'delete';
      const answers = await Promise.all([ada[verb](byAda), bea[verb](byBea)]);
      const statuses = answers.map(({ status }) => status).sort();
      assert.equal(statuses[0], 204);
      assert.ok([403, 404].includes(statuses[1] ?? 0), `the other got ${statuses[1]}`);
      const [left] = await ask<{ admins: number }>(
        api.app.graph,
        `MATCH (athlete:Athlete)-[:HOLDS]->(:RoleGrant {role: 'admin'})
         WHERE athlete.suspendedAt IS NULL RETURN count(*) AS admins`,
      );
      assert.deepEqual(left, { admins: 1 });
    }
  }
});

test('a suspension acts on the next request, and so does its end', async () => {
  const [ben, mo] = [await api.newAthlete(), await newHolder('moderator')];
  await mo.put(suspensionPath(ben)).expect(204);
  await mo.put(suspensionPath(ben)).expect(204);

  const { body } = await ben.get('/v1/athletes/me').expect(403);
  assert.equal(body.type, '/problems/account-suspended');
  await mo.get(`/v1/athletes/${ben.athleteId}`).expect(404);

  await mo.delete(suspensionPath(ben)).expect(204);
  await mo.delete(suspensionPath(ben)).expect(204);
  await ben.get('/v1/athletes/me').expect(200);
});

test('a moderator neither suspends nor brings back an administrator, and nobody suspends themselves', async () => {
  const [ada, bea, mo] = [await newHolder('admin'), await newHolder('admin'), await newHolder('moderator')];
  await mo.put(suspensionPath(ada)).expect(403);
  await mo.put(suspensionPath(mo)).expect(403);
  await ada.put(suspensionPath(ada)).expect(403);
  await ada.put(suspensionPath(bea)).expect(204);
  await mo.delete(suspensionPath(bea)).expect(403);
  await mo.delete(suspensionPath({ athleteId: randomUUID() })).expect(404);
  await ada.delete(suspensionPath(bea)).expect(204);
});

test('each grant, end and suspension is a decision, the one from the command line too', async () => {
  const [ada, mo] = [await newHolder('admin'), await api.newAthlete()];
  await ada.put(rolePath(mo, 'moderator'), { endsAt: inDays(1) }).expect(200);
  await ada.delete(rolePath(mo, 'moderator')).expect(204);
  await ada.put(suspensionPath(mo)).expect(204);
  await ada.delete(suspensionPath(mo)).expect(204);
  grantByCommand('--email', mo.email, '--role', 'operator');

  await api.work();
  const text = `SELECT action, rules, allowed FROM decisions
    WHERE resource_id = '${mo.athleteId}' AND (action LIKE 'role.%' OR action LIKE 'suspension.%')
    ORDER BY decided_at, writer, sequence`;
  const decided = async () => api.app.series.query<object, { action: string }>({ path: 'test', text }, {});
  for (let waits = 0; waits < 100 && (await decided()).length < 5; waits += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(await decided(), [
    { action: 'role.grant', rules: ['role-grant-admin'], allowed: true },
    { action: 'role.end', rules: ['role-end-admin'], allowed: true },
    { action: 'suspension.create', rules: ['suspension-create-admin'], allowed: true },
    { action: 'suspension.delete', rules: ['suspension-delete-admin'], allowed: true },
    { action: 'role.grant', rules: ['role-grant-command'], allowed: true },
  ]);
});

test('roles go with the account', async () => {
  const mo = await newHolder('moderator');
  await mo.delete('/v1/athletes/me', { password: mo.password }).expect(204);
  const left = await ask(
    api.app.graph,
    'MATCH (grant:RoleGrant {athleteId: $athleteId}) RETURN grant.role AS role',
    {
      athleteId: mo.athleteId,
    },
  );
  assert.deepEqual(left, []);
});
