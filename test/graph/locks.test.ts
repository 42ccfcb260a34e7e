import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { lockAthletes } from '../../graph/locks.js';
import { migrateGraph } from '../../graph/migrate.js';
import { Graph } from '../../graph/session.js';
import { ask } from '../support/graph.js';
import { claimForTests, storeUrls } from '../support/stores.js';

const graph = new Graph(storeUrls().neo4jUrl);
await claimForTests(storeUrls());
await migrateGraph(graph);
after(() => graph.close());

async function twoAthletes(): Promise<[string, string]> {
  const ids: [string, string] = [randomUUID(), randomUUID()];
  await ask(graph, 'UNWIND $ids AS athleteId CREATE (:Athlete {athleteId: athleteId, count: 0})', { ids });
  return ids;
}

const COUNT = { path: 'test', text: 'MATCH (a:Athlete {athleteId: $id}) RETURN a.count AS count' };
const SET = { path: 'test', text: 'MATCH (a:Athlete {athleteId: $id}) SET a.count = $count' };

test('what is read after the lock is the truth until the end: no addition is lost', async () => {
  const [id, other] = await twoAthletes();

  await Promise.all(
    Array.from({ length: 20 }, (_, number) =>
      graph.write(async (transaction) => {
        // In either order: whoever locks both at once never waits in a circle.
        await lockAthletes(transaction, ...(number % 2 ? [id, other] : [other, id]));
        const [row] = await transaction.run<object, { count: number }>(COUNT, { id });
        await transaction.run(SET, { id, count: (row?.count ?? 0) + 1 });
      }),
    ),
  );

  assert.deepEqual(await ask(graph, COUNT.text, { id }), [{ count: 20 }]);
});

test('without the lock additions are lost, so the test above can fail', async () => {
  const [id] = await twoAthletes();

  await Promise.all(
    Array.from({ length: 20 }, () =>
      graph.write(async ({ run }) => {
        const [row] = await run<object, { count: number }>(COUNT, { id });
        await run(SET, { id, count: (row?.count ?? 0) + 1 });
      }),
    ),
  );

  const [row] = await ask<{ count: number }>(graph, COUNT.text, { id });
  assert.ok(row && row.count < 20);
});

test('a lock leaves no trace', async () => {
  const [id] = await twoAthletes();

  await graph.write((transaction) => lockAthletes(transaction, id));

  assert.deepEqual(
    await ask(graph, 'MATCH (a {athleteId: $id}) RETURN labels(a) AS labels, size(keys(a)) AS size', { id }),
    [{ labels: ['Athlete'], size: 2 }],
  );
});
