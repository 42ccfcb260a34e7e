import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { pino } from 'pino';
import { RateLimits } from '../../../api/http/rate-limits.js';
import { countInMemory } from '../../../api/http/rate-window.js';
import { connectRedis, runScript, script } from '../../../api/stores/redis.js';
import { RIDE, RidesController } from './rides.js';
import { startServer } from './start-server.js';

const settings = { READS_PER_MINUTE: '5', WRITES_PER_MINUTE: '3', UPLOADS_PER_HOUR: '2' };
const server = await startServer([RidesController], settings);

test('an athlete is told what is left of each limit and refused beyond it', async () => {
  const { authorization } = await server.newSession();
  const read = () => server.request.get('/v1/rides/latest').set({ authorization });

  const answers = [await read(), await read(), await read(), await read(), await read(), await read()];

  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 200, 200, 429],
  );
  assert.deepEqual(
    answers.map(({ headers }) => headers['ratelimit-remaining']),
    ['4', '3', '2', '1', '0', '0'],
  );
  const refused = answers.at(-1);
  assert.equal(refused?.body.type, '/problems/rate-limited');
  assert.equal(refused?.headers['ratelimit-limit'], '5');
  assert.equal(refused?.headers['retry-after'], refused?.headers['ratelimit-reset']);
  assert.ok(Number(refused?.headers['retry-after']) >= 1);
});

test('reads, writes and uploads are counted apart', async () => {
  const { authorization } = await server.newSession();
  const limitOf = async (sent: ReturnType<typeof server.request.get>) =>
    (await sent.set({ authorization })).headers['ratelimit-limit'];

  assert.equal(await limitOf(server.request.head('/v1/rides/latest')), '5');
  assert.equal(await limitOf(server.request.post('/v1/rides').send({ anything: 1 })), '3');
  assert.equal(await limitOf(server.request.delete(`/v1/rides/${RIDE}`)), '3');
  assert.equal(
    await limitOf(server.request.post(`/v1/rides/${RIDE}/original`).attach('file', Buffer.from('a'), 'a')),
    '2',
  );
});

test('athletes do not use up one another', async () => {
  const [one, other] = [await server.newSession(), await server.newSession()];
  for (let i = 0; i < 6; i++)
    await server.request.get('/v1/rides/latest').set({ authorization: one.authorization });

  const response = await server.request.get('/v1/rides/latest').set({ authorization: other.authorization });

  assert.equal(response.headers['ratelimit-remaining'], '4');
});

test('an address without tokens has a limit of its own, bad tokens count too', async () => {
  const anyone = await startServer([RidesController], { ANONYMOUS_PER_MINUTE: '4', TRUSTED_PROXIES: '1' });
  const from = (address: string, authorization?: string) => {
    const request = anyone.request.get('/v1/rides/latest').set('x-forwarded-for', address);
    return authorization ? request.set({ authorization }) : request;
  };
  const address = `2001:db8:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}`;
  const statuses = [];
  for (let i = 0; i < 2; i++) statuses.push((await from(`${address}::${i}`)).status);
  for (let i = 0; i < 3; i++) statuses.push((await from(`${address}::${i}`, 'Bearer guess')).status);

  assert.deepEqual(statuses, [200, 200, 401, 401, 429]);
});

test('while Redis is away requests go on, counted by this process and warned about once', async () => {
  const lines: { msg: string }[] = [];
  const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
  const redis = await connectRedis(server.app.config.REDIS_URL, log);
  await redis.close();
  const limits = new RateLimits(server.app.config, redis, log, () => new Date('2030-01-01T00:00:01Z'));
  const athleteId = randomUUID();

  const allowances = [];
  for (let i = 0; i < 4; i++) allowances.push(await limits.take('writes', athleteId));

  assert.deepEqual(
    allowances.map(({ isAllowed }) => isAllowed),
    [true, true, true, false],
  );
  assert.deepEqual(
    allowances.map(({ remaining }) => remaining),
    [2, 1, 0, 0],
  );
  assert.equal(lines.length, 1);
});

test('a Redis that hangs costs a tenth of a second, not the request', async () => {
  const hung = { evalSha: () => new Promise(() => {}) } as unknown as typeof server.app.redis;
  const limits = new RateLimits(server.app.config, hung, pino({ level: 'silent' }), server.app.now);
  const startedAt = performance.now();

  const allowance = await limits.take('reads', randomUUID());

  assert.equal(allowance.isAllowed, true);
  assert.ok(performance.now() - startedAt < 1_000);
});

const redis = await connectRedis(server.app.config.REDIS_URL, server.app.log);
after(() => redis.close());

// The clock of Redis cannot be set, so the script runs with the time that it is told.
const { lua } = script('api/http/rate-limit.lua');
const told = lua.replace("redis.call('TIME')", '{ math.floor(ARGV[3] / 1000), ARGV[3] % 1000 * 1000 }');

test('the script counts exactly as the memory of a process does', async () => {
  assert.notEqual(told, lua);
  const clocked = { lua: told, sha1: (await redis.scriptLoad(told)) ?? '' };
  const steps = fc.array(fc.integer({ min: 0, max: 1_500 }), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), steps, async (limit, pauses) => {
      const [key, windowMilliseconds] = [`limit:{${randomUUID()}}:test`, 1_000];
      const count = countInMemory();
      let now = 1_900_000_000_000;
      for (const pause of pauses) {
        now += pause;
        const here = count(key, limit, windowMilliseconds, now);
        const there = await runScript(
          redis,
          clocked,
          [key],
          [String(limit), String(windowMilliseconds), String(now)],
        );
        assert.deepEqual(there, [here.isAllowed ? 1 : 0, here.remaining, here.waitMilliseconds]);
      }
    }),
    { numRuns: 50 },
  );
});

test('a retry after the wait that was told succeeds, and no window holds much more than its limit', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), steps, (limit, pauses) => {
      const count = countInMemory();
      let now = 1_900_000_000_000;
      for (const pause of pauses) {
        now += pause;
        const verdict = count('caller', limit, 1_000, now);
        if (verdict.isAllowed) continue;
        now += verdict.waitMilliseconds;
        assert.equal(count('caller', limit, 1_000, now).isAllowed, true, `limit ${limit} at ${now}`);
      }
    }),
  );
});
