import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cypher, type PlanStep, whole } from '../../../graph/session.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { testCount } from '../../support/counts.js';
import { ask } from '../../support/graph.js';

// What a page costs is counted in what the database reads, not in time: it must not grow with the list.

const CROWD = testCount(10_000, 300_000);
const FEW = 400;
const REQUESTS = testCount(2_000, 10_000);
const LIMIT = 50;
const AT_ONCE = 200; // of one instant, so that a page ends among them
const PER_TRANSACTION = 10_000; // what the memory of one transaction holds
const BEGINNING = Date.parse('2026-01-01T00:00:00Z');

const lists = ['followers', 'requests'] as const;
const queries = {
  followers: cypher<object, object>('follows/followers.cypher'),
  requests: cypher<object, object>('follows/requests.cypher'),
};

let api: TestApi;
let star: TestAthlete;
let quiet: TestAthlete;

before(async () => {
  api = await startApi();
  [star, quiet] = await Promise.all([
    api.newAthlete({ approvesFollowers: true }),
    api.newAthlete({ approvesFollowers: true }),
  ]);
  await gather(star, CROWD, 'FOLLOWS');
  await gather(star, REQUESTS, 'REQUESTS');
  await gather(quiet, FEW, 'FOLLOWS');
  await gather(quiet, FEW, 'REQUESTS');
});
after(async () => {
  for (const { athleteId } of [star, quiet]) await disperse(athleteId);
  await api.stop();
});

/** Athletes who follow somebody, or ask to, straight in the graph. */
async function gather({ athleteId }: TestAthlete, count: number, type: 'FOLLOWS' | 'REQUESTS') {
  for (let from = 0; from < count; from += PER_TRANSACTION) {
    await ask(
      api.app.graph,
      `MATCH (followee:Athlete {athleteId: $athleteId})
       UNWIND range($from, $until - 1) AS number
       CREATE (athlete:Athlete {
         athleteId: randomUUID(), displayName: 'Fan', approvesFollowers: false, createdAt: datetime(), version: 1
       })
       CREATE (athlete)-[:$($type) {
         followerId: athlete.athleteId,
         followeeId: $athleteId,
         since: datetime($beginning) + duration({seconds: number / $atOnce})
       }]->(followee)`,
      {
        athleteId,
        type,
        from: whole(from),
        until: whole(Math.min(from + PER_TRANSACTION, count)),
        atOnce: whole(AT_ONCE),
        beginning: new Date(BEGINNING).toISOString(),
      },
    );
  }
}

async function disperse(athleteId: string): Promise<void> {
  for (let gone = 1; gone > 0; ) {
    const [row] = await ask<{ gone: number }>(
      api.app.graph,
      `MATCH (:Athlete {athleteId: $athleteId})<-[:FOLLOWS|REQUESTS]-(fan:Athlete {displayName: 'Fan'})
       WITH fan LIMIT $limit
       DETACH DELETE fan
       RETURN count(*) AS gone`,
      { athleteId, limit: whole(PER_TRANSACTION) },
    );
    gone = row?.gone ?? 0;
  }
}

for (const list of lists) {
  test(`a page of ${list} reads no more of a star than of anybody, at the top or far below`, async (context) => {
    const count = list === 'followers' ? CROWD : REQUESTS;
    const middle = BEGINNING + Math.floor(count / AT_ONCE / 2) * 1_000;

    const usual = await readsOf(list, quiet, BEGINNING + 1_000);
    const top = await readsOf(list, star, Number.MAX_SAFE_INTEGER);
    const below = await readsOf(list, star, middle);

    context.diagnostic(`${usual} reads of ${FEW}; ${top} and ${below} of ${count}`);
    assert.ok(top < usual * 1.5 && below < usual * 1.5, `${usual}, ${top}, ${below}`);
  });
}

/** Reads of the store for a page that begins at an instant. */
async function readsOf(list: (typeof lists)[number], { athleteId }: TestAthlete, before: number) {
  const beforeSince = new Date(Math.min(before, Date.parse('9999-01-01T00:00:00Z')));
  const { plan } = await api.app.graph.plan(
    queries[list],
    { athleteId, viewerId: athleteId, beforeSince, beforeId: 'f', limit: whole(LIMIT + 1) },
    { isProfiled: true },
  );
  return hitsOf(plan);
}

function hitsOf({ hits = 0, steps }: PlanStep): number {
  return steps.reduce((sum, step) => sum + hitsOf(step), hits);
}

test('thousands of requests come page by page, each once, and are answered like one', async () => {
  const seen: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await star.get(`/v1/follow-requests?limit=100${cursor}`).expect(200);
    seen.push(...body.items.map(({ athleteId }: { athleteId: string }) => athleteId));
    if (!body.nextCursor) break;
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
  assert.deepEqual([seen.length, new Set(seen).size], [REQUESTS, REQUESTS]);

  const [latest = '', earliest = ''] = [seen[0], seen.at(-1)];
  await star.put(`/v1/follow-requests/${latest}`).expect(204);
  await star.delete(`/v1/follow-requests/${earliest}`).expect(204);

  const { body: left } = await star.get('/v1/follow-requests?limit=1').expect(200);
  assert.equal(left.items[0].athleteId, seen[1]);
  const { body: profile } = await star.get(`/v1/athletes/${star.athleteId}`).expect(200);
  assert.equal(profile.followerCount, CROWD + 1);
  const { body: newest } = await star.get(`/v1/athletes/${star.athleteId}/followers?limit=1`).expect(200);
  assert.equal(newest.items[0].athleteId, latest);
});
