import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { analystQuery } from '../../graph/analyst-queries.js';
import { analystRows } from '../../graph/analyst-rows.js';
import { migrateGraph } from '../../graph/migrate.js';
import { Graph, QueryTooLong, QueryWrites } from '../../graph/session.js';
import { Access } from '../../policies/access.js';
import { loadEngine } from '../../policies/engine.js';
import { MasterKey } from '../../policies/keys.js';
import { ask } from '../support/graph.js';
import { claimForTests, storeUrls } from '../support/stores.js';

const graph = new Graph(storeUrls().neo4jUrl);
await claimForTests(storeUrls());
await migrateGraph(graph);
after(() => graph.close());

const access = new Access(await loadEngine(), { record: () => {} }, () => new Date());
const masterKey = new MasterKey(Buffer.alloc(32, 'pseudonyms'));
const LIMITS = { timeoutMilliseconds: 1_000, rows: 50, bytes: 100_000 };
const analyst = {
  kind: 'athlete',
  athleteId: 'ann',
  standing: 'active',
  scopes: ['*'],
  roles: ['analyst'],
  requestId: 'r',
} as const;

async function answer(text: string, key = masterKey.pseudonymKey('ann'), limits = LIMITS) {
  const query = analystQuery('analysis/test.cypher', text);
  const sealed = await analystRows(graph, query, {}, { key, limits });
  return access.open(analyst, 'analyst.runQuery', sealed);
}
const markers = async (): Promise<number | undefined> =>
  (await ask<{ count: number }>(graph, 'MATCH (marker:AnalystMarker) RETURN count(marker) AS count'))[0]
    ?.count;

for (const [what, body] of [
  ['creates', "CREATE (marker:AnalystMarker {name: 'x'}) RETURN marker.name AS name"],
  ['deletes', 'MATCH (event:Event) DETACH DELETE event RETURN 1 AS name'],
  ['changes', "MATCH (athlete:Athlete) SET athlete.displayName = 'x' RETURN 1 AS name"],
  [
    'writes in batches',
    'UNWIND [1] AS x CALL (x) { CREATE (:AnalystMarker) } IN TRANSACTIONS RETURN 1 AS name',
  ],
  ['changes the schema', 'CREATE INDEX analyst_marker IF NOT EXISTS FOR (a:AnalystMarker) ON (a.name)'],
  ['calls a procedure that writes', "CALL db.createLabel('AnalystMarker')"],
] as const) {
  test(`refuses Cypher that ${what}, and leaves the graph as it is`, async () => {
    await assert.rejects(answer(`// What?\n// in:  nothing\n// out: name STRING\n${body}`), QueryWrites);

    assert.equal(await markers(), 0);
    const [index] = await ask<{ count: number }>(
      graph,
      "SHOW INDEXES YIELD name WHERE name = 'analyst_marker' RETURN count(*) AS count",
    );
    assert.equal(index?.count, 0);
  });
}

test('ends Cypher that runs away, on the server', async () => {
  const startedAt = performance.now();
  const endless =
    'UNWIND range(1, 100000000) AS x UNWIND range(1, 1000) AS y RETURN count(sqrt(x) + y) AS sum';

  await assert.rejects(answer(`// What?\n// in:  nothing\n// out: sum INTEGER\n${endless}`), QueryTooLong);

  assert.ok(performance.now() - startedAt < 15_000);
  const [running] = await ask<{ count: number }>(
    graph,
    "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'range(1, 1000' + '00000)' RETURN count(*) AS count",
  );
  assert.equal(running?.count, 0);
});

test('ends Cypher that takes more memory than it may', async () => {
  const hoarding =
    "UNWIND range(1, 20000000) AS x WITH collect(toString(x) + 'x') AS texts RETURN size(texts) AS sum";
  const limits = { ...LIMITS, timeoutMilliseconds: 60_000 };

  await assert.rejects(
    answer(`// What?\n// in:  nothing\n// out: sum INTEGER\n${hoarding}`, undefined, limits),
    QueryTooLong,
  );
});

test('cuts an answer at its rows and at its size', async () => {
  const rows = 'UNWIND range(1, 51) AS x RETURN x ORDER BY x';
  const wide =
    "UNWIND range(1, 40) AS x RETURN x, reduce(text = 'a', i IN range(1, 12) | text + text) AS text";

  const { rows: first, isCut } = await answer(`// What?\n// in:  nothing\n// out: x INTEGER\n${rows}`);
  const second = await answer(
    `// What?\n// in:  nothing\n// out: x INTEGER, text STRING (plain: a)\n${wide}`,
  );

  assert.deepEqual([first.length, isCut], [50, true]);
  assert.deepEqual([second.rows.length, second.isCut], [24, true]);
});

test('shows pseudonyms for ids, and of the rest only what the header names and says it is', async () => {
  const text = `// What?
// in:  nothing
// out: athleteId STRING, friendIds LIST<STRING>, sport STRING (plain: name), name STRING, count INTEGER,
//      share FLOAT, isOpen BOOLEAN, at DATETIME, place INTEGER, map MAP
RETURN 'a' AS athleteId, ['a', 'b'] AS friendIds, 'ride' AS sport, 'Ann' AS name, 3 AS count, 0.5 AS share,
  true AS isOpen, datetime('2026-05-01T08:00:00Z') AS at, 'Zurich' AS place, {name: 'Ann'} AS map, 'Ann' AS more`;
  const key = masterKey.pseudonymKey('ann');

  assert.deepEqual(await answer(text), {
    isCut: false,
    isPseudonymous: true,
    rows: [
      {
        athleteId: key.pseudonym('a'),
        friendIds: [key.pseudonym('a'), key.pseudonym('b')],
        sport: 'ride',
        name: null,
        count: 3,
        share: 0.5,
        isOpen: true,
        at: new Date('2026-05-01T08:00:00Z'),
        place: null,
        map: null,
      },
    ],
  });
});

test('the pseudonyms of two analysts cannot be joined, those of one can', () => {
  const [ann, again, bob] = ['ann', 'ann', 'bob'].map((scope) =>
    masterKey.pseudonymKey(scope).pseudonym('a'),
  );

  assert.equal(ann, again);
  assert.notEqual(ann, bob);
  assert.match(ann ?? '', /^[\w-]{22}$/);
});
