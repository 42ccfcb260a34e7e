import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { setTimeout as passed } from 'node:timers/promises';
import { pino } from 'pino';
import { z } from 'zod';
import { type Answer, type Call, created, Endpoint, ok } from '../../../api/http/endpoint.js';
import { Idempotency } from '../../../api/http/idempotency.js';
import { connectRedis } from '../../../api/stores/redis.js';
import { startServer } from './start-server.js';

class EmailTaken extends Error {
  readonly problem = 'stale-version';
}

const Order = z.strictObject({ name: z.string(), secret: z.string().optional() });

let made = 0;
let hold: Promise<void> | undefined;

class OrdersController {
  @Endpoint('POST /v1/orders', {
    action: 'service.read',
    decided: 'atDoor',
    summary: 'Order',
    body: Order,
    answers: { 201: z.unknown() },
  })
  async order({ body }: Call<{ body: typeof Order }>): Promise<Answer> {
    made += 1;
    if (body.name === 'taken') throw new EmailTaken('it is taken');
    if (body.name === 'stranger' && made === 1)
      throw Object.assign(new Error(), { problem: 'unauthenticated' });
    if (body.name === 'broken' && made === 1) throw new Error('broken once');
    await hold;
    return created({ number: made, secret: body.secret ?? null }, `/v1/orders/${made}`, { version: 3 });
  }

  @Endpoint('POST /v1/parcels', {
    action: 'service.read',
    decided: 'atDoor',
    summary: 'Send',
    consumes: 'multipart/form-data',
    answers: { 200: z.unknown() },
  })
  async send({ request }: Call): Promise<Answer> {
    made += 1;
    let bytes = 0;
    for await (const chunk of request) bytes += chunk.length;
    return ok({ number: made, bytes });
  }
}

const server = await startServer([OrdersController]);
const { authorization } = await server.newSession();
const { redis, config } = server.app;

const order = (key: string, body: object, as = authorization) =>
  server.request.post('/v1/orders').set({ authorization: as, 'idempotency-key': key }).send(body);

test('the same request again gets the answer of the first and does nothing', async () => {
  made = 0;
  const key = randomUUID();
  const first = await order(key, { name: 'bell' });
  const again = await order(key, { name: 'bell' });

  assert.equal(made, 1);
  assert.equal(first.headers['idempotency-replayed'], undefined);
  assert.equal(again.headers['idempotency-replayed'], 'true');
  assert.deepEqual([again.status, again.text], [201, first.text]);
  for (const name of ['location', 'etag', 'content-type'])
    assert.equal(again.headers[name], first.headers[name]);
});

test('a refusal is an answer as well, a mishap or a missing log-in is not', async () => {
  made = 0;
  const [taken, broken] = [randomUUID(), randomUUID()];
  const refused = await order(taken, { name: 'taken' });
  const refusedAgain = await order(taken, { name: 'taken' });
  made = 0;
  const mishap = await order(broken, { name: 'broken' });
  const secondTry = await order(broken, { name: 'broken' });
  made = 0;
  const stranger = await order(`${broken}-2`, { name: 'stranger' });
  const known = await order(`${broken}-2`, { name: 'stranger' });

  assert.equal(refused.status, 412);
  assert.deepEqual([refusedAgain.text, refusedAgain.headers['idempotency-replayed']], [refused.text, 'true']);
  assert.deepEqual([mishap.status, secondTry.status], [500, 201]);
  assert.deepEqual([stranger.status, known.status], [401, 201]);
});

test('another request with the same key is refused', async () => {
  const key = randomUUID();
  await order(key, { name: 'bell' });

  const otherBody = await order(key, { name: 'horn' });
  const otherCondition = await order(key, { name: 'bell' }).set('if-match', '"3.abc"');

  for (const response of [otherBody, otherCondition]) {
    assert.deepEqual([response.status, response.body.type], [422, '/problems/idempotency-mismatch']);
  }
});

test('a key belongs to its caller and to its route', async () => {
  made = 0;
  const key = randomUUID();
  const other = await server.newSession();
  await order(key, { name: 'bell' });

  const byOther = await order(key, { name: 'horn' }, other.authorization);
  const byNobody = await server.request.post('/v1/orders').set('idempotency-key', key).send({ name: 'lamp' });
  const elsewhere = await server.request
    .post('/v1/parcels')
    .set({ authorization, 'idempotency-key': key })
    .field('name', 'bell');

  assert.deepEqual([byOther.status, byNobody.status, elsewhere.status, made], [201, 201, 200, 4]);
});

