import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, test } from 'node:test';
import supertest from 'supertest';
import { startApi } from '../../support/app.js';

// Each test calls from addresses of its own; the API believes them because one proxy is trusted.
const api = await startApi({
  FAILED_LOGINS_PER_ACCOUNT: '3',
  FAILED_LOGINS_PER_ADDRESS: '5',
  TRUSTED_PROXIES: '1',
});
after(() => api.stop());

const anAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
const logIn = (address: string, email: string, password: string) =>
  supertest(api.url).post('/v1/sessions').set('x-forwarded-for', address).send({ email, password });

test('three wrong passwords close the account to everybody for a while', async () => {
  const { email, password } = await api.newAthlete();
  for (let failures = 0; failures < 3; failures += 1)
    await logIn(anAddress(), email, 'wrong one').expect(401);

  const { body, headers } = await logIn(anAddress(), email, password).expect(429);

  assert.equal(body.type, '/problems/too-many-failures');
  assert.ok(Number(headers['retry-after']) > 0 && Number(headers['retry-after']) <= 900);
});

test('an address without an account is throttled just the same', async () => {
  const { email } = await api.newAthlete();
  for (let failures = 0; failures < 3; failures += 1)
    await logIn(anAddress(), `x${email}`, 'wrong one').expect(401);

  await logIn(anAddress(), `x${email}`, 'wrong one').expect(429);
});

test('five wrong passwords from one address close it, whatever the accounts', async () => {
  const address = anAddress();
  const { email, password } = await api.newAthlete();
  for (let failures = 0; failures < 5; failures += 1)
    await logIn(address, `${failures}${email}`, 'wrong one').expect(401);

  await logIn(address, email, password).expect(429);
  await logIn(anAddress(), email, password).expect(201);
});

test('log-ins that succeed never count', async () => {
  const address = anAddress();
  const { email, password } = await api.newAthlete();

  const answers = await Promise.all(Array.from({ length: 12 }, () => logIn(address, email, password)));

  assert.deepEqual(
    answers.map(({ status }) => status),
    Array(12).fill(201),
  );
});

test('forty guesses at once get no further than a few', async () => {
  const { email } = await api.newAthlete();

  const answers = await Promise.all(Array.from({ length: 40 }, () => logIn(anAddress(), email, 'wrong one')));

  const tried = answers.filter(({ status }) => status === 401);
  // Two are compared at once, so one may be under way when the third fails.
  assert.ok(tried.length <= 4, `${tried.length} were compared`);
});

test('guessing the password of a stolen session is throttled as well', async () => {
  const ann = await api.newAthlete();
  const change = (currentPassword: string) =>
    ann
      .post('/v1/accounts/me/password', { currentPassword, newPassword: 'another long one' })
      .set('x-forwarded-for', anAddress());
  for (let failures = 0; failures < 3; failures += 1) await change('wrong one').expect(403);

  await change(ann.password).expect(429);
});
