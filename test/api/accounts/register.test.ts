import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { client, startApi } from '../../support/app.js';
import { ask } from '../../support/graph.js';

const api = await startApi();
after(() => api.stop());

const someone = (fields: object = {}) => ({
  email: `${randomUUID()}@example.org`,
  password: 'a long enough password',
  displayName: 'Someone New',
  ...fields,
});

test('registers an athlete and logs them in', async () => {
  const { body, headers } = await api.anyone.post('/v1/athletes', someone()).expect(201);

  assert.deepEqual(Object.keys(body).sort(), [
    'accessToken',
    'athleteId',
    'expiresInSeconds',
    'refreshToken',
    'scopes',
    'sessionId',
  ]);
  assert.equal(headers.location, `/v1/athletes/${body.athleteId}`);
  const me = await client(api.url, body.accessToken).get('/v1/athletes/me').expect(200);
  assert.equal(me.body.displayName, 'Someone New');
});

test('refuses an address that has an account, however it is written', async () => {
  const first = someone();
  await api.anyone.post('/v1/athletes', first).expect(201);

  const { body } = await api.anyone
    .post('/v1/athletes', someone({ email: ` ${first.email.toUpperCase()} ` }))
    .expect(409);

  assert.equal(body.type, '/problems/email-taken');
});

test('lets one of many win who register one address at once', async () => {
  const { email } = someone();

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => api.anyone.post('/v1/athletes', someone({ email }))),
  );

  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
});

test('keeps neither the address nor the password in clear', async () => {
  const account = someone();
  const { body } = await api.anyone.post('/v1/athletes', account).expect(201);

  const [row] = await ask<{ nodes: readonly object[] }>(
    api.app.graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId})--(near)
     RETURN [node IN collect(near) + collect(DISTINCT athlete) | properties(node)] AS nodes`,
    { athleteId: body.athleteId },
  );

  const stored = JSON.stringify(row?.nodes, (_key, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  assert.ok(stored.includes('$argon2id$'));
  for (const secret of [account.email, account.password]) assert.ok(!stored.includes(secret), secret);
});

const refused: readonly (readonly [string, object, string])[] = [
  ['a password of nine signs', { password: 'too short' }, 'password'],
  ['a password of a megabyte', { password: 'x'.repeat(201) }, 'password'],
  ['no address', { email: 'nobody' }, 'email'],
  ['two addresses', { email: 'a@example.org, b@example.org' }, 'email'],
  ['an address that breaks the line', { email: 'a@example.org\nBcc: b@example.org' }, 'email'],
  ['an empty name', { displayName: '   ' }, 'displayName'],
  ['a name of nothing visible', { displayName: '\u200d\u200d' }, 'displayName'],
  ['a name that breaks the line', { displayName: 'A\nB' }, 'displayName'],
  ['a name that turns the direction of the text', { displayName: 'A\u202eB' }, 'displayName'],
  ['a name of 81 signs', { displayName: 'x'.repeat(81) }, 'displayName'],
  ['a field that is not known', { isAdmin: true }, 'isAdmin'],
];
for (const [what, fields, path] of refused) {
  test(`refuses ${what}`, async () => {
    const { body } = await api.anyone.post('/v1/athletes', someone(fields)).expect(422);

    assert.equal(body.type, '/problems/bad-body');
    assert.deepEqual(
      body.errors.map((error: { path: string }) => error.path),
      [path],
    );
  });
}

const taken: readonly (readonly [string, object, string])[] = [
  ['in any script', { displayName: 'Łukasz 山田 👩‍🚀' }, 'Łukasz 山田 👩‍🚀'],
  ['without the spaces around it', { displayName: '  Ann  ' }, 'Ann'],
  ['composed as it is usually typed', { displayName: 'Jose\u0301' }, 'José'],
];
for (const [how, fields, displayName] of taken) {
  test(`takes a name ${how}`, async () => {
    const { body } = await api.anyone.post('/v1/athletes', someone(fields)).expect(201);

    const me = await client(api.url, body.accessToken).get('/v1/athletes/me').expect(200);
    assert.equal(me.body.displayName, displayName);
  });
}
