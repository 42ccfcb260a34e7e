import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after, before } from 'node:test';
import pino from 'pino';
import {
  dropFeed,
  ENTRIES_PER_FEED,
  keepFeed,
  pushToFeeds,
  readKept,
  removeFromFeeds,
  takeTicket,
} from '../../../api/feed/kept-feeds.js';
import { connectRedis, type Redis } from '../../../api/stores/redis.js';
import type { ActivityPosition } from '../../../graph/activity-summaries.js';
import { claimForTests, storeUrls } from '../../support/stores.js';

let redis: Redis;
before(async () => {
  await claimForTests(storeUrls());
  redis = await connectRedis(storeUrls().redisUrl, pino({ level: 'silent' }));
});
after(() => redis.close());

test('a kept feed is read newest first, in parts, to its end', async () => {
  const reader = randomUUID();
  const positions = newest(5);
  await kept(reader, { positions, isComplete: true });

  const first = await readKept(redis, reader, { below: undefined, count: 3 });
  const second = await readKept(redis, reader, { below: first?.positions.at(-1), count: 3 });

  assert.deepEqual(first, { positions: positions.slice(0, 3), below: 'more' });
  assert.deepEqual(second, { positions: positions.slice(3), below: 'nothing' });
});

test('activities of one instant are in the order of their ids, and none is met twice', async () => {
  const reader = randomUUID();
  const startedAt = new Date();
  const positions = Array.from({ length: 7 }, () => ({ startedAt, activityId: randomUUID() })).sort(byIdDown);
  await kept(reader, { positions, isComplete: true });

  const met: ActivityPosition[] = [];
  for (;;) {
    const part = await readKept(redis, reader, { below: met.at(-1), count: 2 });
    met.push(...(part?.positions ?? []));
    if (part?.below !== 'more') break;
  }

  assert.deepEqual(met, positions);
});

test('below what was kept only the graph knows', async () => {
  const reader = randomUUID();
  const positions = newest(4);
  await kept(reader, { positions, isComplete: false });
  const lowest = positions.at(-1);

  const part = await readKept(redis, reader, { below: undefined, count: 10 });
  const deeper = await readKept(redis, reader, { below: lowest, count: 10 });

  // The last one is the floor itself: others of the same instant may have been cut off there.
  assert.deepEqual(part, { positions: positions.slice(0, -1), below: 'graph' });
  assert.equal(deeper, undefined);
});

test('nothing is kept for who has no feed yet, and an empty feed is one', async () => {
  const [nobody, newcomer] = [randomUUID(), randomUUID()];
  await kept(newcomer, { positions: [], isComplete: true });

  assert.equal(await readKept(redis, nobody, { below: undefined, count: 10 }), undefined);
  assert.deepEqual(await readKept(redis, newcomer, { below: undefined, count: 10 }), {
    positions: [],
    below: 'nothing',
  });
});

test('a new activity takes its place in the feeds that are kept, and in no other', async () => {
  const [reader, other] = [randomUUID(), randomUUID()];
  const positions = newest(3);
  const [first, second, third] = positions;
  assert.ok(first && second && third);
  await kept(reader, { positions: [first, third], isComplete: true });

  await pushToFeeds(redis, [reader, other], second);
  await pushToFeeds(redis, [reader, other], second);

  const part = await readKept(redis, reader, { below: undefined, count: 10 });
  assert.deepEqual(part, { positions, below: 'nothing' });
  assert.equal(await readKept(redis, other, { below: undefined, count: 10 }), undefined);
});

test('an old activity does not get into a feed whose floor is above it', async () => {
  const reader = randomUUID();
  const positions = newest(4);
  await kept(reader, { positions: positions.slice(0, 3), isComplete: false });

  for (const position of positions.slice(2)) await pushToFeeds(redis, [reader], position);

  const part = await readKept(redis, reader, { below: undefined, count: 10 });
  assert.deepEqual(part, { positions: positions.slice(0, 2), below: 'graph' });
});

test('a feed does not grow beyond its bounds; its oldest go', async () => {
  const reader = randomUUID();
  const positions = newest(ENTRIES_PER_FEED + 5);
  const [pushed, before] = [positions.slice(0, 5), positions.slice(5)];
  await kept(reader, { positions: before, isComplete: true });

  for (const position of pushed) await pushToFeeds(redis, [reader], position);

  const part = await readKept(redis, reader, { below: undefined, count: ENTRIES_PER_FEED * 2 });
  assert.deepEqual(part, { positions: positions.slice(0, ENTRIES_PER_FEED), below: 'graph' });
});

test('an activity that is pushed while a feed is read from the graph is not lost', async () => {
  const reader = randomUUID();
  const [pushed, ...known] = newest(3);
  assert.ok(pushed);
  const ticket = await takeTicket(redis, reader);

  await pushToFeeds(redis, [reader], pushed);
  await keepFeed(redis, reader, { ticket, positions: known, isComplete: true });

  assert.equal(await readKept(redis, reader, { below: undefined, count: 10 }), undefined);
});

test('neither is one that is pushed while two read the same feed', async () => {
  const reader = randomUUID();
  const [pushed, ...known] = newest(3);
  assert.ok(pushed);
  const slow = await takeTicket(redis, reader);
  await kept(reader, { positions: known, isComplete: true });

  await pushToFeeds(redis, [reader], pushed);
  await keepFeed(redis, reader, { ticket: slow, positions: known, isComplete: true });

  const part = await readKept(redis, reader, { below: undefined, count: 10 });
  assert.deepEqual(part?.positions, [pushed, ...known]);
});

test('a feed that is dropped while it is read from the graph is not kept', async () => {
  const reader = randomUUID();
  const ticket = await takeTicket(redis, reader);

  await dropFeed(redis, reader);
  await keepFeed(redis, reader, { ticket, positions: newest(2), isComplete: true });

  assert.equal(await readKept(redis, reader, { below: undefined, count: 10 }), undefined);
});

test('an activity is taken out of feeds', async () => {
  const reader = randomUUID();
  const positions = newest(3);
  const [first, second, third] = positions;
  assert.ok(first && second && third);
  await kept(reader, { positions, isComplete: true });

  await removeFromFeeds(redis, [reader, randomUUID()], second);

  const part = await readKept(redis, reader, { below: undefined, count: 10 });
  assert.deepEqual(part?.positions, [first, third]);
});

test('a feed that nobody reads is forgotten in the end', async () => {
  const reader = randomUUID();
  await kept(reader, { positions: newest(1), isComplete: true });

  const [rest, days] = [await redis.ttl(`feed:{${reader}}`), 86_400];

  assert.ok(rest > 13 * days && rest <= 14 * days);
});

async function kept(
  reader: string,
  feed: { readonly positions: readonly ActivityPosition[]; readonly isComplete: boolean },
): Promise<void> {
  const ticket = await takeTicket(redis, reader);
  await keepFeed(redis, reader, { ticket, ...feed });
}

function newest(count: number): ActivityPosition[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, at) => ({
    startedAt: new Date(now - at * 60_000),
    activityId: randomUUID(),
  }));
}

function byIdDown(a: ActivityPosition, b: ActivityPosition): number {
  return a.activityId < b.activityId ? 1 : -1;
}
