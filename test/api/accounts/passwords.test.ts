import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { client, startApi } from '../../support/app.js';

const api = await startApi();
after(() => api.stop());

const NEW_PASSWORD = 'an altogether new one';

test('a changed password ends the other sessions and keeps this one', async () => {
  const ann = await api.newAthlete();
  const { email, password } = ann;
  const other = await api.anyone.post('/v1/sessions', { email, password }).expect(201);

  await ann
    .post('/v1/accounts/me/password', { currentPassword: password, newPassword: NEW_PASSWORD })
    .expect(204);

  await client(api.url, other.body.accessToken).get('/v1/athletes/me').expect(401);
  await ann.get('/v1/athletes/me').expect(200);
  await api.anyone.post('/v1/sessions', { email, password }).expect(401);
  await api.anyone.post('/v1/sessions', { email, password: NEW_PASSWORD }).expect(201);
});

test('whoever does not know the password changes nothing, and their token stays good', async () => {
  const ann = await api.newAthlete();

  const { body } = await ann
    .post('/v1/accounts/me/password', { currentPassword: 'not the one', newPassword: NEW_PASSWORD })
    .expect(403);

  assert.equal(body.type, '/problems/wrong-password');
  await ann.get('/v1/athletes/me').expect(200);
});

test('of two changes at once one wins', async () => {
  const ann = await api.newAthlete();
  const change = (newPassword: string) =>
    ann.post('/v1/accounts/me/password', { currentPassword: ann.password, newPassword });

  const answers = await Promise.all([change('the first new one'), change('the second new one')]);

  assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 403]);
});

test('a password is the same however its signs are composed', async () => {
  const { email } = await api.newAthlete();
  const address = `x${email}`;
  await api.anyone
    .post('/v1/athletes', { email: address, password: 'cafe\u0301 au lait', displayName: 'Ann' })
    .expect(201);

  await api.anyone.post('/v1/sessions', { email: address, password: 'caf\u00e9 au lait' }).expect(201);
});

test('athletes read their own account', async () => {
  const ann = await api.newAthlete();

  const { body } = await ann.get('/v1/accounts/me').expect(200);

  const { createdAt, ...rest } = body;
  assert.deepEqual(rest, {
    athleteId: ann.athleteId,
    email: ann.email,
    emailVerifiedAt: null,
    isFindableByEmail: false,
  });
  assert.ok(!Number.isNaN(Date.parse(createdAt)));
  await api.anyone.get('/v1/accounts/me').expect(401);
});
