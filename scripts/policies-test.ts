// Checks the Rego of policies/ with OPA itself: `npm run policies:test`. Says what it skips without OPA.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageOf } from '../policies/engine.js';
import { type Cell, caseCells } from './policies/cases.js';
import { compilePolicies } from './policies/compile.js';
import { findOpa, inTemporaryFolder, NO_DATA, OPA_INSTALL, OPA_VERSION, runOpa } from './policies/opa.js';
import { bundledWasm, POLICIES, sha256 } from './policies/sources.js';

// Of each outcome of an action, for the count of lines.
const FIRST_CELLS = 4;
const ONE_CELL_IN = 20;

const Row = z.object({ row: z.number() });
const Coverage = z.object({
  files: z.record(
    z.string(),
    z.object({ not_covered: z.array(z.object({ start: Row, end: Row })).default([]) }),
  ),
});

const opa = findOpa();
if (!opa) {
  console.log(
    `Skipped, for want of OPA ${OPA_VERSION}: opa fmt, opa check, opa test with coverage, and whether the bundle` +
      ` is what its sources compile to. The tests in Node hold the bundle all the same. To run everything:\n  ${OPA_INSTALL}`,
  );
  process.exit(0);
}

const failures = [...formatting(opa), ...checking(opa), ...testing(opa), ...compiling(opa)];
for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exit(1);
console.log('The policies are formatted, strict, covered and compiled as they stand.');

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

/**
 * Runs the tests in Rego and every cell of the cases; each line of the policy must have been needed. Counting lines
 * makes OPA five times slower, so they are counted over some cells of each outcome, and over all only to be sure
 * of a line that those leave out.
 */
function testing(opa: string): string[] {
  return inTemporaryFolder((folder) => {
    const cells = caseCells();
    const all = argumentsFor(join(folder, 'cells.json'), cells);
    const { passed, output } = runOpa(opa, ['test', ...all]);
    if (!passed) return [output, differingCells(opa, all)];
    const some = argumentsFor(join(folder, 'some-cells.json'), someOfEachOutcome(cells));
    const lines = uncoveredLines(opa, some).length > 0 ? uncoveredLines(opa, all) : [];
    return lines.length > 0 ? [`lines that no test needs:\n${lines.join('\n')}`] : [];
  });
}

// The cases are one test of seconds, and of minutes on a busy machine: OPA would allow five seconds.
function argumentsFor(file: string, cells: readonly Cell[]): string[] {
  writeFileSync(file, JSON.stringify({ cells: questions(cells) }));
  return ['--timeout', '600s', ...NO_DATA, POLICIES, file];
}

function someOfEachOutcome(cells: readonly Cell[]): readonly Cell[] {
  const taken = new Map<string, number>();
  return cells.filter(({ action, expected }) => {
    const outcome = JSON.stringify([action, expected]);
    const count = taken.get(outcome) ?? 0;
    taken.set(outcome, count + 1);
    return count < FIRST_CELLS || count % ONE_CELL_IN === 0;
  });
}

function compiling(opa: string): string[] {
  const isSame = sha256(compilePolicies(opa)) === sha256(bundledWasm());
  return isSame ? [] : ['policies/bundle is not what policies/ compiles to; run `npm run policies:build`'];
}

/** Cells of one caller and action are one question. */
function questions(cells: readonly Cell[]): object[] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.action, cell.subject]);
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()].map((group) => ({
    names: group.map(({ name }) => name),
    input: {
      action: packageOf(group[0]?.action ?? ''),
      subject: group[0]?.subject,
      items: group.map(({ resource, facts }) => ({ resource, facts })),
    },
    expected: group.map(({ expected }) => expected),
  }));
}

function differingCells(opa: string, args: readonly string[]): string {
  // Without the time limit, which only tests have.
  const paths = args.slice(2).flatMap((word) => (word.startsWith('/') ? ['--data', word] : [word]));
  const { output } = runOpa(opa, ['eval', '--format', 'raw', ...paths, 'data.cases_test.differing']);
  const cells = z.array(z.string()).parse(JSON.parse(output));
  return [`${cells.length} cells of the cases differ:`, ...cells.slice(0, 20)].join('\n');
}

function uncoveredLines(opa: string, args: readonly string[]): string[] {
  const { files } = Coverage.parse(JSON.parse(runOpa(opa, ['test', '--coverage', ...args]).output));
  return Object.entries(files)
    .filter(([file]) => !file.endsWith('_test.rego')) // what a failing test would say is not reached
    .flatMap(([file, { not_covered }]) =>
      not_covered.map(({ start, end }) => `${file}:${start.row}-${end.row}`),
    );
}
