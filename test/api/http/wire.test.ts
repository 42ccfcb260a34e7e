import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BROKEN, MISSING, RIDE, RidesController, SECRET } from './rides.js';
import { startServer } from './start-server.js';

const server = await startServer([RidesController]);
const { authorization } = await server.newSession();
const as = { authorization };

interface Refusal {
  readonly name: string;
  readonly send: () => ReturnType<typeof server.request.get>;
  readonly status: number;
  readonly slug: string;
}

const refusals: readonly Refusal[] = [
  { name: 'an unknown path', send: () => server.request.get('/v1/nothing'), status: 404, slug: 'not-found' },
  {
    name: 'an id of the wrong form',
    send: () => server.request.get('/v1/rides/17').set(as),
    status: 404,
    slug: 'not-found',
  },
  {
    name: 'a second spelling of a path',
    send: () => server.request.get('/V1/rides/latest/'),
    status: 404,
    slug: 'not-found',
  },
  {
    name: 'a method that the path does not know',
    send: () => server.request.put('/v1/rides'),
    status: 405,
    slug: 'method-not-allowed',
  },
  {
    name: 'a path that is not UTF-8',
    send: () => server.request.get('/v1/rides/%E0%A4%A'),
    status: 400,
    slug: 'bad-request',
  },
  {
    name: 'broken JSON',
    send: () => server.request.post('/v1/rides').type('json').send('{"anything": '),
    status: 400,
    slug: 'broken-json',
  },
  {
    name: 'a body that is no JSON',
    send: () => server.request.post('/v1/rides').type('text/plain').send('hello'),
    status: 415,
    slug: 'unsupported-media-type',
  },
  {
    name: 'JSON where a form is taken',
    send: () => server.request.post(`/v1/rides/${RIDE}/original`).send({}),
    status: 415,
    slug: 'unsupported-media-type',
  },
  {
    name: 'a body over 1 MB',
    send: () => server.request.post('/v1/rides').send({ anything: 'x'.repeat(1_100_000) }),
    status: 413,
    slug: 'too-large',
  },
  {
    name: 'no body where one is taken',
    send: () => server.request.post('/v1/rides'),
    status: 422,
    slug: 'bad-body',
  },
  {
    name: 'a body where none is taken',
    send: () => server.request.delete(`/v1/rides/${RIDE}`).set(as).send({ now: true }),
    status: 422,
    slug: 'bad-body',
  },
  {
    name: 'nobody at a route that asks for a log-in',
    send: () => server.request.get(`/v1/rides/${RIDE}`),
    status: 401,
    slug: 'unauthenticated',
  },
  {
    name: 'an entity tag without quotes',
    send: () => server.request.patch(`/v1/rides/${RIDE}`).set(as).set('if-match', '7').send({ name: 'a' }),
    status: 400,
    slug: 'bad-header',
  },
  {
    name: 'an entity tag without a version',
    send: () =>
      server.request.patch(`/v1/rides/${RIDE}`).set(as).set('if-match', '"abc"').send({ name: 'a' }),
    status: 412,
    slug: 'stale-version',
  },
];

for (const { name, send, status, slug } of refusals) {
  test(`refuses ${name} with a problem`, async () => {
    const response = await send();

    assert.equal(response.status, status);
    assert.equal(response.headers['content-type'], 'application/problem+json');
    assert.equal(response.body.type, `/problems/${slug}`);
    assert.equal(response.body.status, status);
    assert.equal(
      response.body.instance,
      decodeURI(response.request.url.replace(server.url, '').replaceAll('%', '%25')),
    );
    assert.ok(response.body.title && response.body.hint);
    assert.ok(response.headers['x-request-id']);
  });
}

test('a concealed thing and a missing one are told by the same bytes', async () => {
  const concealed = await server.request.get(`/v1/rides/${SECRET}`).set(as);
  const missing = await server.request.get(`/v1/rides/${MISSING}`).set(as);

  assert.equal(concealed.status, 404);
  assert.equal(concealed.text.replace(SECRET, MISSING), missing.text);
  const told = ({ headers }: typeof missing) => Object.keys(headers).sort();
  assert.deepEqual(told(concealed), told(missing));
});

test('405 lists the methods that the path knows', async () => {
  const response = await server.request.put(`/v1/rides/${RIDE}`);

  assert.equal(response.headers.allow, 'DELETE, GET, HEAD, PATCH');
});

