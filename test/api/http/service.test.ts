import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import jwt from 'jsonwebtoken';
import { HealthController } from '../../../api/health/health.controller.js';
import { Tokens } from '../../../api/http/tokens.js';
import { ReferenceController } from '../../../api/reference/reference.controller.js';
import { assertDocumented } from '../../support/validate-answers.js';
import { startServer } from './start-server.js';

const answering = { ping: async () => {} } as never;
const refusing = { ping: async () => Promise.reject(new Error('connection to 10.0.0.7 refused')) } as never;
const silent = { ping: () => new Promise(() => {}), evalSha: () => new Promise(() => {}) } as never;

const controllers = [HealthController, ReferenceController];
const server = await startServer(controllers, {}, { series: answering });

const get = async (path: string, from = server) => {
  const response = await from.request.get(path);
  assertDocumented({
    method: 'GET',
    path,
    ...response,
    headers: response.headers,
    status: response.status,
    body: response.body,
  });
  return response;
};

test('a process whose stores answer is ready', async () => {
  const response = await get('/health/ready');

  assert.deepEqual([response.status, response.body], [200, { status: 'ready' }]);
});

test('a process whose stores fail or hang says which, soon, and lives all the same', async () => {
  const alone = await startServer(controllers, {}, { graph: refusing, series: silent, redis: silent });
  const startedAt = performance.now();

  const ready = await get('/health/ready', alone);
  const live = await get('/health/live', alone);

  assert.equal(ready.status, 503);
  assert.deepEqual(ready.body.failing, ['neo4j', 'timescale', 'redis']);
  assert.doesNotMatch(ready.text, /10\.0\.0\.7/);
  assert.ok(performance.now() - startedAt < 1_900);
  assert.deepEqual([live.status, live.body], [200, { status: 'live' }]);
});

test('probes record no decision and count against no limit', async () => {
  server.decisions.length = 0;
  const { headers } = await get('/health/live');

  assert.equal(headers['ratelimit-limit'], undefined);
  assert.deepEqual(server.decisions, []);
});

test('whoever has the published key can verify a token', async () => {
  const { body } = await get('/.well-known/jwks.json');
  const tokens = new Tokens(server.app.config.TOKEN_KEYS, server.app.now);
  const token = tokens.issueAccess({ athleteId: 'a', sessionId: 's', scopes: ['*'] });
  const kid = jwt.decode(token, { complete: true })?.header.kid;
  const key = body.keys.find((candidate: { kid: string }) => candidate.kid === kid);

  assert.ok(jwt.verify(token, createPublicKey({ key, format: 'jwk' }), { algorithms: ['ES256'] }));
  assert.doesNotMatch(JSON.stringify(body), /"d"/);
});

test('the document is served and not sent twice to who has it', async () => {
  const first = await get('/openapi.json');
  const again = await server.request.get('/openapi.json').set('if-none-match', first.headers.etag ?? '');

  assert.equal(first.body.openapi, '3.1.0');
  assert.equal(again.status, 304);
});

test('the reference page comes with everything that it needs, from here alone', async () => {
  const page = await get('/reference');
  const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => String(path));

  assert.match(
    page.headers['content-security-policy'] ?? '',
    /script-src 'self';style-src 'self' 'unsafe-inline'/,
  );
  assert.equal(parts.length, 4);
  for (const path of parts) {
    assert.ok(path.startsWith('/reference/'), path);
    assert.equal((await get(path)).status, 200, path);
  }
  const start = await server.request.get('/reference/start.js').buffer(true);
  assert.match(start.text ?? start.body.toString(), /'\/openapi\.json'/);
});

test('the page serves its own parts and no other file', async () => {
  for (const asset of ['package.json', '..%2F..%2Fpackage.json', 'constructor', '__proto__']) {
    assert.equal((await server.request.get(`/reference/${asset}`)).status, 404, asset);
  }
});
