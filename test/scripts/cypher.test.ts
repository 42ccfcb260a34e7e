import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { migrateGraph } from '../../graph/migrate.js';
import { Graph } from '../../graph/session.js';
import { temporaryFolder } from '../support/folders.js';
import { ask } from '../support/graph.js';
import { claimForTests, storeUrls } from '../support/stores.js';

const graph = new Graph(storeUrls().neo4jUrl);
await claimForTests(storeUrls());
await migrateGraph(graph);
after(() => graph.close());

const script = fileURLToPath(new URL('../../scripts/cypher.js', import.meta.url));

/** What the command prints and answers. */
async function cypher(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const environment = { ...process.env, NEO4J_URL: storeUrls().neo4jUrl };
  return promisify(execFile)(process.execPath, [script, ...words], { env: environment }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  );
}

test('prints the rows of a filed query as a table, and the plan with the work of each step', async () => {
  const rows = await cypher('migrations/applied.cypher');
  const [head = '', line = '', first = ''] = rows.out.split('\n');

  assert.match(head, /^version {2}checksum$/);
  assert.match(line, /^─+ {2}─+$/);
  assert.match(first, /^ {6}1 {2}[0-9a-f]{59,64}…?$/);

  const plan = await cypher('analysis/most-followed.cypher', '--limit', '5', '--profile');
  assert.match(plan.out, /^step +rows +hits +details\n/);
  assert.match(plan.out, /\nProduceResults +\d+ +\d+ +athleteId, followers, follows\n/);
});

test('says which parameters a query takes when one is missing, unknown or of another type', async () => {
  for (const [words, sentence] of [
    [[], 'missing: --limit; it takes --limit INTEGER'],
    [['--limit', '5', '--more', '1'], 'the query takes no --more: it takes --limit INTEGER'],
    [['--limit', 'many'], '--limit wants INTEGER, not many'],
    [['--limit'], '--limit wants a value'],
  ] as const) {
    const { code, out, err } = await cypher('analysis/most-followed.cypher', ...words);
    assert.deepEqual({ code, out, err }, { code: 1, out: '', err: `${sentence}\n` });
  }
  assert.equal((await cypher('none.cypher')).err, 'there is no file none.cypher\n');
});

test('writes only when it is told to', async (context) => {
  const file = join(await temporaryFolder(context), 'mark.cypher');
  writeFileSync(
    file,
    '// Leaves a mark.\n// in:  name STRING\n// out: name STRING\nCREATE (mark:CypherMark {name: $name}) RETURN mark.name AS name',
  );
  const marks = () => ask(graph, 'MATCH (mark:CypherMark) RETURN mark.name AS name');

  const refused = await cypher(file, '--name', 'x');
  assert.equal(refused.code, 1);
  assert.match(refused.err, /would change the graph/);
  assert.deepEqual(await marks(), []);

  const written = await cypher(file, '--name', 'x', '--write');
  assert.deepEqual(written.out, 'name\n────\nx\n');
  assert.deepEqual(await marks(), [{ name: 'x' }]);
  await ask(graph, 'MATCH (mark:CypherMark) DELETE mark RETURN 1 AS done');
});
