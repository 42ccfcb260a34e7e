import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { type Answer, type Call, Endpoint, ok } from '../../../api/http/endpoint.js';
import { networkOf } from '../../../api/http/subject.js';
import { Tokens } from '../../../api/http/tokens.js';
import { newSigningKey, startServer } from './start-server.js';

class MirrorController {
  @Endpoint('GET /v1/mirror', {
    action: 'service.read',
    decided: 'inside',
    summary: 'Show who asks',
    answers: { 200: z.unknown() },
  })
  async look({ subject }: Call): Promise<Answer> {
    return ok(subject);
  }

  @Endpoint('GET /v1/private', {
    action: 'account.read',
    decided: 'atDoor',
    summary: 'Ask for a log-in',
    answers: { 200: z.unknown() },
  })
  async enter({ grant }: Call): Promise<Answer> {
    return ok({ action: grant.action, athleteId: grant.subject.athleteId });
  }
}

let now = new Date('2030-01-01T12:00:00Z');
const server = await startServer([MirrorController], {}, { now: () => now });
const tokens = new Tokens(server.app.config.TOKEN_KEYS, () => now);

const change = (text: string, parameters: object) =>
  server.app.graph.write((transaction) => transaction.run({ path: 'test', text }, parameters));

test('nobody is told as nobody', async () => {
  const { body } = await server.request.get('/v1/mirror').set('x-request-id', 'mirror-0001');

  assert.deepEqual(body, {
    kind: 'anonymous',
    standing: 'none',
    scopes: [],
    roles: [],
    requestId: 'mirror-0001',
  });
});

test('a token names its athlete, and the graph how their session stands', async () => {
  const { athleteId, sessionId, authorization } = await server.newSession();
  await change(
    `MATCH (athlete:Athlete {athleteId: $athleteId})
     CREATE (athlete)-[:HOLDS]->(:RoleGrant {athleteId: $athleteId, role: 'moderator', endsAt: $endsAt}),
            (athlete)-[:HOLDS]->(:RoleGrant {athleteId: $athleteId, role: 'auditor', endsAt: $now})`,
    { athleteId, now, endsAt: new Date(now.getTime() + 1) },
  );

  const { body } = await server.request
    .get('/v1/mirror')
    .set({ authorization, 'x-request-id': 'mirror-0002' });

  assert.deepEqual(body, {
    kind: 'athlete',
    athleteId,
    sessionId,
    standing: 'active',
    scopes: ['*'],
    roles: ['moderator'],
    requestId: 'mirror-0002',
  });
});

test('the decision at the door is recorded and is the grant', async () => {
  const { athleteId, authorization } = await server.newSession();
  server.decisions.length = 0;

  const { body } = await server.request.get('/v1/private').set({ authorization });

  assert.deepEqual(body, { action: 'account.read', athleteId });
  assert.deepEqual(
    server.decisions.map(({ action, allowed, target }) => [action, allowed, target.resource]),
    [['account.read', true, { kind: 'route', id: 'account.read' }]],
  );
});

const stranger = new Tokens([newSigningKey()], () => now);

const bad: readonly (readonly [name: string, authorization: () => string])[] = [
  ['of another scheme', () => 'Basic YTpi'],
  ['without a token', () => 'Bearer '],
  ['that is no token', () => 'Bearer none'],
  [
    'of somebody else',
    () =>
      `Bearer ${stranger.issueAccess({ athleteId: randomUUID(), sessionId: randomUUID(), scopes: ['*'] })}`,
  ],
  [
    'for refreshing',
    () => `Bearer ${tokens.issueRefresh({ sessionId: randomUUID(), generation: 0, scopes: ['*'] })}`,
  ],
  ['that nobody signed', () => `Bearer ${jwt.sign({ sub: randomUUID() }, null, { algorithm: 'none' })}`],
];

for (const [name, authorization] of bad) {
  for (const path of ['/v1/mirror', '/v1/private', '/v1/nothing']) {
    test(`a token ${name} is refused at ${path}`, async () => {
      const response = await server.request.get(path).set('authorization', authorization());

      assert.equal(response.status, 401);
      assert.equal(response.body.type, '/problems/unauthenticated');
      assert.equal(response.headers['www-authenticate'], 'Bearer realm="paceline", error="invalid_token"');
    });
  }
}

test('a token that has expired is refused', async () => {
  const { authorization } = await server.newSession();
  const before = await server.request.get('/v1/mirror').set({ authorization });
  now = new Date(now.getTime() + 16 * 60_000);
  const after = await server.request.get('/v1/mirror').set({ authorization });

  assert.deepEqual([before.status, after.status], [200, 401]);
  assert.equal(after.body.detail, 'the token is expired');
});

test('a session that is gone, expired or of somebody else asks for a new log-in', async () => {
  const gone = await server.newSession();
  await change('MATCH (session:Session {sessionId: $sessionId}) DETACH DELETE session', gone);
  const expired = await server.newSession();
  await change('MATCH (session:Session {sessionId: $sessionId}) SET session.expiresAt = $now', {
    ...expired,
    now,
  });
  const other = await server.newSession();
  const mixed = `Bearer ${tokens.issueAccess({ athleteId: gone.athleteId, sessionId: other.sessionId, scopes: ['*'] })}`;

  for (const authorization of [gone.authorization, expired.authorization, mixed]) {
    const response = await server.request.get('/v1/private').set({ authorization });
    assert.equal(response.status, 401);
  }
});

test('a suspended athlete is told so', async () => {
  const session = await server.newSession();
  await change('MATCH (athlete:Athlete {athleteId: $athleteId}) SET athlete.suspendedAt = $now', {
    ...session,
    now,
  });

  const response = await server.request.get('/v1/private').set({ authorization: session.authorization });

  assert.deepEqual([response.status, response.body.type], [403, '/problems/account-suspended']);
});

test('addresses are counted by network', () => {
  assert.equal(networkOf('203.0.113.7'), '203.0.113.7');
  assert.equal(networkOf('::ffff:203.0.113.7'), '203.0.113.7');
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2');
  assert.equal(networkOf('2001:db8::6'), '2001:db8:0:0');
  assert.equal(networkOf('::1'), '0:0:0:0');
});