test('every mistake in a body is listed with its path, unknown fields too', async () => {
  const response = await server.request
    .patch(`/v1/rides/${RIDE}`)
    .set(as)
    .send({ laps: [{ seconds: 'many', count: 1 }], nam: 'a' });

  assert.equal(response.status, 422);
  assert.deepEqual(response.body.errors.map(({ path }: { path: string }) => path).sort(), [
    'laps.0.count',
    'laps.0.seconds',
    'nam',
    'name',
  ]);
});

test('unknown, repeated and wrong query parameters are refused by name', async () => {
  const path = `/v1/rides/${RIDE}`;
  const unknown = await server.request.get(`${path}?point=3&__proto__=1`).set(as);
  const repeated = await server.request.get(`${path}?channels=a&channels=b`).set(as);
  const wrong = await server.request.get(`${path}?points=some`).set(as);
  const none = await server.request.get('/v1/rides/latest?now=1').set(as);

  for (const { status, body } of [unknown, repeated, wrong, none]) {
    assert.equal(status, 400);
    assert.equal(body.type, '/problems/bad-query');
  }
  assert.deepEqual(unknown.body.errors.map(({ path }: { path: string }) => path).sort(), [
    '__proto__',
    'point',
  ]);
  assert.deepEqual(repeated.body.errors, [{ path: 'channels', message: 'given more than once' }]);
});

test('numbers in a query arrive as numbers', async () => {
  const response = await server.request.get(`/v1/rides/${RIDE}?points=30`).set(as);

  assert.deepEqual(response.body, { rideId: RIDE, name: 'points: 30' });
});

test('a route with a fixed name is found behind one with a placeholder', async () => {
  const response = await server.request.get('/v1/rides/latest');

  assert.deepEqual([response.status, response.body], [200, { rideId: 'latest', name: 'service.read' }]);
});

test('a view is told with its version, and 304 when the reader has it', async () => {
  const first = await server.request.get(`/v1/rides/${RIDE}`).set(as);
  const etag = first.headers.etag ?? '';
  const again = await server.request
    .get(`/v1/rides/${RIDE}`)
    .set(as)
    .set('if-none-match', `"other", W/${etag}`);
  const other = await server.request.get(`/v1/rides/${RIDE}?points=1`).set(as).set('if-none-match', etag);

  assert.match(etag, /^"7\.[\w-]{16}"$/);
  assert.equal(first.headers['cache-control'], 'private, no-cache');
  assert.deepEqual([again.status, again.text, again.headers.etag], [304, '', etag]);
  assert.equal(again.headers['content-type'], undefined);
  assert.equal(other.status, 200);
});

test('an edit hears the version that the caller has seen', async () => {
  const edit = () => server.request.patch(`/v1/rides/${RIDE}`).set(as).send({ name: 'a' });

  const given = await edit().set('if-match', '"7.abcdef"');
  const any = await edit().set('if-match', '*');
  const none = await edit();

  assert.equal(given.body.name, 'a from version 7');
  assert.equal(any.body.name, 'a from version undefined');
  assert.equal(none.body.name, 'a from version undefined');
});

test('HEAD answers like GET without a body', async () => {
  const get = await server.request.get(`/v1/rides/${RIDE}`).set(as);
  const head = await server.request.head(`/v1/rides/${RIDE}`).set(as);

  assert.equal(head.status, 200);
  assert.equal(head.headers.etag, get.headers.etag);
  assert.equal(head.headers['content-length'], get.headers['content-length']);
  assert.equal(head.text, undefined);
});

test('a file keeps its name whatever is in it', async () => {
  const response = await server.request.get(`/v1/rides/${RIDE}/original`).buffer(true);

  assert.equal(response.headers['content-type'], 'application/octet-stream');
  assert.match(
    response.headers['content-disposition'] ?? '',
    /^attachment; filename=".*"; filename\*=UTF-8''M%C3%A4rz%20%221%22\.fit$/,
  );
});

test('an upload reaches its method as a stream', async () => {
  const response = await server.request
    .post(`/v1/rides/${RIDE}/original`)
    .attach('file', Buffer.alloc(2_000_000), 'ride.fit');

  assert.equal(response.status, 200);
  assert.ok(response.body.bytes > 2_000_000);
});

