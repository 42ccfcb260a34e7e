import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { migrateGraph } from '../../graph/migrate.js';
import { Graph } from '../../graph/session.js';
import { ask } from '../support/graph.js';
import { storeUrls } from '../support/stores.js';

// Every filed query, whoever wrote it: its header is what the analyst and the compiler's types go by.

const graph = new Graph(storeUrls().neo4jUrl);
await migrateGraph(graph);
after(() => graph.close());

const folder = fileURLToPath(new URL('../../../graph/queries/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.cypher') && !path.endsWith('.params.cypher'))
  .sort();

const TYPE = 'STRING|INTEGER|FLOAT|BOOLEAN|DATETIME|DATE|BYTES|MAP|LIST';

/** Names in a part of the header that have a type behind them, or share the type of the next one. */
function namesIn(part: string): string[] {
  const outside = part.replace(/\([^()]*\)|\{[^{}]*\}/g, '');
  return [
    ...outside.matchAll(new RegExp(String.raw`\b([a-z]\w*)(?= (?:${TYPE})\b| and \w+ (?:${TYPE})\b)`, 'g')),
  ].map(([name]) => name);
}

for (const path of files) {
  const text = readFileSync(join(folder, path), 'utf8');
  const lines = text.split('\n');
  const header = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('//')),
  );
  const start = (name: string) => header.findIndex((line) => line.startsWith(`// ${name}:`));
  const body = lines.slice(header.length).join('\n');

  test(`${path} tells what it answers, what goes in and what comes out`, () => {
    assert.match(header[0] ?? '', /^\/\/ [A-Z].*/);
    assert.ok(start('in') > 0, 'no line "// in:"');
    assert.ok(start('out') > start('in'), 'no line "// out:" after "// in:"');
    assert.ok(header.every((line) => line.length <= 120));
    const joined = (from: number, to?: number) =>
      header
        .slice(from, to)
        .map((line) => line.replace(/^\/\/( (in|out):)?/, ''))
        .join(' ');
    const used = new Set([...body.matchAll(/\$(\w+)/g)].map(([, name]) => name));
    assert.deepEqual(namesIn(joined(start('in'), start('out'))).sort(), [...used].sort(), 'parameters');
    for (const name of namesIn(joined(start('out')))) {
      assert.match(body, new RegExp(String.raw`\b${name}\b`), `${name} comes out of nowhere`);
    }
  });

  test(`${path} is understood by Neo4j, needs no unbounded path and orders before it limits`, async () => {
    await ask(graph, `EXPLAIN ${text}`);
    assert.doesNotMatch(body, /\*\]|\*\d*\.\.\]|\+\s*\(|allShortestPaths/, 'an unbounded path');
    assert.doesNotMatch(
      body,
      /\b(match|return|where|with|merge|set|order by|limit)\b(?= )/,
      'a keyword in lower case',
    );
    if (/\bLIMIT\b/.test(body) && !/so they are not ordered/.test(header.join(' '))) {
      assert.match(body, /ORDER BY[\s\S]*LIMIT/);
    }
  });
}
