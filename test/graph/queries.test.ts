import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { migrateGraph } from '../../graph/migrate.js';
import { headerOf, type Named } from '../../graph/query-header.js';
import {
  Graph,
  type PlanStep,
  type Query,
  violatesConstraint,
  type WriteTransaction,
  whole,
} from '../../graph/session.js';
import { claimForTests, storeUrls } from '../support/stores.js';

// Every filed query, whoever wrote it: its header is what the analyst and the compiler's types go by.

const graph = new Graph(storeUrls().neo4jUrl);
await claimForTests(storeUrls());
await migrateGraph(graph);
after(() => graph.close());

type Row = Readonly<Record<string, unknown>>;

const folder = fileURLToPath(new URL('../../../graph/queries/', import.meta.url));
const textOf = (path: string) => readFileSync(join(folder, path), 'utf8');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.cypher') && !path.endsWith('.params.cypher'))
  .sort();
const demoLines = textOf('demo.params.cypher')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('//'));
const demoParameters = new Map(
  demoLines.map((line) => {
    const [, name = '', value = ''] = /^:param (\w+) => (.+);$/.exec(line) ?? [];
    return [name, value] as const;
  }),
);
const seed: Query<object, Row> = {
  path: 'seed',
  text: readFileSync(new URL('../../../test/graph/seed.cypher', import.meta.url), 'utf8'),
};

// What the queries of the nightly model find in the projection was put there by those before them, in this order.
const modelSteps = ['drop-projection', 'project', 'find-communities', 'embed', 'find-similar'].map(
  (name) => `models/${name}.cypher`,
);
const PROJECTION = { graphName: 'paceline.athletes' };

// Worked out once: they look for what the seed has made, which is the same each time.
let parameters: Row = {};
before(async () => {
  const values = [...demoParameters].map(([name, value]) => `${value} AS ${name}`).join(', ');
  const rows = await rolledBack(async ({ run }) => {
    await run(seed, {});
    return run<object, Row>({ path: 'parameters', text: `RETURN ${values}` }, {});
  });
  parameters = rows?.[0] ?? {};
});

test('the parameters of the demo are set all at once, each by a line of its own', () => {
  // Browser takes several commands in one go only with a semicolon between them.
  assert.ok(!demoParameters.has(''), 'a line that is not ":param name => value;"');
  assert.equal(demoParameters.size, demoLines.length, 'a parameter that is set twice');
});

