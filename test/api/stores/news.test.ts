import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { News } from '../../../api/stores/news.js';
import { connectRedis } from '../../../api/stores/redis.js';
import { claimForTests, storeUrls } from '../../support/stores.js';

const quiet = pino({ level: 'silent' });
await claimForTests(storeUrls());
const { redisUrl } = storeUrls();
const redis = await connectRedis(redisUrl, quiet);
const [news, elsewhere] = [new News(redis, redisUrl, quiet), new News(redis, redisUrl, quiet)];
after(async () => {
  await Promise.all([news.close(), elsewhere.close()]);
  await redis.close();
});

const LONG_SECONDS = 60;

/** Waits until something has been seen so often, and does something at each look. */
async function looks(
  { topic, seconds, enough }: { topic: string; seconds: number; enough: number },
  atLook: (count: number) => unknown = () => {},
) {
  let count = 0;
  const look = async () => {
    count += 1;
    await atLook(count);
    return count;
  };
  const startedAt = performance.now();
  const seen = await news.watch(topic, { seconds, look, isEnough: (each) => each >= enough });
  return { seen, seconds: (performance.now() - startedAt) / 1_000 };
}

test('whoever waits looks again at each word from another process, also at one that comes during a look', async () => {
  const topic = randomUUID();

  const { seen, seconds } = await looks({ topic, seconds: LONG_SECONDS, enough: 3 }, async () => {
    elsewhere.tell(topic);
    await wait(50);
  });

  assert.equal(seen, 3);
  assert.ok(seconds < LONG_SECONDS / 2, `${seconds} s`);
});

test('without a word there is one last look when the time is over', async () => {
  const { seen, seconds } = await looks({ topic: randomUUID(), seconds: 0.3, enough: 3 });

  assert.equal(seen, 2);
  assert.ok(seconds >= 0.29, `${seconds} s`);
});

test('who does not wait looks once', async () => {
  const { seen } = await looks({ topic: randomUUID(), seconds: 0, enough: 3 });

  assert.equal(seen, 1);
});

test('a word of another topic wakes nobody', async () => {
  const { seen } = await looks({ topic: randomUUID(), seconds: 0.3, enough: 3 }, () =>
    elsewhere.tell(randomUUID()),
  );

  assert.equal(seen, 2);
});

test('words are heard after a silence that is longer than a connection may be silent', async () => {
  const topic = randomUUID();
  await wait(6_000);

  const { seconds } = await looks({ topic, seconds: LONG_SECONDS, enough: 2 }, () => elsewhere.tell(topic));

  assert.ok(seconds < LONG_SECONDS / 2, `${seconds} s`);
});

test('a process that ends lets everyone look for the last time', async () => {
  const ending = new News(redis, redisUrl, quiet);
  const topic = randomUUID();
  const startedAt = performance.now();
  let count = 0;

  const watching = ending.watch(topic, {
    seconds: LONG_SECONDS,
    look: async () => {
      count += 1;
    },
    isEnough: () => false,
  });
  while (count === 0) await wait(5);
  ending.endWaiting();
  await watching;

  assert.equal(count, 2);
  assert.ok(performance.now() - startedAt < (LONG_SECONDS / 2) * 1_000);
  await ending.close();
});
