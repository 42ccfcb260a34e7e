import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { type Client, client, startApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';

// A process may die after its commit and before its answer is kept. Whoever repeats the request with its key must
// get what was made then, and not a second one.

const api = await startApi();
after(() => api.stop());

test('an activity by hand', async () => {
  const athlete = await api.newAthlete();
  const swim = { name: 'Lake', sport: 'swim', startedAt: '2026-07-04T06:30:00Z', elapsedSeconds: 2_400 };

  const activity = await postAfterMishap(athlete, '/v1/activities', swim);

  const { body } = await athlete.get(`/v1/athletes/${athlete.athleteId}/activities`).expect(200);
  assert.deepEqual(idsIn(body.items, 'activityId'), [activity.activityId]);
});

test('a club, also the last that one may have', async () => {
  const athlete = await api.newAthlete();
  await ask(
    api.app.graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId})
     UNWIND range(1, 199) AS n CREATE (athlete)-[:MEMBER_OF {role: 'member'}]->(:Crowd {of: $athleteId})`,
    { athleteId: athlete.athleteId },
  );

  const { clubId } = await postAfterMishap(athlete, '/v1/clubs', { name: 'Wheelers', visibility: 'public' });

  const { body } = await athlete.get(`/v1/athletes/${athlete.athleteId}/clubs`).expect(200);
  assert.deepEqual(idsIn(body.items, 'clubId'), [clubId]);
  await athlete.post('/v1/clubs', { name: 'One more', visibility: 'public' }).expect(409);
});

test('a club that was handed over meanwhile, which stays so', async () => {
  const athlete = await api.newAthlete();
  const key = randomUUID();
  await failAfterCommit(() => post(athlete, '/v1/clubs', key, { name: 'Wheelers', visibility: 'public' }));
  await ask(
    api.app.graph,
    'MATCH (:Athlete {athleteId: $athleteId})-[membership:MEMBER_OF]->(:Club) DELETE membership',
    { athleteId: athlete.athleteId },
  );

  await post(athlete, '/v1/clubs', key, { name: 'Wheelers', visibility: 'public' });

  const { body } = await athlete.get(`/v1/athletes/${athlete.athleteId}/clubs`).expect(200);
  assert.deepEqual(body.items, []);
});

test('an invitation, whose token opens the club', async () => {
  const { owner, clubId } = await newClub();
  const path = `/v1/clubs/${clubId}/invitations`;

  const { token, invitationId, expiresAt } = await postAfterMishap(owner, path, { uses: 2 });

  const { body } = await owner.get(path).expect(200);
  assert.deepEqual(idsIn(body.items, 'invitationId'), [invitationId]);
  assert.equal(body.items[0].expiresAt, expiresAt);
  await (await api.newAthlete()).post(`/v1/invitations/${token}/acceptance`).expect(200);
});

test('an announcement', async () => {
  const { owner, clubId } = await newClub();
  const path = `/v1/clubs/${clubId}/announcements`;

  const { announcementId } = await postAfterMishap(owner, path, { text: 'We ride on Sunday' });

  const { body } = await owner.get(path).expect(200);
  assert.deepEqual(idsIn(body.items, 'announcementId'), [announcementId]);
});

test('a privacy zone, also the one that hides all ends', async () => {
  const athlete = await api.newAthlete();
  const path = '/v1/athletes/me/privacy-zones';

  const { zoneId } = await postAfterMishap(athlete, path, ENDS);

  const { body } = await athlete.get(path).expect(200);
  assert.deepEqual(idsIn(body.items, 'zoneId'), [zoneId]);
});

test('an account, whose tokens are those of its first session', async () => {
  const account = { email: `${randomUUID()}@example.org`, password: randomUUID(), displayName: 'Ann' };

  const tokens = await postAfterMishap(api.anyone, '/v1/athletes', account);

  const { body } = await client(api.url, tokens.accessToken).get('/v1/sessions').expect(200);
  assert.deepEqual(idsIn(body.items, 'sessionId'), [tokens.sessionId]);
});

test('an account whose session has gone on since has its address', async () => {
  const displayName = `Ann ${randomUUID()}`;
  const account = { email: `${randomUUID()}@example.org`, password: randomUUID(), displayName };
  const key = randomUUID();
  await failAfterCommit(() => post(api.anyone, '/v1/athletes', key, account));
  await ask(
    api.app.graph,
    'MATCH (session:Session)-[:OF]->(:Athlete {displayName: $displayName}) SET session.generation = 1',
    { displayName },
  );

  const { status, body } = await post(api.anyone, '/v1/athletes', key, account);

  assert.deepEqual([status, body.type], [409, '/problems/email-taken']);
});

test('a log-in', async () => {
  const athlete = await api.newAthlete();
  const { email, password } = athlete;

  const { sessionId } = await postAfterMishap(api.anyone, '/v1/sessions', { email, password });

  const { body } = await athlete.get('/v1/sessions').expect(200);
  assert.deepEqual(new Set(idsIn(body.items, 'sessionId')), new Set([athlete.sessionId, sessionId]));
});

test('what comes with another body is another one', async () => {
  const athlete = await api.newAthlete();
  const key = randomUUID();
  await failAfterCommit(() => post(athlete, '/v1/clubs', key, { name: 'One', visibility: 'public' }));

  const other = await post(athlete, '/v1/clubs', key, { name: 'Two', visibility: 'public' });

  assert.deepEqual([other.status, other.body.name], [201, 'Two']);
});

const ENDS = { kind: 'ends', size: 'small' };

const idsIn = (items: readonly Record<string, unknown>[], name: string) => items.map((item) => item[name]);

async function newClub(): Promise<{ owner: TestAthlete; clubId: string }> {
  const owner = await api.newAthlete();
  const { body } = await owner.post('/v1/clubs', { name: 'Wheelers', visibility: 'public' }).expect(201);
  return { owner, clubId: body.clubId };
}

const post = (who: Client, path: string, key: string, body: object) =>
  who.post(path, body).set('Idempotency-Key', key);

/** What the repetition of a request answers of which nothing but the commit came about. */
async function postAfterMishap(who: Client, path: string, body: object) {
  const key = randomUUID();
  const { status } = await failAfterCommit(() => post(who, path, key, body));
  const again = await post(who, path, key, body);
  assert.deepEqual([status, again.status], [500, 201], again.text);
  return again.body;
}

async function failAfterCommit<Result>(work: () => Promise<Result>): Promise<Result> {
  const { graph } = api.app;
  const write = graph.write.bind(graph);
  Reflect.set(graph, 'write', async (...parameters: Parameters<typeof write>) => {
    await write(...parameters);
    throw new Error('the process died');
  });
  try {
    return await work();
  } finally {
    Reflect.deleteProperty(graph, 'write');
  }
}
