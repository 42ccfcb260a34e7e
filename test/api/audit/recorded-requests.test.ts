import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { FactsKey } from '../../../timeseries/decision-chain.js';
import { startApi, type TestApi, temporaryFolder } from '../../support/app.js';
import { factsOfRow } from './journals.js';

interface Row {
  readonly action: string;
  readonly subject_id: string | null;
  readonly resource_kind: string;
  readonly resource_id: string;
  readonly decision_id: string;
  readonly subject_kind: string;
  readonly owner_id: string | null;
  readonly facts: Buffer | null;
  readonly facts_key: FactsKey;
  readonly engine: string;
  readonly allowed: boolean;
  readonly rules: readonly string[];
  readonly bundle: string;
}

describe('a request', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi();
    await api.work();
  });
  after(() => api.stop());

  async function decisionsFor(requestId: string): Promise<Row[]> {
    const text = `SELECT * FROM decisions WHERE request_id = '${requestId}' ORDER BY writer, sequence`;
    for (let waits = 0; waits < 100; waits++) {
      const rows = await api.app.series.query<object, Row>({ path: 'test', text }, {});
      if (rows.length > 0) return rows;
      await wait(100);
    }
    return assert.fail('no decision was stored within ten seconds');
  }

  test('leaves its decision with subject, action, resource, facts, rule, bundle and request id', async () => {
    const [ava, ben] = [await api.newAthlete(), await api.newAthlete()];
    const requestId = randomUUID();

    await ben.get(`/v1/athletes/${ava.athleteId}`).set('X-Request-Id', requestId).expect(200);

    const rows = await decisionsFor(requestId);
    assert.equal(rows.length, 1);
    const [row] = rows;
    assert.ok(row);
    const { action, subject_id, resource_kind, resource_id, allowed, rules, bundle, engine } = row;
    const recorded = await factsOfRow(api.app.graph, row);
    assert.deepEqual(
      { action, subject_id, resource_kind, resource_id, facts: recorded?.facts, allowed, rules },
      {
        action: 'athlete.read',
        subject_id: ben.athleteId,
        resource_kind: 'athlete',
        resource_id: ava.athleteId,
        facts: {
          approvesFollowers: false,
          hasRequested: false,
          isBlocked: false,
          isClubMate: false,
          isFollower: false,
          ownerHidesFromSignedOut: false,
          ownerStanding: 'active',
          ageVisibility: 'onlyMe',
          bodyMassVisibility: 'onlyMe',
          heartRateLimitsVisibility: 'onlyMe',
          sexVisibility: 'onlyMe',
          thresholdsVisibility: 'onlyMe',
          timeZoneVisibility: 'followers',
        },
        allowed: true,
        rules: ['athlete-read-open'],
      },
    );
    assert.match(bundle, /^\d+-[\da-f]{12}$/);
    assert.match(engine, /^opa-wasm [\d.]+, opa [\d.]+, sha256 [\da-f]{64}$/);
  });

  test('that is refused leaves its refusal', async () => {
    const [ava, ben] = [await api.newAthlete(), await api.newAthlete()];
    await ava.put(`/v1/athletes/${ben.athleteId}/block`).expect(204);
    const requestId = randomUUID();

    await ben.get(`/v1/athletes/${ava.athleteId}`).set('X-Request-Id', requestId).expect(404);

    const [row] = await decisionsFor(requestId);
    assert.equal(row?.allowed, false);
    assert.deepEqual(row?.rules, ['deny-blocked']);
  });

  test('that is refused before anything was read leaves that too', async () => {
    const requestId = randomUUID();
    await api.anyone.get('/v1/feed').set('X-Request-Id', requestId).expect(401);
    const [row] = await decisionsFor(requestId);
    assert.deepEqual([row?.action, row?.subject_id, row?.allowed], ['feed.read', null, false]);
    assert.deepEqual(row?.rules, ['deny-anonymous']);
  });
});

test('nothing is answered whose decision cannot be recorded', async (context) => {
  const api = await startApi({ JOURNAL_DIRECTORY: await temporaryFolder(context), JOURNAL_MAX_BYTES: '1' });
  context.after(() => api.stop());
  const email = `${randomUUID()}@example.org`;

  const { body } = await api.anyone
    .post('/v1/athletes', { email, password: randomUUID(), displayName: 'Ava' })
    .expect(503);

  assert.equal(body.type, '/problems/audit-unavailable');
  // It was not done either: the decision comes before the commit.
  assert.equal(await accountsOf(api, email), 0);
});

async function accountsOf(api: TestApi, email: string): Promise<number> {
  const emailHash = api.app.emailKey.hash(email);
  const text = 'MATCH (account:Account {emailHash: $emailHash}) RETURN count(account) AS accounts';
  const [row] = await api.app.graph.query<{ emailHash: string }, { accounts: number }>(
    { path: 'test', text },
    { emailHash },
  );
  return row?.accounts ?? -1;
}
