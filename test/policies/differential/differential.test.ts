import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { newRuntime } from '../../../policies/engine.js';
import { ENTRYPOINTS } from '../../../scripts/policies/compile.js';
import { evaluatePolicies, findOpa, inTemporaryFolder, OPA_VERSION } from '../../../scripts/policies/opa.js';
import { bundledWasm } from '../../../scripts/policies/sources.js';
import { randomFrom } from '../../../scripts/simulate/random.js';
import { testCount } from '../../support/counts.js';
import { type Question, questionsFrom } from './generated-questions.js';

const SEED = 20_261_129;
const THINGS = testCount(20_000, 1_000_000);
// Each batch is one process of OPA, and as much as is held in memory.
const THINGS_PER_BATCH = 20_000;
// Of each question what both entry points say; a set of none where they say nothing.
const ANSWERS = `[[
  {answer | answer := data.paceline.admit with input as question},
  {answer | answer := data.paceline.decisions with input as question},
] | some question in input]`;

const opa = findOpa();
const runtime = newRuntime(bundledWasm());
const encoder = new TextEncoder();

test('the compiled rules answer whatever they are asked as OPA does', {
  skip: opa ? false : `OPA ${OPA_VERSION} is not here`,
}, (context) => {
  const next = questionsFrom(randomFrom(SEED));
  const told = { things: 0, allowed: 0 };
  while (told.things < THINGS) {
    const batch = batchOf(next);
    const theirs = evaluated(opa ?? '', batch);
    for (const [index, question] of batch.entries()) {
      const ours = ENTRYPOINTS.map((entrypoint) => asked(question, entrypoint));
      assert.deepEqual(inOrder(ours), inOrder(theirs[index]), JSON.stringify(question));
      told.things += thingsIn(question);
      told.allowed += allowedIn(ours);
    }
  }
  context.diagnostic(`${told.things} things, ${told.allowed} of them allowed; seed ${SEED}`);
  // Questions that are all refused at the door would show nothing.
  assert.ok(told.allowed > told.things / 10);
});

function batchOf(next: () => Question): readonly Question[] {
  const batch: Question[] = [];
  for (let things = 0; things < THINGS_PER_BATCH; things += thingsIn(batch.at(-1))) batch.push(next());
  return batch;
}

function evaluated(opa: string, batch: readonly Question[]): readonly unknown[] {
  return inTemporaryFolder((folder) => {
    const input = join(folder, 'input.json');
    writeFileSync(input, JSON.stringify(batch));
    return JSON.parse(evaluatePolicies(opa, ANSWERS, ['--input', input]));
  });
}

/** What the WASM says: nothing, or one answer. */
function asked(question: Question, entrypoint: string): readonly unknown[] {
  // A copy, since the runtime reads whole buffers and an encoder may give a part of one.
  const { buffer } = encoder.encode(JSON.stringify(question)).slice();
  const results = runtime.evaluate(buffer, entrypoint);
  return Array.isArray(results) ? results.map(({ result }) => result) : [];
}

/** Sets of texts have no order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value))
    return value.every((entry) => typeof entry === 'string') ? value.toSorted() : value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, inOrder(entry)]));
}

function thingsIn(question: Question | undefined): number {
  const items = question?.items;
  return Array.isArray(items) ? Math.max(1, items.length) : 1;
}

function allowedIn(answers: unknown): number {
  return JSON.stringify(answers).split('"allowed":true').length - 1;
}