for (const path of files) {
  const text = textOf(path);
  const lines = text.split('\n');
  const head = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('//')),
  );
  const body = lines
    .slice(head.length)
    .filter((line) => !/^\s*\/\//.test(line))
    .join('\n');
  const header = headerOf(text);
  const used = [...new Set([...body.matchAll(/\$(\w+)/g)].map(([, name = '']) => name))].sort();

  test(`${path} tells what it answers, what goes in and what comes out`, () => {
    const start = (name: string) => head.findIndex((line) => line.startsWith(`// ${name}:`));
    assert.match(head[0] ?? '', /^\/\/ [A-Z].*/);
    assert.ok(start('in') > 0, 'no line "// in:"');
    assert.ok(start('out') > start('in'), 'no line "// out:" after "// in:"');
    assert.ok(
      head.every((line) => line.length <= 120),
      'a line of more than 120 signs',
    );
    assert.deepEqual(header.parameters.map(({ name }) => name).sort(), used, 'parameters');
    assert.deepEqual(
      used.filter((name) => !demoParameters.has(name)),
      [],
      'graph/queries/demo.params.cypher lacks lines for these, so the query does not run in Neo4j Browser',
    );
    assert.doesNotMatch(
      body,
      /\b(match|return|where|with|merge|set|order by|limit)\b(?= )/,
      'a keyword in lower case',
    );
  });

  test(`${path} has a plan without scans of everything, products and waits, and a bound`, async () => {
    // Planned for the types that it runs with.
    const { isRead, plan } = await graph.plan({ path, text }, inGraph(parameters, header.parameters));
    const columns = plan.operator === 'ProduceResults' && plan.details !== '' ? plan.details.split(', ') : [];
    const operators = new Set(operatorsOf(plan));

    assert.deepEqual(
      header.columns.map(({ name }) => name).filter((name) => !columns.includes(name)),
      [],
      'columns that the header names and the query does not answer',
    );
    if (!/\/\/ out:\s+fields of/.test(head.join('\n'))) {
      assert.deepEqual(
        columns.filter((name) => !header.columns.some((column) => column.name === name)),
        [],
      );
    }
    const isByKey = /\{\w+: (\$\w+|\w+\.\w+|\w+)|= \$\w+|IN \$\w+|\w+ID?\w* IN |\bUNWIND \$/.test(body);
    const shunned = [
      'AllNodesScan',
      ...(isProduct(plan) ? ['CartesianProduct'] : []),
      ...(isRead || !isByKey ? ['Eager'] : []),
    ];
    assert.deepEqual(
      // One row that is found by its key and changed waits for nothing; what else waits says why.
      shunned.filter((operator) => operators.has(operator) && !header.plan.includes(operator)),
      [],
      'operators without a reason in a line "// plan:"',
    );
    assert.ok(
      /\bLIMIT\b/.test(body) || isByKey || header.plan !== '' || !/\bMATCH\b/.test(body),
      'neither a LIMIT nor a key',
    );
    assert.doesNotMatch(body, /\*\]|\*\d*\.\.\]|\+\s*\(|allShortestPaths/, 'an unbounded path');
    if (/\bLIMIT\b/.test(body) && !/so they are not ordered/.test(head.join(' ').replaceAll('// ', ''))) {
      assert.match(body, /ORDER BY[\s\S]*LIMIT/);
    }
  });

  test(`${path} runs on the demo's parameters, and its order is total`, async () => {
    const answered = await rolledBack(async ({ run }) => {
      await run(seed, {});
      const steps = used.includes('graphName') ? stepsBefore(path) : [];
      for (const step of steps) await run({ path: step, text: textOf(step) }, PROJECTION);
      return run<object, Row>({ path, text }, inGraph(parameters, header.parameters));
    });
    // No rollback empties the memory of Graph Data Science.
    if (used.includes('graphName'))
      await graph.execute({ path: 'drop', text: textOf('models/drop-projection.cypher') }, PROJECTION);
    const rows = answered ?? [];

    const keys = /ORDER BY ((?:(?!ORDER BY)[\s\S])*?)(?:\s(?:SKIP|LIMIT)\b[\s\S]*)?$/
      .exec(body.trim())?.[1]
      ?.split(',');
    const named = keys?.map((key) =>
      key
        .trim()
        .replace(/ (DESC|ASC)$/, '')
        .replace(/^\w+\./, ''),
    );
    const [first] = rows;
    if (!first || !named?.every((key) => key in first)) return;
    const places = new Set(rows.map((row) => JSON.stringify(named.map((key) => row[key]))));
    assert.equal(places.size, rows.length, 'two rows are at the same place');
  });
}

function stepsBefore(path: string): readonly string[] {
  const at = modelSteps.indexOf(path);
  return at < 0 ? modelSteps : modelSteps.slice(0, at);
}

function operatorsOf({ operator, steps }: PlanStep): string[] {
  return [operator, ...steps.flatMap(operatorsOf)];
}

// Whole numbers come out of the driver as numbers, which go in as floats.
function inGraph(values: Row, parameters: readonly Named[]): Row {
  return Object.fromEntries(
    parameters.map(({ name, type }) => {
      const value = values[name];
      return [name, type === 'INTEGER' && typeof value === 'number' ? whole(value) : value];
    }),
  );
}

class RollBack extends Error {}

/** Whether a plan multiplies more than lookups by key, of which each is one row at most. */
function isProduct({ operator, steps }: PlanStep): boolean {
  const isHere =
    operator === 'CartesianProduct' && !steps.flatMap(operatorsOf).every((step) => ONE_ROW.test(step));
  return isHere || steps.some(isProduct);
}

const ONE_ROW = /^(CartesianProduct|NodeUniqueIndexSeek(\(Locking\))?|Argument|Filter|CacheProperties)$/;

/** Does something in a transaction that changes nothing in the end. */
async function rolledBack<Result>(
  work: (transaction: WriteTransaction) => Promise<Result>,
): Promise<Result | undefined> {
  const results: Result[] = [];
  await graph
    .write(async (transaction) => {
      results.push(await work(transaction));
      throw new RollBack();
    })
    .catch((error: unknown) => {
      // Whoever makes what the seed has already has run all the same.
      if (!(error instanceof RollBack) && !violatesConstraint(error)) throw error;
    });
  return results.at(-1);
}
