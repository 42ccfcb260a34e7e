import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ANALYST_QUERIES } from '../../../graph/analyst-queries.js';
import { plantActivities } from '../../support/activities.js';
import { startApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';

const api = await startApi();
after(() => api.stop());

const grant = ({ athleteId }: TestAthlete, role: string) =>
  ask(
    api.app.graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId})
     CREATE (athlete)-[:HOLDS]->(:RoleGrant {
       athleteId: $athleteId, role: $role, grantedAt: datetime(), endsAt: datetime('2099-01-01T00:00:00Z')
     })`,
    { athleteId, role },
  );
async function someAnalyst(): Promise<TestAthlete> {
  const analyst = await api.newAthlete();
  await grant(analyst, 'analyst');
  return analyst;
}
const analyst = await someAnalyst();
const VALUES: Readonly<Record<string, unknown>> = { limit: 20, sample: '3f', since: '2020-01-01T00:00:00Z' };
const questionOf = (name: string) =>
  Object.fromEntries(
    (ANALYST_QUERIES.get(name)?.parameters ?? []).map((parameter) => [
      parameter.name,
      VALUES[parameter.name],
    ]),
  );

test('lists the queries with what they answer, take and give', async () => {
  const { body } = await analyst.get('/v1/analyst/queries').expect(200);

  assert.equal(body.items.length, ANALYST_QUERIES.size);
  assert.deepEqual(
    body.items.find(({ name }: { name: string }) => name === 'analysis-most-followed'),
    {
      name: 'analysis-most-followed',
      answers: 'Who is followed most, and how many do they follow themselves?',
      parameters: [{ name: 'limit', type: 'INTEGER' }],
      columns: [
        { name: 'athleteId', type: 'STRING' },
        { name: 'followers', type: 'INTEGER' },
        { name: 'follows', type: 'INTEGER' },
      ],
    },
  );
});

test('each of them runs, by GET and by POST, and names nobody', async () => {
  const [ann, bob] = await Promise.all([
    api.newAthlete({ displayName: 'Annabel Namesake' }),
    api.newAthlete(),
  ]);
  await bob.put(`/v1/athletes/${ann.athleteId}/follow`).expect(200);
  await plantActivities(api.app.graph, [
    {
      activityId: crypto.randomUUID(),
      athleteId: ann.athleteId,
      startedAt: new Date('2026-05-04T10:00:00Z'),
      visibility: 'everyone',
    },
  ]);

  for (const name of ANALYST_QUERIES.keys()) {
    const parameters = questionOf(name);
    const posted = await analyst.post(`/v1/analyst/queries/${name}`, { parameters }).expect(200);
    const query = new URLSearchParams({ parameters: JSON.stringify(parameters) });
    const got = await analyst.get(`/v1/analyst/queries/${name}?${query}`).expect(200);

    assert.deepEqual(got.body, posted.body);
    assert.deepEqual({ ...got.body, rows: [] }, { name, isPseudonymous: true, isCut: false, rows: [] });
    const text = JSON.stringify(got.body);
    for (const personal of [ann.athleteId, bob.athleteId, 'Annabel', 'example.org']) {
      assert.ok(!text.includes(personal), `${name} tells ${personal}`);
    }
  }
});

test('an id has one pseudonym in all answers to an analyst, and another in those to the next', async () => {
  const other = await someAnalyst();
  const ask = async (who: TestAthlete) => {
    const { body } = await who
      .post('/v1/analyst/queries/analysis-most-followed', { parameters: { limit: 5 } })
      .expect(200);
    return body.rows.map(({ athleteId }: TestAthlete) => athleteId);
  };

  const [first, again, others] = [await ask(analyst), await ask(analyst), await ask(other)];

  assert.ok(first.length > 0);
  assert.deepEqual(again, first);
  assert.equal(others.filter((id: string) => first.includes(id)).length, 0);
});

test('only analysts get in, and nobody else learns which queries there are', async () => {
  const ann = await api.newAthlete();
  const admin = await api.newAthlete();
  await grant(admin, 'admin');
  for (const who of [ann, admin]) {
    await who.get('/v1/analyst/queries').expect(403);
    for (const name of ['analysis-most-followed', 'none-of-these']) {
      await who.get(`/v1/analyst/queries/${name}`).expect(404);
      await who.post(`/v1/analyst/queries/${name}`, { parameters: { limit: 5 } }).expect(404);
    }
  }
  await api.anyone.get('/v1/analyst/queries').expect(401);
});

test('refuses what the query does not take', async () => {
  const path = '/v1/analyst/queries/analysis-most-followed';
  for (const parameters of [{}, { limit: 'x' }, { limit: 1.5 }, { limit: 5, more: 1 }, { limit: null }]) {
    const { body } = await analyst.post(path, { parameters }).expect(422);
    assert.equal(body.type, '/problems/bad-body');
  }
  for (const text of ['{', '[]', '{"limit":{}}', '{"limit":"x"}']) {
    await analyst.get(`${path}?parameters=${encodeURIComponent(text)}`).expect(400);
  }
  await analyst.post('/v1/analyst/queries/athletes-lock', { parameters: {} }).expect(404);
});

test('what is asked stands in the audit trail', async () => {
  const seen: string[] = [];
  const { journal } = api.app;
  const record = journal.record.bind(journal);
  journal.record = (decisions) => {
    seen.push(
      ...decisions.map(({ action, target, allowed }) => `${action} ${target.resource.id} ${allowed}`),
    );
    record(decisions);
  };

  await analyst.post('/v1/analyst/queries/analysis-most-followed', { parameters: { limit: 5 } }).expect(200);
  journal.record = record;

  assert.ok(seen.includes('analyst.runQuery analysis-most-followed true'));
});
