import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { drainJournals } from '../../../api/audit/drain-journals.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { forgetKey } from './journals.js';

let api: TestApi;
/** How far the clock of the API is ahead, so that an hour is over at once. */
let ahead = 0;

before(async () => {
  api = await startApi({}, () => new Date(Date.now() + ahead));
});
after(() => api.stop());

async function newAuditor(): Promise<TestAthlete> {
  const athlete = await api.newAthlete();
  await ask(
    api.app.graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId})
     CREATE (athlete)-[:HOLDS]->(:RoleGrant {
       athleteId: $athleteId, role: 'auditor', grantedAt: datetime(), endsAt: datetime('2100-01-01T00:00:00Z')
     })`,
    { athleteId: athlete.athleteId },
  );
  return athlete;
}

/** The trail holds what was answered up to now. */
async function drained(requestId: string): Promise<void> {
  for (let waits = 0; waits < 100; waits += 1) {
    await drainJournals(api.app, api.app.config.JOURNAL_DIRECTORY);
    const rows = await api.app.series.query<object, object>(
      { path: 'test', text: `SELECT FROM decisions WHERE request_id = '${requestId}'` },
      {},
    );
    if (rows.length > 0) return;
    await wait(50);
  }
  assert.fail('the decision does not arrive');
}

async function newActivity(athlete: TestAthlete, visibility: string): Promise<string> {
  const { body } = await athlete
    .post('/v1/activities', {
      name: 'Run',
      sport: 'run',
      startedAt: '2026-03-01T11:00:00Z',
      elapsedSeconds: 1_800,
      visibility,
    })
    .expect(201);
  return body.activityId;
}

test('an auditor reads why somebody saw a thing: who, on which facts, by which rule and bundle', async () => {
  const [ava, ben, auditor] = [await api.newAthlete(), await api.newAthlete(), await newAuditor()];
  const requestId = randomUUID();
  await ben.get(`/v1/athletes/${ava.athleteId}`).set('X-Request-Id', requestId).expect(200);
  await drained(requestId);

  const { body } = await auditor
    .get(`/v1/decisions?subject=${ben.athleteId}&resource=${ava.athleteId}&action=athlete.read`)
    .expect(200);

  assert.equal(body.items.length, 1);
  assert.equal(body.nextCursor, null);
  const [item] = body.items;
  const { decisionId, decidedAt, writer, sequence, bundle, engine, ...told } = item;
  assert.deepEqual(told, {
    action: 'athlete.read',
    subject: {
      kind: 'athlete',
      id: ben.athleteId,
      sessionId: ben.sessionId,
      standing: 'active',
      scopes: ['*'],
      roles: [],
    },
    resource: { kind: 'athlete', id: ava.athleteId, ownerId: ava.athleteId },
    isListed: false,
    facts: told.facts,
    factsState: 'whole',
    allowed: true,
    revealed: true,
    rules: ['athlete-read-open'],
    withheld: told.withheld,
    requestId,
  });
  assert.equal(told.facts.isFollower, false);
  assert.ok(sequence > 0 && writer && bundle && engine && Date.parse(decidedAt));
  assert.deepEqual((await auditor.get(`/v1/decisions/${decisionId}`).expect(200)).body, item);

  await forgetKey(api.app.graph, ben.athleteId);
  const after = (await auditor.get(`/v1/decisions/${decisionId}`).expect(200)).body;
  assert.deepEqual(after, { ...item, facts: null, factsState: 'forgotten' });
});

test('nobody but an auditor reads the trail, and reading it is in the trail', async () => {
  const [ava, auditor] = [await api.newAthlete(), await newAuditor()];
  const requestId = randomUUID();
  await ava.get('/v1/athletes/me').set('X-Request-Id', requestId).expect(200);
  await drained(requestId);
  const mine = `/v1/decisions?subject=${ava.athleteId}`;
  const reading = randomUUID();
  const { body } = await auditor.get(mine).set('X-Request-Id', reading).expect(200);
  const [{ decisionId }] = body.items;

  await ava.get(mine).expect(403);
  await ava.get(`/v1/decisions/${decisionId}`).expect(404);
  await ava.get(`/v1/decisions/${randomUUID()}`).expect(404);
  await api.anyone.get(mine).expect(401);

  await drained(reading);
  const read = await auditor
    .get(`/v1/decisions?subject=${auditor.athleteId}&action=decision.read&resource=${decisionId}`)
    .expect(200);
  assert.deepEqual(
    read.body.items.map(({ requestId: id, allowed }: { requestId: string; allowed: boolean }) => [
      id,
      allowed,
    ]),
    [[reading, true]],
  );
});

test('pages of decisions follow one another without a gap, the newest first', async () => {
  const [ava, auditor] = [await api.newAthlete(), await newAuditor()];
  const requestIds = Array.from({ length: 5 }, () => randomUUID());
  for (const requestId of requestIds) {
    await ava.get('/v1/athletes/me').set('X-Request-Id', requestId).expect(200);
  }
  await drained(requestIds.at(-1) ?? '');
  const path = `/v1/decisions?subject=${ava.athleteId}&action=athlete.read&limit=2`;
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await auditor.get(`${path}${cursor}`).expect(200);
    seen.push(...body.items.map((item: { requestId: string }) => item.requestId));
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
  } while (cursor !== '');

  assert.deepEqual(seen, requestIds.toReversed());
  await auditor.get(`${path}&cursor=nonsense`).expect(400);
  await auditor.get('/v1/decisions?action=nothing.read').expect(400);
});

test('an athlete learns which kinds of viewers opened an activity, never who, and nothing of a few', async () => {
  const hour = 3_600_000;
  ahead = hour - (Date.now() % hour) - 60_000; // a minute before the hour
  const owner = await api.newAthlete();
  const activityId = await newActivity(owner, 'everyone');
  const followers = [await api.newAthlete(), await api.newAthlete(), await api.newAthlete()];
  const strangers = [await api.newAthlete(), await api.newAthlete()];
  for (const follower of followers) {
    await follower.put(`/v1/athletes/${owner.athleteId}/follow`).expect(200);
  }
  const last = randomUUID();
  for (const viewer of [...followers, ...followers, ...strangers, owner]) {
    await viewer.get(`/v1/activities/${activityId}`).expect(200);
  }
  for (let times = 0; times < 6; times += 1) {
    await api.anyone.get(`/v1/activities/${activityId}`).expect(200);
  }
  await api.anyone.get(`/v1/activities/${activityId}`).set('X-Request-Id', last).expect(200);
  // In a list it is only passed by.
  const passerBy = await api.newAthlete();
  await passerBy.get(`/v1/athletes/${owner.athleteId}/activities`).expect(200);
  await drained(last);
  const path = `/v1/activities/${activityId}/viewers`;
  const kindsNow = async () => (await owner.get(path).expect(200)).body.kinds;
  const kinds = (follower: number | null, signedOut: number | null) => [
    { kind: 'follower', atLeast: follower },
    { kind: 'clubMate', atLeast: null },
    { kind: 'moderator', atLeast: null },
    { kind: 'stranger', atLeast: null },
    { kind: 'signedOut', atLeast: signedOut },
  ];

  // What happened in this hour is told in the next.
  assert.deepEqual(await kindsNow(), kinds(null, null));
  ahead += 120_000;
  assert.deepEqual(await kindsNow(), kinds(3, 5));

  await followers[0]?.get(path).expect(403);
  await api.anyone.get(path).expect(401);
  const hidden = await newActivity(owner, 'onlyMe');
  await followers[0]?.get(`/v1/activities/${hidden}/viewers`).expect(404);
});