test('while the first request is under way, the same one is told to wait', async () => {
  made = 0;
  const key = randomUUID();
  let release = () => {};
  hold = new Promise((resolve) => {
    release = resolve;
  });
  const first = order(key, { name: 'bell' }).then((response) => response);
  while (made === 0) await passed(5);

  const second = await order(key, { name: 'bell' });
  hold = undefined;
  release();

  assert.deepEqual([second.status, second.body.type], [409, '/problems/idempotency-in-flight']);
  assert.equal(second.headers['retry-after'], '1');
  assert.equal((await first).status, 201);
  assert.equal((await order(key, { name: 'bell' })).headers['idempotency-replayed'], 'true');
});

test('of many equal requests at once, one does the work', async () => {
  made = 0;
  const key = randomUUID();

  const answers = await Promise.all(Array.from({ length: 10 }, () => order(key, { name: 'bell' })));

  assert.equal(made, 1);
  const statuses = new Set(answers.map(({ status }) => status));
  assert.ok(
    [...statuses].every((status) => status === 201 || status === 409),
    [...statuses].join(),
  );
});

test('of an upload the type and the length tell it apart', async () => {
  made = 0;
  const key = randomUUID();
  const send = (content: string) =>
    server.request
      .post('/v1/parcels')
      .set({ authorization, 'idempotency-key': key })
      .attach('file', Buffer.from(content), 'a.fit');

  const first = await send('abc');
  const again = await send('abc');
  const longer = await send('abcd');

  assert.deepEqual([first.status, again.status, longer.status, made], [200, 200, 422, 1]);
  assert.equal(again.text, first.text);
});

test('keys of the wrong form are refused', async () => {
  for (const key of ['a b', 'x'.repeat(256)]) {
    const response = await order(key, { name: 'bell' });
    assert.deepEqual([response.status, response.body.header], [400, 'Idempotency-Key']);
  }
});

test('what is kept tells nothing and lives for a day', async () => {
  const mine = await server.newSession();
  await order(randomUUID(), { name: 'bell', secret: 'a refresh token' }, mine.authorization);

  const [record = '', ...more] = await redis.keys(`idempotency:{${mine.athleteId}}:*`);
  const kept = JSON.stringify(await redis.hGetAll(record));

  assert.equal(more.length, 0);
  assert.doesNotMatch(kept, /bell|number|secret|token/);
  const daySeconds = 24 * 60 * 60;
  const lifeSeconds = await redis.ttl(record);
  assert.ok(lifeSeconds > daySeconds - 60 && lifeSeconds <= daySeconds, String(lifeSeconds));
});

test('a process that dies gives its key back when the lease ends', async () => {
  const idempotency = new Idempotency(config.MASTER_KEY, redis, server.app.log);
  const request = {
    caller: randomUUID(),
    idempotencyKey: randomUUID(),
    route: 'POST /v1/orders',
    likeness: ['/v1/orders', '', 'digest'],
  };
  const dead = await idempotency.begin(request);
  assert.ok('release' in dead);
  const [record = ''] = await redis.keys(`idempotency:{${request.caller}}:*`);
  const leaseMilliseconds = Number(await redis.hGet(record, 'leaseUntil')) - Date.now();
  await assert.rejects(idempotency.begin(request), { problem: 'idempotency-in-flight' });
  await redis.hSet(record, 'leaseUntil', Date.now());
  await assert.rejects(idempotency.begin({ ...request, likeness: ['other'] }), {
    problem: 'idempotency-mismatch',
  });

  const heir = await idempotency.begin(request);
  // The one believed dead wakes up: its answer must not pass for the heir's.
  await dead.keep({ status: 200, headers: {}, body: 'of the dead' });
  await assert.rejects(idempotency.begin(request), { problem: 'idempotency-in-flight' });
  assert.ok('keep' in heir);
  await heir.keep({ status: 201, headers: {}, body: 'of the heir' });

  assert.ok(leaseMilliseconds > 50_000 && leaseMilliseconds <= 60_000, String(leaseMilliseconds));
  assert.equal(heir.idOf('order'), dead.idOf('order'));
  assert.notEqual(heir.idOf('order'), heir.idOf('parcel'));
  assert.deepEqual(await idempotency.begin(request), { status: 201, headers: {}, body: 'of the heir' });
});

test('without Redis a request with a key is refused, one without goes on', async () => {
  const gone = await connectRedis(config.REDIS_URL, pino({ level: 'silent' }));
  await gone.close();
  const lonely = await startServer([OrdersController], {}, { redis: gone });

  const withKey = await lonely.request.post('/v1/orders').set('idempotency-key', 'a').send({ name: 'bell' });
  const without = await lonely.request.post('/v1/orders').send({ name: 'bell' });

  assert.deepEqual([withKey.status, withKey.body.type], [503, '/problems/idempotency-unavailable']);
  assert.equal(withKey.headers['retry-after'], '5');
  assert.equal(without.status, 201);
});

after(() => {
  hold = undefined;
});
