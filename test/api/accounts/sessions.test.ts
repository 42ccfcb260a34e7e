import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { refreshSession } from '../../../graph/sessions.js';
import type { Target } from '../../../policies/access.js';
import { anonymousSubject } from '../../../policies/subject.js';
import { client, newSigningKey, startApi } from '../../support/app.js';
import { suspend } from '../../support/graph.js';

let now = new Date();
const key = newSigningKey();
const api = await startApi({ TOKEN_KEYS: JSON.stringify([key]) }, () => now);
after(() => api.stop());

const me = (accessToken: string, url = api.url) => client(url, accessToken).get('/v1/athletes/me');
const refresh = (refreshToken: string) => api.anyone.post('/v1/sessions/refresh', { refreshToken });

test('logs in with the address in any case', async () => {
  const { email, password, athleteId } = await api.newAthlete();

  const { body } = await api.anyone
    .post('/v1/sessions', { email: email.toUpperCase(), password })
    .expect(201);

  assert.equal(body.athleteId, athleteId);
  await me(body.accessToken).expect(200);
});

test('answers a wrong password and an unknown address alike', async () => {
  const { email } = await api.newAthlete();

  const wrong = await api.anyone.post('/v1/sessions', { email, password: 'not the one' }).expect(401);
  const unknown = await api.anyone
    .post('/v1/sessions', { email: `x${email}`, password: 'not the one' })
    .expect(401);

  assert.equal(wrong.body.type, '/problems/wrong-credentials');
  assert.deepEqual(unknown.body, wrong.body);
});

test('an access token lasts fifteen minutes and a refresh brings new ones', async () => {
  const ann = await api.newAthlete();
  now = new Date(now.getTime() + 15 * 60_000 + 1_000);
  await me(ann.accessToken).expect(401);

  const { body } = await refresh(ann.refreshToken).expect(200);

  assert.equal(body.athleteId, ann.athleteId);
  assert.equal(body.expiresInSeconds, 900);
  await me(body.accessToken).expect(200);
});

test('a session that nobody refreshes for thirty days is over', async () => {
  const ann = await api.newAthlete();
  const then = now;
  now = new Date(now.getTime() + 30 * 86_400_000 + 1_000);

  const { body } = await refresh(ann.refreshToken).expect(401);

  now = then;
  assert.equal(body.type, '/problems/session-over');
});

test('a refresh whose answer was lost may be asked for again, by the same request alone', async () => {
  const { athleteId, sessionId } = await api.newAthlete();
  const decide = (target: Target) =>
    api.app.access.require(anonymousSubject('test'), 'session.refresh', target);
  const refreshedBy = (request: string) => {
    const expiresAt = new Date(now.getTime() + 1_000);
    const refresh = { sessionId, generation: 0, refreshedBy: request, now, expiresAt };
    return refreshSession(api.app.graph, decide, refresh);
  };

  const outcomes = [await refreshedBy('one'), await refreshedBy('one'), await refreshedBy('another')];

  const done = { outcome: 'refreshed', athleteId, generation: 1 };
  assert.deepEqual(outcomes, [done, done, { outcome: 'reused' }]);
});

test('using a refresh token again ends the session for everybody who holds a token of it', async () => {
  const ann = await api.newAthlete();
  const second = await refresh(ann.refreshToken).expect(200);

  const { body } = await refresh(ann.refreshToken).expect(401);

  assert.equal(body.type, '/problems/refresh-reused');
  await me(second.body.accessToken).expect(401);
  await refresh(second.body.refreshToken).expect(401);
});

test('of many who use one refresh token at once one wins, and then the session ends', async () => {
  const ann = await api.newAthlete();

  const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(ann.refreshToken)));

  const won = answers.filter(({ status }) => status === 200);
  assert.equal(won.length, 1);
  await me(won[0]?.body.accessToken).expect(401);
});

test('an access token is no refresh token and the other way round', async () => {
  const ann = await api.newAthlete();

  const { body } = await refresh(ann.accessToken).expect(401);

  assert.equal(body.type, '/problems/session-over');
  await me(ann.refreshToken).expect(401);
});

test('logging out acts on the next request of every token of the session', async () => {
  const ann = await api.newAthlete();
  await ann.delete('/v1/sessions/current').expect(204);

  await ann.get('/v1/athletes/me').expect(401);
  const { body } = await refresh(ann.refreshToken).expect(401);
  assert.equal(body.type, '/problems/session-over');
});

