// Runs a filed query and prints its rows as a table: npm run cypher -- FILE [--NAME VALUE]… [--profile] [--write]
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { headerOf } from '../graph/query-header.js';
import { Graph, type Query } from '../graph/session.js';
import { parametersIn } from './cypher/parameters.js';
import { planAsTable, table } from './cypher/table.js';
import { NothingRuns, runningSettings } from './running-settings.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
// Whoever asks sits and waits, so there is more room than in the API; a slip still ends by itself.
const LIMITS = { timeoutMilliseconds: 60_000, rows: 10_000, bytes: 50_000_000 };
const USAGE = `npm run cypher -- FILE [--NAME VALUE]… [--profile] [--write]

FILE is a path, or one below graph/queries/. Each NAME is a parameter of the header of the query. --profile prints the
plan with the work that each step did; --write lets the query change the graph. NEO4J_URL names the server; without it,
the running demo's is asked.`;

type Row = Readonly<Record<string, unknown>>;

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  const [file = '--help', ...rest] = words;
  if (file === '--help') {
    console.log(USAGE);
    return words.length === 0 ? 1 : 0;
  }
  const path = [resolve(file), resolve(ROOT, 'graph/queries', file)].find((candidate) =>
    existsSync(candidate),
  );
  if (!path) return failed(`there is no file ${file}`);
  let graph: Graph | undefined;
  try {
    graph = new Graph(graphUrl());
    const text = readFileSync(path, 'utf8');
    const options = new Set(rest.filter((word) => ['--profile', '--write'].includes(word)));
    const named = rest.filter((word) => !options.has(word));
    const parameters = parametersIn(headerOf(text), named);
    await run(graph, { path: file, text }, parameters, options);
    return 0;
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  } finally {
    await graph?.close();
  }
}

async function run(
  graph: Graph,
  query: Query<Row, Row>,
  parameters: Row,
  options: ReadonlySet<string>,
): Promise<void> {
  if (options.has('--profile')) {
    const { plan } = await graph.plan(query, parameters, { isProfiled: true });
    console.log(planAsTable(plan));
    return;
  }
  if (options.has('--write')) {
    console.log(table(await graph.write((transaction) => transaction.run(query, parameters))));
    return;
  }
  const { rows, isCut } = await graph.readWithin(query, parameters, LIMITS);
  console.log(table(rows));
  if (isCut) console.log('… and more rows than are shown');
}

function failed(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}

function graphUrl(): string {
  const url = process.env.NEO4J_URL || runningSettings().NEO4J_URL;
  if (!url) throw new NothingRuns();
  return url;
}
