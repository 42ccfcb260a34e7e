import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { InvalidToken, type SigningKey, Tokens } from '../../../api/http/tokens.js';

const Jwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

function newKey(kid: string): SigningKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, ...Jwk.parse(privateKey.export({ format: 'jwk' })) };
}

let now = new Date('2026-05-09T08:00:00Z');
const first = newKey('first');
const tokens = new Tokens([first], () => now);
const claims = { athleteId: randomUUID(), sessionId: randomUUID(), scopes: ['*'] };

const refusesAs = (reason: string) => (error: unknown) =>
  error instanceof InvalidToken && error.reason === reason;

test('an access token says what was put into it, for fifteen minutes', () => {
  const token = tokens.issueAccess(claims);
  assert.deepEqual(tokens.verifyAccess(token), claims);

  now = new Date(now.getTime() + 899_000);
  assert.deepEqual(tokens.verifyAccess(token), claims);
  now = new Date(now.getTime() + 2_000);
  assert.throws(() => tokens.verifyAccess(token), refusesAs('expired'));
});

test('a refresh token lasts thirty days and is no access token', () => {
  const refresh = { sessionId: randomUUID(), generation: 3, scopes: ['activity:read'] };
  const token = tokens.issueRefresh(refresh);

  assert.deepEqual(tokens.verifyRefresh(token), refresh);
  assert.throws(() => tokens.verifyAccess(token), refusesAs('invalid'));
  assert.throws(() => tokens.verifyRefresh(tokens.issueAccess(claims)), refusesAs('invalid'));
  now = new Date(now.getTime() + 30 * 86_400_000);
  assert.throws(() => tokens.verifyRefresh(token), refusesAs('expired'));
});

test('a new first key signs while the old one still verifies', () => {
  const second = newKey('second');
  const rotated = new Tokens([second, first], () => now);

  assert.deepEqual(rotated.verifyAccess(tokens.issueAccess(claims)), claims);
  assert.equal(jwt.decode(rotated.issueAccess(claims), { complete: true })?.header.kid, 'second');
  assert.throws(() => tokens.verifyAccess(rotated.issueAccess(claims)), refusesAs('invalid'));
});

test('the published keys verify our tokens and keep the secret', () => {
  const [published, ...others] = tokens.jwks().keys;

  assert.deepEqual(others, []);
  const { kid, x, y } = first;
  assert.deepEqual(published, { kid, kty: 'EC', crv: 'P-256', x, y, alg: 'ES256', use: 'sig' });
});

test('nothing that we have not signed is taken', () => {
  const { kid: _kid, ...jwk } = first;
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  const payload = { sub: claims.athleteId, sid: claims.sessionId, scope: '*' };
  const options = {
    keyid: 'first',
    issuer: 'paceline',
    audience: 'paceline:access',
    expiresIn: 900,
  } as const;
  const genuine = jwt.sign(payload, key, { ...options, algorithm: 'ES256' });
  assert.deepEqual(tokens.verifyAccess(genuine), claims, 'the rest could not fail');
  const forged = {
    'no algorithm': jwt.sign(payload, null, { ...options, algorithm: 'none' }),
    'our public key as a shared secret': jwt.sign(payload, first.x, { ...options, algorithm: 'HS256' }),
    'another key under our id': new Tokens([newKey('first')], () => now).issueAccess(claims),
    'an unknown id': jwt.sign(payload, key, { ...options, keyid: 'other', algorithm: 'ES256' }),
    'another issuer': jwt.sign(payload, key, { ...options, issuer: 'other', algorithm: 'ES256' }),
    'another audience': jwt.sign(payload, key, { ...options, audience: 'other', algorithm: 'ES256' }),
    'claims of another shape': jwt.sign({ ...payload, sub: 'me' }, key, { ...options, algorithm: 'ES256' }),
    'a changed payload': tokens
      .issueAccess(claims)
      .replace(/\.[^.]+\./, `.${Buffer.from('{}').toString('base64url')}.`),
    'no token at all': 'token',
    nothing: '',
  };

  for (const [how, token] of Object.entries(forged)) {
    assert.throws(() => tokens.verifyAccess(token), refusesAs('invalid'), how);
  }
});
