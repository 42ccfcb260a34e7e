import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { migrateGraph } from '../../../graph/migrate.js';
import { Graph } from '../../../graph/session.js';
import { ask } from '../../support/graph.js';
import { startOwnStores } from '../../support/own-stores.js';

const { urls, stop } = await startOwnStores('neo4j');
const graph = new Graph(urls.neo4jUrl);
const other = new Graph(urls.neo4jUrl);
const folder = await mkdtemp(join(tmpdir(), 'paceline-migrations-'));
await cp(new URL('../../../../graph/migrations/', import.meta.url), folder, { recursive: true });
const folderUrl = pathToFileURL(`${folder}/`);
after(async () => {
  await Promise.all([graph.close(), other.close()]);
  await rm(folder, { recursive: true });
  await stop();
});

const applied = () =>
  ask<{ version: number; appliedAt: Date }>(
    graph,
    'MATCH (m:Migration) RETURN m.version AS version, m.appliedAt AS appliedAt ORDER BY version',
  );
const write = (name: string, text: string) => writeFile(join(folder, name), text);

// These tests build on one another, as migrations do.
test('four starters at once bring an empty graph to the newest version', async () => {
  await Promise.all([graph, other, graph, other].map((each) => migrateGraph(each)));

  const versions = (await applied()).map(({ version }) => version);
  // The one that makes migrations possible is not recorded.
  const filed = (await readdir(folder))
    .map((name) => Number(name.slice(1, 4)))
    .filter((version) => version > 0);
  assert.deepEqual(
    versions,
    filed.sort((a, b) => a - b),
  );
  const indexes = await ask<{ name: string; state: string }>(
    graph,
    'SHOW INDEXES YIELD name, state RETURN name, state',
  );
  assert.ok(indexes.some(({ name }) => name === 'account_email_hash'));
  assert.deepEqual(
    indexes.filter(({ state }) => state !== 'ONLINE'),
    [],
  );
});

test('a second start applies nothing again', async () => {
  const before = await applied();

  await migrateGraph(graph);

  assert.deepEqual(await applied(), before);
});

test('new files are applied in their order, each statement by itself', async () => {
  await write(
    'V901__first.cypher',
    `// Semicolons inside a line; are no end.
CREATE INDEX first_one IF NOT EXISTS FOR (one:One) ON (one.name);

MERGE (:One {name: 'a;b'});
`,
  );
  await write('V902__second.cypher', "MATCH (one:One {name: 'a;b'})\nSET one.seen = true");

  await Promise.all([migrateGraph(graph, folderUrl), migrateGraph(other, folderUrl)]);

  assert.deepEqual(await ask(graph, 'MATCH (one:One) RETURN one.name AS name, one.seen AS seen'), [
    { name: 'a;b', seen: true },
  ]);
});

test('an older version of the program starts with the newer graph', async () => {
  await migrateGraph(graph);

  assert.deepEqual(
    (await applied()).slice(-2).map(({ version }) => version),
    [901, 902],
  );
});

test('a file that fails is run once more from its start', async () => {
  await write('V903__half.cypher', "MERGE (:One {name: 'half'});\n\nMATCH (one:One) SET one.x = 1 / 0;");
  await assert.rejects(migrateGraph(graph, folderUrl));
  await write('V903__half.cypher', "MERGE (:One {name: 'half'});\n\nMATCH (one:One) SET one.x = 1;");

  await migrateGraph(graph, folderUrl);

  assert.deepEqual(await ask(graph, "MATCH (one:One {name: 'half'}) RETURN count(one) AS count"), [
    { count: 1 },
  ]);
});

test('refuses a file that was changed after it was applied, and says what to do', async () => {
  const text = await readFile(join(folder, 'V902__second.cypher'), 'utf8');
  await write('V902__second.cypher', `${text} `);

  await assert.rejects(migrateGraph(graph, folderUrl), {
    name: 'ChangedMigration',
    message: /V902__second\.cypher was changed .* Restore the file and put the change into a new one/,
  });
  await write('V902__second.cypher', text);
});

test('refuses a number below those that were applied', async () => {
  await write('V900__late.cypher', 'RETURN 1;');

  await assert.rejects(migrateGraph(graph, folderUrl), {
    name: 'LateMigration',
    message: /next free number/,
  });
  await rm(join(folder, 'V900__late.cypher'));
});

test('refuses two files of one number and names that tell none', async () => {
  for (const name of ['V902__again.cypher', 'second.cypher', 'V9__short.cypher']) {
    await write(name, 'RETURN 1;');
    await assert.rejects(migrateGraph(graph, folderUrl), { name: 'BadMigrationName' }, name);
    await rm(join(folder, name));
  }
});

test('whoever comes second waits until the first has finished', async () => {
  const order: string[] = [];
  await graph
    .write(async ({ run }) => {
      await run({ path: 'test', text: 'MATCH (lock:MigrationLock) SET lock.takenAt = datetime()' }, {});
      const second = migrateGraph(other, folderUrl).then(() => order.push('second'));
      await migrated(other);
      order.push('first');
      return { second };
    })
    .then(({ second }) => second);

  assert.deepEqual(order, ['first', 'second']);
});

// Asks for something else that takes as long as a migration without anything to do would.
async function migrated(each: Graph): Promise<void> {
  for (let asked = 0; asked < 20; asked += 1) await ask(each, 'RETURN 1 AS one');
}
