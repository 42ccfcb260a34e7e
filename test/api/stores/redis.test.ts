import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { after, test } from 'node:test';
import { pino } from 'pino';
import { connectRedis, runScript } from '../../../api/stores/redis.js';
import { claimForTests, storeUrls } from '../../support/stores.js';

const quiet = pino({ level: 'silent' });
await claimForTests(storeUrls());
const redis = await connectRedis(storeUrls().redisUrl, quiet);
after(() => redis.close());

test('a script that Redis has never seen runs all the same', async () => {
  const lua = `-- ${randomUUID()}\nreturn { KEYS[1], ARGV[1] }`;
  const unseen = { lua, sha1: createHash('sha1').update(lua).digest('hex') };

  const first = await runScript(redis, unseen, ['{a}:key'], ['b']);
  const second = await redis.evalSha(unseen.sha1, { keys: ['{a}:key'], arguments: ['b'] });

  assert.deepEqual(
    [first, second],
    [
      ['{a}:key', 'b'],
      ['{a}:key', 'b'],
    ],
  );
});

test('a script that fails says so', async () => {
  const lua = `-- ${randomUUID()}\nreturn redis.call('HGET', 'a')`;
  const wrong = { lua, sha1: createHash('sha1').update(lua).digest('hex') };

  await assert.rejects(runScript(redis, wrong, [], []), /wrong number|ERR/i);
});

test('without Redis a process starts all the same, warns once and its commands fail at once', async () => {
  const port = await freePort();
  const lines: string[] = [];
  const lonely = await connectRedis(
    `redis://127.0.0.1:${port}`,
    pino({}, { write: (line: string) => lines.push(line) }),
  );
  const startedAt = performance.now();

  await assert.rejects(lonely.ping(), { name: 'Error' });

  assert.ok(performance.now() - startedAt < 100);
  assert.equal(lines.length, 1);
  await lonely.close();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  assert.ok(typeof address === 'object' && address);
  return address.port;
}