test('a suspension acts on the next request and refuses to log in or refresh', async () => {
  const ann = await api.newAthlete();
  await suspend(api.app.graph, ann.athleteId);

  for (const request of [
    ann.get('/v1/athletes/me'),
    refresh(ann.refreshToken),
    api.anyone.post('/v1/sessions', { email: ann.email, password: ann.password }),
  ]) {
    const { body } = await request.expect(403);
    assert.equal(body.type, '/problems/account-suspended');
  }
});

test('lists the sessions of an athlete, who can end each of them', async () => {
  const ann = await api.newAthlete();
  now = new Date(now.getTime() + 1_000);
  const other = await api.anyone
    .post('/v1/sessions', { email: ann.email, password: ann.password })
    .expect(201);
  const listed = await ann.get('/v1/sessions').expect(200);
  assert.deepEqual(
    listed.body.items.map(({ sessionId, isCurrent }: Record<string, unknown>) => [sessionId, isCurrent]),
    [
      [other.body.sessionId, false],
      [ann.sessionId, true],
    ],
  );

  await ann.delete(`/v1/sessions/${other.body.sessionId}`).expect(204);

  await me(other.body.accessToken).expect(401);
  await ann.get('/v1/athletes/me').expect(200);
});

test("nobody ends another's session, or learns that there is one", async () => {
  const [ann, bob] = [await api.newAthlete(), await api.newAthlete()];

  const theirs = await bob.delete(`/v1/sessions/${ann.sessionId}`).expect(404);
  const none = await bob.delete(`/v1/sessions/${crypto.randomUUID()}`).expect(404);

  assert.deepEqual({ ...theirs.body, instance: '' }, { ...none.body, instance: '' });
  await ann.get('/v1/athletes/me').expect(200);
});

test('a new signing key logs nobody out, and its tokens are known by both', async () => {
  const rotated = await startApi({ TOKEN_KEYS: JSON.stringify([newSigningKey(), key]) }, () => now);
  const ann = await api.newAthlete();

  await me(ann.accessToken, rotated.url).expect(200);
  const { body } = await rotated.anyone
    .post('/v1/sessions/refresh', { refreshToken: ann.refreshToken })
    .expect(200);

  await me(body.accessToken, rotated.url).expect(200);
  await me(body.accessToken).expect(401);
  await rotated.stop();
});

test('the hundred-and-first session ends the oldest', async () => {
  const { email, password, accessToken } = await api.newAthlete();
  for (let begun = 1; begun <= 100; begun += 10) {
    now = new Date(now.getTime() + 1);
    const logIns = Array.from({ length: 10 }, () => api.anyone.post('/v1/sessions', { email, password }));
    for (const { status } of await Promise.all(logIns)) assert.equal(status, 201);
  }

  await me(accessToken).expect(401);
});

test('tokens are for the scopes that were asked for, and a refresh can only narrow', async () => {
  const ann = await api.newAthlete();
  const { email, password } = ann;
  const whole = await api.anyone.post('/v1/sessions', { email, password }).expect(201);
  assert.deepEqual(whole.body.scopes, ['*']);
  const begun = await api.anyone
    .post('/v1/sessions', { email, password, scopes: ['profile:read', 'activity:read'] })
    .expect(201);
  assert.deepEqual(begun.body.scopes, ['profile:read', 'activity:read']);
  await me(begun.body.accessToken).expect(200);
  await client(api.url, begun.body.accessToken).get('/v1/blocks').expect(403);

  for (const scopes of [['*'], ['profile:read', 'account']]) {
    const { refreshToken } = begun.body;
    const { body } = await api.anyone.post('/v1/sessions/refresh', { refreshToken, scopes }).expect(403);
    assert.deepEqual(
      [body.type, body.scopes],
      ['/problems/scope-not-held', ['profile:read', 'activity:read']],
    );
  }
  // What was refused has used nothing up.
  const kept = await refresh(begun.body.refreshToken).expect(200);
  assert.deepEqual(kept.body.scopes, ['profile:read', 'activity:read']);
  const scopes = ['activity:read'];
  const { refreshToken } = kept.body;
  const narrow = await api.anyone.post('/v1/sessions/refresh', { refreshToken, scopes }).expect(200);
  await me(narrow.body.accessToken).expect(403);
  await client(api.url, narrow.body.accessToken).get('/v1/feed').expect(200);
  const last = await refresh(narrow.body.refreshToken).expect(200);
  assert.deepEqual(last.body.scopes, ['activity:read']);
  await me(last.body.accessToken).expect(403);
});

test('no token is for a scope that there is not', async () => {
  const { email, password } = await api.newAthlete();
  for (const scopes of [[], ['system'], ['everything'], '*']) {
    await api.anyone.post('/v1/sessions', { email, password, scopes }).expect(422);
  }
});