test('what goes wrong inside is told without a word of it, and logged with the request id', async () => {
  server.lines.length = 0;
  const response = await server.request
    .delete(`/v1/rides/${BROKEN}`)
    .set(as)
    .set('x-request-id', 'ride-17-broken');

  assert.equal(response.status, 500);
  assert.equal(response.body.type, '/problems/internal');
  assert.equal(response.body.requestId, 'ride-17-broken');
  assert.doesNotMatch(response.text, /relation|SELECT|at .*\.js/);
  const logged = server.lines.find(({ level }) => level === 50);
  assert.equal(logged?.requestId, 'ride-17-broken');
  assert.match(JSON.stringify(logged), /relation .* does not exist/);
});

test('a sealed value that nobody opened does not reach the wire', async () => {
  const response = await server.request.get('/v1/forgotten');

  assert.equal(response.status, 500);
  assert.doesNotMatch(response.text, /secret/);
});

test('a sane request id is echoed, any other is replaced', async () => {
  const sane = await server.request.get('/v1/nothing').set('x-request-id', 'a1b2.c3-d4_e5');
  const insane = await server.request.get('/v1/nothing').set('x-request-id', '<script>alert(1)</script>');

  assert.equal(sane.headers['x-request-id'], 'a1b2.c3-d4_e5');
  assert.match(insane.headers['x-request-id'] ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});

test('the log holds no token, no body and no query', async () => {
  server.lines.length = 0;
  await server.request.patch(`/v1/rides/${RIDE}?token=query-secret`).set(as).send({ name: 'body-secret' });
  await server.request.get(`/v1/rides/${RIDE}?points=31415`).set(as);

  const text = JSON.stringify(server.lines);
  assert.doesNotMatch(text, /query-secret|body-secret|31415/);
  assert.ok(!text.includes(authorization.slice('Bearer '.length)));
  assert.deepEqual(
    server.lines.map(({ method, route, status }) => ({ method, route, status })),
    [
      { method: 'PATCH', route: '/v1/rides/{rideId}', status: 400 },
      { method: 'GET', route: '/v1/rides/{rideId}', status: 200 },
    ],
  );
});

test('answers carry the headers that keep browsers safe', async () => {
  const { headers } = await server.request.get('/v1/rides/latest');

  assert.equal(headers['content-security-policy'], "default-src 'none';frame-ancestors 'none'");
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['x-powered-by'], undefined);
});

test('large answers are compressed when the reader can read that, small ones are not', async () => {
  const send = (anything: string) =>
    server.request.post('/v1/rides').set('accept-encoding', 'gzip').send({ anything });

  const large = await send('ride '.repeat(2_000));
  const small = await send('ride');

  assert.equal(large.headers['content-encoding'], 'gzip');
  assert.equal(large.body.anything.length, 10_000);
  assert.equal(small.headers['content-encoding'], undefined);
});

const harmless: readonly (readonly [name: string, json: string])[] = [
  [
    'a prototype',
    '{"anything": {"__proto__": {"isAdmin": true}, "constructor": {"prototype": {"isAdmin": true}}}}',
  ],
  ['what looks like a promise', '{"anything": {"then": true, "catch": true, "toJSON": "no"}}'],
  ['brackets a thousand deep', `{"anything": ${'['.repeat(1_000)}${']'.repeat(1_000)}}`],
];

for (const [name, json] of harmless) {
  test(`a body with ${name} is only data`, async () => {
    const response = await server.request.post('/v1/rides').type('json').send(json);

    assert.equal(response.status, 201);
    assert.deepEqual(JSON.parse(response.text), JSON.parse(json));
    assert.equal(Reflect.get({}, 'isAdmin'), undefined);
  });
}

test('a prototype in place of a field is an unknown field', async () => {
  const response = await server.request
    .post('/v1/rides')
    .type('json')
    .send('{"anything": 1, "__proto__": {"isAdmin": true}, "then": 1}');

  assert.equal(response.status, 422);
  assert.deepEqual(response.body.errors.map(({ path }: { path: string }) => path).sort(), [
    '__proto__',
    'then',
  ]);
});

test('a body nested beyond all reason is answered and the server lives', async () => {
  const depth = 400_000;
  const response = await server.request
    .post('/v1/rides')
    .type('json')
    .set('idempotency-key', 'deep')
    .send(`{"anything": ${'['.repeat(depth)}${']'.repeat(depth)}}`);

  assert.ok(response.status >= 400, String(response.status));
  assert.equal((await server.request.get('/v1/rides/latest')).status, 200);
});
