import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ANALYST_COPY, type CopiedRows, refreshAnalystCopy } from '../../graph/analyst-copy.js';
import { migrateGraph } from '../../graph/migrate.js';
import { cypher, Graph, whole } from '../../graph/session.js';
import { systemSubject } from '../../policies/subject.js';
import { newSigningKey, startApi, type TestAthlete, testSettings } from '../support/app.js';
import { ask } from '../support/graph.js';
import { startOwnStores } from '../support/own-stores.js';

const TOKEN_KEYS = JSON.stringify([newSigningKey()]);
const [api, own] = await Promise.all([startApi({ TOKEN_KEYS }), startOwnStores('neo4j')]);
const copy = new Graph(own.urls.neo4jUrl);
after(async () => {
  await copy.close();
  await Promise.all([api.stop(), own.stop()]);
});

function refresh(to: Graph): Promise<CopiedRows> {
  const grant = api.app.access.require(systemSubject('command', 'test'), 'analystCopy.refresh', ANALYST_COPY);
  const key = api.app.masterKey.pseudonymKey('test');
  return refreshAnalystCopy(grant, { from: api.app.graph, to, key });
}

/** `npm run analyst:refresh`, in somebody's name. */
function refreshByCommand(ACCESS_TOKEN = ''): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = fileURLToPath(new URL('../../scripts/analyst-refresh.js', import.meta.url));
  const settings = { ...testSettings(), TOKEN_KEYS, ANALYST_NEO4J_URL: own.urls.neo4jUrl, ACCESS_TOKEN };
  return new Promise((resolve) => {
    execFile(process.execPath, [command], { env: { ...process.env, ...settings } }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

async function appoint({ athleteId }: TestAthlete, role: string): Promise<void> {
  await ask(
    api.app.graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId})
     CREATE (athlete)-[:HOLDS]->(:RoleGrant {
       athleteId: $athleteId, role: $role, grantedAt: datetime(), endsAt: datetime() + duration('P1D')
     })`,
    { athleteId, role },
  );
}

/** Everything that a server holds, as text. */
async function everythingIn(graph: Graph): Promise<string> {
  const nodes = await ask<object>(
    graph,
    'MATCH (node) WHERE NOT node:Migration AND NOT node:MigrationLock RETURN labels(node) AS labels, properties(node) AS properties',
    {},
  );
  const relationships = await ask<object>(
    graph,
    'MATCH ()-[relationship]->() RETURN type(relationship) AS type, properties(relationship) AS properties',
    {},
  );
  return JSON.stringify([nodes, relationships]);
}

test('the copy holds follows, habits and open clubs, and no name, address, place, text, block or secret club', async () => {
  const [ada, ben, eve] = await Promise.all([
    api.newAthlete({ displayName: 'Ada Plantedname' }),
    api.newAthlete(),
    api.newAthlete(),
  ]);
  await ada
    .patch('/v1/athletes/me', {
      timeZone: 'Pacific/Chatham',
      bodyMassKilograms: 61,
      homeRegion: 'plantedplace',
    })
    .expect(200);
  await ada.put(`/v1/athletes/${ben.athleteId}/follow`).expect(200);
  await ada.put(`/v1/athletes/${eve.athleteId}/block`);
  await ben.put(`/v1/athletes/${eve.athleteId}/mute`).expect(204);
  const activity = {
    sport: 'run',
    elapsedSeconds: 2_700,
    visibility: 'everyone',
  };
  const startedAt = '2026-03-01T11:22:33Z';
  const { body: run } = await ada
    .post('/v1/activities', { ...activity, startedAt, name: 'Plantedrun along the Plantedroad' })
    .expect(201);
  const found = async (visibility: string) => {
    const club = { name: `Plantedclub ${visibility}`, place: 'Plantedplace', description: 'Plantedtext' };
    return (await ada.post('/v1/clubs', { ...club, visibility }).expect(201)).body.clubId as string;
  };
  const [open, secret] = [await found('public'), await found('secret')];
  await ada.post(`/v1/clubs/${open}/announcements`, { text: 'Plantedannouncement' }).expect(201);
  await migrateGraph(copy);

  await refresh(copy);
  const text = await everythingIn(copy);

  const planted = [ada, ben, eve].flatMap(({ athleteId, displayName, email }) => [
    athleteId,
    displayName,
    email,
  ]);
  for (const word of [
    ...planted,
    run.activityId,
    open,
    secret,
    'Planted',
    'plantedplace',
    'Chatham',
    '22:33',
    'secret',
    'BLOCKS',
    'MUTES',
  ])
    assert.ok(!text.includes(word), `the copy holds ${word}`);
  const id = (value: string) =>
    Buffer.from(api.app.masterKey.pseudonymKey('test').pseudonym(value), 'base64url').toString('hex');
  const [copied] = await ask<object>(
    copy,
    `MATCH (ada:Athlete {athleteId: $ada})-[:FOLLOWS]->(followee:Athlete)
     MATCH (ada)-[membership:MEMBER_OF]->(club:Club)
     MATCH (ada)-[:PERFORMED]->(run:Activity)
     RETURN followee.athleteId AS followeeId, membership.role AS role, club.clubId AS clubId,
       run.activityId AS activityId, club.placeKey = ada.homeRegionKey AS isNear, toString(run.startedAt) AS startedAt`,
    { ada: id(ada.athleteId) },
  );
  assert.deepEqual(copied, {
    followeeId: id(ben.athleteId),
    role: 'owner',
    clubId: id(open),
    activityId: id(run.activityId),
    isNear: true,
    startedAt: '2026-03-02T01:00:00Z',
  });
});

test('a copy takes the place of the one before, and filed queries run on it', async () => {
  // A world that was loaded from elsewhere may not know when.
  const { athleteId } = await api.newAthlete();
  await ask(api.app.graph, 'MATCH (athlete:Athlete {athleteId: $athleteId}) REMOVE athlete.createdAt', {
    athleteId,
  });
  await refresh(copy);

  const { athletes } = await refresh(copy);

  const [counted] = await ask<{ athletes: number }>(
    copy,
    'MATCH (a:Athlete) RETURN count(a) AS athletes',
    {},
  );
  assert.equal(counted?.athletes, athletes);
  const mostFollowed = cypher<object, object>('analysis/most-followed.cypher');
  assert.ok((await copy.query(mostFollowed, { limit: whole(5) })).length > 0);
});

test('a graph in which people live is not overwritten', async () => {
  const before = await ask<object>(api.app.graph, 'MATCH (n) RETURN count(n) AS nodes', {});

  await assert.rejects(refresh(api.app.graph), /names a graph in which athletes have accounts/);

  assert.deepEqual(await ask<object>(api.app.graph, 'MATCH (n) RETURN count(n) AS nodes', {}), before);
});

test("an operator renews the copy in their own name, the command line in nobody's, and the trail tells who did", async () => {
  const [otto, anna] = await Promise.all([api.newAthlete(), api.newAthlete()]);
  await Promise.all([appoint(otto, 'operator'), appoint(anna, 'analyst')]);
  const before = await everythingIn(copy);
  const startedAt = new Date().toISOString();

  const refused = await refreshByCommand(anna.accessToken);
  const forged = await refreshByCommand(`${otto.accessToken}x`);
  assert.deepEqual(
    [refused, forged].map(({ code, stderr }) => [code, stderr]),
    [
      [1, 'analystCopy.refresh refused by default-deny\n'],
      [1, 'the token is invalid\n'],
    ],
  );
  assert.equal(await everythingIn(copy), before, 'the copy stays as it was');
  for (const token of [otto.accessToken, undefined]) {
    const { code, stdout, stderr } = await refreshByCommand(token);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^\d+ athletes and \d+ clubs, in \d+ s\.\n$/);
  }

  await api.work();
  const text = `SELECT subject_id, allowed, rules FROM decisions
    WHERE action = 'analystCopy.refresh' AND decided_at >= '${startedAt}' ORDER BY decided_at`;
  const decided = () => api.app.series.query<object, object>({ path: 'test', text }, {});
  for (let waits = 0; waits < 100 && (await decided()).length < 3; waits += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(await decided(), [
    { subject_id: anna.athleteId, allowed: false, rules: ['default-deny'] },
    { subject_id: otto.athleteId, allowed: true, rules: ['analyst-copy-refresh-operator'] },
    { subject_id: 'command', allowed: true, rules: ['analyst-copy-refresh-command'] },
  ]);
});
