import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { RIDE, RidesController } from './rides.js';
import { startServer } from './start-server.js';

const server = await startServer([RidesController], { CORS_ORIGINS: 'https://app.example' });
const port = Number(new URL(server.url).port);

async function answerTo(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

const unreadable: readonly (readonly [name: string, bytes: string, status: number, slug: string])[] = [
  ['no HTTP at all', 'hello\r\n\r\n', 400, 'bad-request'],
  [
    'more headers than anybody needs',
    `GET / HTTP/1.1\r\nHost: a\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`,
    431,
    'headers-too-large',
  ],
];

for (const [name, bytes, status, slug] of unreadable) {
  test(`${name} is answered with a problem`, async () => {
    const [head = '', body = ''] = (await answerTo(bytes)).split('\r\n\r\n');

    assert.match(head, new RegExp(`^HTTP/1.1 ${status} `));
    assert.match(head, /Content-Type: application\/problem\+json/);
    assert.match(head, /X-Request-Id: /);
    assert.equal(JSON.parse(body).type, `/problems/${slug}`);
  });
}

test('a method that nobody serves is 405 where there is something and 404 where not', async () => {
  const ask = (path: string) => fetch(`${server.url}${path}`, { method: 'PROPFIND' });

  assert.equal((await ask('/v1/rides/latest')).status, 405);
  assert.equal((await ask('/v1/nothing')).status, 404);
});

test('a small body that unpacks to a large one is too large', async () => {
  const bomb = gzipSync(JSON.stringify({ anything: ' '.repeat(50_000_000) }));
  const response = await fetch(`${server.url}/v1/rides`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: bomb,
  });

  assert.ok(bomb.length < 100_000);
  assert.equal(response.status, 413);
});

test('an upload that is refused at once is still told why', async () => {
  const body = new FormData();
  body.set('file', new Blob([new Uint8Array(24_000_000)]), 'ride.fit');
  const response = await fetch(`${server.url}/v1/rides/${RIDE}/original`, {
    method: 'POST',
    headers: { authorization: 'Bearer old' },
    body,
  });

  assert.equal(response.status, 401);
  assert.match(await response.text(), /unauthenticated/);
});

test('browsers may call from the origins that are configured and from no other', async () => {
  const preflight = (origin: string) =>
    server.request.options(`/v1/rides/${RIDE}`).set({
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization',
    });

  const ours = await preflight('https://app.example');
  const other = await preflight('https://evil.example');
  const answer = await server.request.get('/v1/rides/latest').set('origin', 'https://app.example');

  assert.equal(ours.status, 204);
  assert.equal(ours.headers['access-control-allow-origin'], 'https://app.example');
  assert.match(ours.headers['access-control-allow-methods'] ?? '', /PATCH/);
  assert.equal(other.headers['access-control-allow-origin'], undefined);
  assert.match(answer.headers['access-control-expose-headers'] ?? '', /ETag,Location,Retry-After/);
});

test('a caller cannot choose the address that they are counted by', async () => {
  const limited = await startServer([RidesController], { ANONYMOUS_PER_MINUTE: '1' });
  const from = (address: string) => limited.request.get('/v1/rides/latest').set('x-forwarded-for', address);
  await from('203.0.113.1');

  const { status } = await from('203.0.113.2');

  assert.equal(status, 429);
});

test('a store that is away is told as such, not as a mistake', async () => {
  const unreachable = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:7687'), {
    code: 'ServiceUnavailable',
  });
  const graph = { query: () => Promise.reject(unreachable) } as never;
  const lonely = await startServer([RidesController], {}, { graph });
  const { authorization } = await lonely.newSession();

  const response = await lonely.request.get('/v1/rides/latest').set({ authorization });

  assert.deepEqual([response.status, response.body.type], [503, '/problems/unavailable']);
  assert.equal(response.headers['retry-after'], '5');
  assert.doesNotMatch(response.text, /10\.0\.0\.7/);
});
