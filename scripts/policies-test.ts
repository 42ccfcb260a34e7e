// Checks the Rego of policies/ with OPA itself and with Regal: `npm run policies:test`. Says what it skips without them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Cell, caseCells } from './policies/cases.js';
import { compilePolicies } from './policies/compile.js';
import { findOpa, NO_DATA, OPA_INSTALL, OPA_VERSION, runOpa, startOpa } from './policies/opa.js';
import { partsOf, questions, tellingCells } from './policies/questions.js';
import { findRegal, lint, REGAL_INSTALL, REGAL_VERSION } from './policies/regal.js';
import { bundledWasm, POLICIES, sha256 } from './policies/sources.js';

const Row = z.object({ row: z.number() });
const Coverage = z.object({
  files: z.record(
    z.string(),
    z.object({ not_covered: z.array(z.object({ start: Row, end: Row })).default([]) }),
  ),
});

const opa = findOpa();
const regal = findRegal();
if (!opa) {
  skip(
    `OPA ${OPA_VERSION}`,
    'opa fmt, opa check, opa test with coverage, and whether the bundle is what its sources compile to (the tests in Node hold the bundle all the same)',
    OPA_INSTALL,
  );
}
if (!regal) skip(`Regal ${REGAL_VERSION}`, 'regal lint', REGAL_INSTALL);

const failures = [
  ...(opa ? [...formatting(opa), ...checking(opa), ...(await testing(opa)), ...compiling(opa)] : []),
  ...(regal ? lint(regal) : []),
];
for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exit(1);
if (opa) console.log('The policies are formatted, strict, covered and compiled as they stand.');
if (regal) console.log('Regal finds nothing to say about them.');

/** One line, which `npm test` repeats at its end. */
function skip(tool: string, checks: string, install: string): void {
  console.log(`Skipped, for want of ${tool}: ${checks}. To run it all: ${install}`);
}

function formatting(opa: string): string[] {
  const { output } = runOpa(opa, ['fmt', '--list', POLICIES]);
  return output ? [`not formatted, run \`opa fmt --write policies\`:\n${output}`] : [];
}

function checking(opa: string): string[] {
  const args = [
    'check',
    '--strict',
    '--capabilities',
    join(POLICIES, 'capabilities.json'),
    ...NO_DATA,
    POLICIES,
  ];
  const { passed, output } = runOpa(opa, args);
  return passed ? [] : [output];
}

/** The tests in Rego and the cells of the cases, beside one another: each line must be needed, each cell as expected. */
async function testing(opa: string): Promise<string[]> {
  const cells = caseCells();
  const folder = mkdtempSync(join(tmpdir(), 'paceline-cells-'));
  try {
    const found = await Promise.all([
      covering(opa, join(folder, 'telling.json'), cells),
      ...partsOf(cells, availableParallelism()).map((part, at) =>
        agreeing(opa, join(folder, `part-${at}.json`), part),
      ),
    ]);
    return found.flat();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Each line of the policy must have been needed. Counting lines makes OPA six times slower: it is done over some cells,
 * and over all only to be sure of a line that those leave out.
 */
async function covering(opa: string, path: string, cells: readonly Cell[]): Promise<string[]> {
  // The cases are one test, and of minutes on a busy machine: OPA would allow five seconds.
  const args = ['--timeout', '600s', ...NO_DATA, POLICIES, path];
  for (const some of [tellingCells(cells), cells]) {
    writeFileSync(path, JSON.stringify(questions(some).data));
    const covered = await startOpa(opa, ['test', '--coverage', ...args]);
    // With coverage it prints nothing but the figures, whether or not a test fails.
    if (!covered.passed) return [runOpa(opa, ['test', ...args]).output];
    const lines = uncoveredLines(covered.output);
    if (lines.length === 0) return [];
    if (some === cells) return [`lines that no test needs:\n${lines.join('\n')}`];
  }
  return [];
}

async function agreeing(opa: string, path: string, cells: readonly Cell[]): Promise<string[]> {
  const { data, nameOf } = questions(cells);
  writeFileSync(path, JSON.stringify(data));
  const args = ['eval', '--format', 'raw', ...NO_DATA, '--data', POLICIES, '--data', path];
  const { passed, output } = await startOpa(opa, [...args, 'data.cases_test.differing']);
  if (!passed) return [output];
  const differing = z.array(z.tuple([z.number(), z.number()])).parse(JSON.parse(output));
  if (differing.length === 0) return [];
  const names = differing.slice(0, 20).map(([question, item]) => nameOf(question, item));
  return [[`${differing.length} cells of the cases differ:`, ...names].join('\n')];
}

function compiling(opa: string): string[] {
  const isSame = sha256(compilePolicies(opa)) === sha256(bundledWasm());
  return isSame ? [] : ['policies/bundle is not what policies/ compiles to; run `npm run policies:build`'];
}

function uncoveredLines(report: string): string[] {
  const { files } = Coverage.parse(JSON.parse(report));
  return Object.entries(files)
    .filter(([file]) => !file.endsWith('_test.rego')) // what a failing test would say is not reached
    .flatMap(([file, { not_covered }]) =>
      not_covered.map(({ start, end }) => `${file}:${start.row}-${end.row}`),
    );
}
