import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Engine } from '../../../policies/access.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { testCount } from '../../support/counts.js';

// The new enemy: somebody who was blocked must not see what is posted after the block, whatever they do meanwhile.

const AT_ONCE = 3;
// Of one pair: their log-in lasts a quarter of an hour, and many histories take longer.
const HISTORIES = 20;

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

interface Pair {
  readonly ava: TestAthlete;
  readonly ben: TestAthlete;
}

const newPair = async (): Promise<Pair> => ({ ava: await api.newAthlete(), ben: await api.newAthlete() });

test('who is blocked never sees what is posted afterwards, in any history', async (context) => {
  const histories = testCount(30, 1_000);
  const seen: string[] = [];
  let begun = 0;
  const play = async () => {
    while (begun < histories) {
      const pair = await newPair();
      for (let count = 0; count < HISTORIES && begun < histories; count += 1) {
        begun += 1;
        seen.push(...(await history(pair, begun)));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, play));
  context.diagnostic(`${histories} histories`);
  assert.deepEqual(seen, []);
});

test('and this is seen when the engine is told of no block', async () => {
  const engine: Engine = Reflect.get(api.app.access, 'engine');
  const decide = engine.decide.bind(engine);
  const weakened: Engine['decide'] = (action, subject, targets) =>
    decide(
      action,
      subject,
      targets.map((target) => ({ ...target, facts: { ...target.facts, isBlocked: false } })),
    );
  Reflect.set(engine, 'decide', weakened);
  try {
    assert.ok((await history(await newPair(), 1)).length > 0);
  } finally {
    Reflect.deleteProperty(engine, 'decide');
  }
});

/** One history; answers where the blocked saw what was posted after the block. */
async function history({ ava, ben }: Pair, seed: number): Promise<string[]> {
  const random = generator(seed);
  await ava.delete(`/v1/athletes/${ben.athleteId}/block`).expect(204);
  await ben.put(`/v1/athletes/${ava.athleteId}/follow`).expect(200);
  const before = await posted(ava, 'everyone');
  await ben.get(`/v1/activities/${before}`).expect(200);

  const after: string[] = [];
  const seen: string[] = [];
  const watch = async () => {
    for (let reads = 2 + Math.floor(random() * 5); reads > 0; reads -= 1) {
      const turn = Math.floor(random() * 4);
      if (turn === 0) await ben.put(`/v1/athletes/${ava.athleteId}/follow`);
      else seen.push(...(await look({ ava, ben }, WAYS[turn - 1] ?? 'feed', after)));
    }
  };
  const blockAndPost = async () => {
    await ava.put(`/v1/athletes/${ben.athleteId}/block`).expect(204);
    for (const visibility of ['everyone', 'followers'])
      if (random() < 0.8 || after.length === 0) after.push(await posted(ava, visibility));
  };
  // Once as a follower's client does it, and once as one that never stops.
  await Promise.all([watch(), blockAndPost(), watch()]);
  for (const way of WAYS) seen.push(...(await look({ ava, ben }, way, after)));
  return seen;
}

const WAYS = ['activity', 'list', 'feed'] as const;

async function look(
  { ava, ben }: Pair,
  way: (typeof WAYS)[number],
  hidden: readonly string[],
): Promise<string[]> {
  const ids = [...hidden];
  if (way !== 'activity') {
    const path = way === 'feed' ? '/v1/feed' : `/v1/athletes/${ava.athleteId}/activities`;
    const { text } = await ben.get(`${path}?limit=20`);
    return ids.filter((id) => text.includes(id)).map((id) => `${way} ${id}`);
  }
  const seen: string[] = [];
  for (const id of ids) {
    for (const path of [`/v1/activities/${id}`, `/v1/activities/${id}/streams`]) {
      const { status } = await ben.get(path);
      if (status !== 404) seen.push(`${path} ${status}`);
    }
  }
  return seen;
}

async function posted(ava: TestAthlete, visibility: string): Promise<string> {
  const ride = {
    name: 'Loop',
    sport: 'ride',
    startedAt: new Date().toISOString(),
    elapsedSeconds: 60,
    visibility,
  };
  const { body } = await ava.post('/v1/activities', ride).expect(201);
  return body.activityId;
}

/** The same numbers each time, so that a history is found again; after Park and Miller. */
function generator(seed: number): () => number {
  let state = (seed * 48_271 + 11) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
