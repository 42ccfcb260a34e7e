import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Engine } from '../../../policies/access.js';
import { ACTIONS, type Action } from '../../../policies/actions.js';
import { loadEngine } from '../../../policies/engine.js';
import { caseCells } from '../../../scripts/policies/cases.js';
import { testCount } from '../../support/counts.js';
import { CALLERS, PLAIN_VIEWERS, piecesOf, VIEWERS } from './domain.js';
import { combinations, MODEL, modelOutcome, spelled, spelledVerdict, subjectOf, targetOf } from './model.js';
import { ABSENT, type Facts, type Viewer } from './viewer.js';

const engine = await loadEngine();
const PAGE = 400;
// Of the combinations of all parts of an activity `npm test` takes some, `npm run test:long` all; a prime, so that each
// value of each part comes up beside each of every other.
const IN_STEPS_OF = testCount(79, 1);
let allCells = 0;

/** Asks the engine about a page of facts and says where it differs from the model. */
function differences(action: Action, viewer: Viewer, page: readonly Facts[], of: Engine = engine): string[] {
  const verdicts = of.decide(
    action,
    subjectOf(viewer),
    page.map((facts) => targetOf(viewer, facts)),
  );
  allCells += page.length;
  return page.flatMap((facts, index) => {
    const [policy, model] = [spelledVerdict(verdicts[index]), spelled(modelOutcome(viewer, action, facts))];
    if (policy === model) return [];
    return [
      `${action} by ${JSON.stringify(viewer)} of ${JSON.stringify(facts)}: policy ${policy}, model ${model}`,
    ];
  });
}

// One role more or less is tried where roles count; elsewhere all of them at once are to change nothing.
function viewersOf(action: Action): readonly Viewer[] {
  const countRoles = testCount(0, 1) === 1 || /^(role|suspension|decision)/.test(action);
  return VIEWERS.filter(({ roles }) => countRoles || roles.length !== 1);
}

function compared(action: Action, viewers: readonly Viewer[], all: Iterable<Facts>): string[] {
  const found: string[] = [];
  let page: Facts[] = [];
  const flush = () => {
    for (const viewer of viewers) found.push(...differences(action, viewer, page));
    page = [];
  };
  for (const facts of all) {
    page.push(facts);
    if (page.length === PAGE) flush();
  }
  flush();
  return found;
}

test('each action has a model, and each model an action', () => {
  assert.deepEqual(Object.keys(MODEL).sort(), [...ACTIONS].sort());
});

test('the model knows every value that the cases know', () => {
  const unknown = caseCells().flatMap(({ action, facts }) =>
    Object.entries(facts).flatMap(([name, value]) => {
      const values = MODEL[action]?.facts[name];
      // A fact that the model does not read must change nothing, which the cases hold by themselves.
      return values === undefined || values.includes(value) ? [] : [`${action} ${name} ${value}`];
    }),
  );
  assert.deepEqual([...new Set(unknown)], []);
});

test('who may ask for an action at all is the same for each caller', (context) => {
  const before = allCells;
  const found = ACTIONS.flatMap((action) => {
    const facts = combinations(MODEL[action]?.facts ?? {}).next().value;
    return facts ? CALLERS.flatMap((viewer) => differences(action, viewer, [facts])) : [];
  });
  context.diagnostic(`${allCells - before} cells`);
  assert.deepEqual(found.slice(0, 5), [], `${found.length} cells differ`);
});

for (const action of ACTIONS) {
  test(`${action}: the policy and the model agree in every cell`, (context) => {
    const before = allCells;
    const [first = {}, second] = piecesOf(MODEL[action]?.facts ?? {});
    const found = [
      ...compared(action, viewersOf(action), combinations(first)),
      ...(second ? compared(action, PLAIN_VIEWERS, combinations(second, IN_STEPS_OF)) : []),
    ];
    context.diagnostic(`${allCells - before} cells`);
    assert.deepEqual(found.slice(0, 5), [], `${found.length} cells differ`);
  });
}

test('any mixture of facts is decided as the model says', (context) => {
  const before = allCells;
  const random = generator(20_261_125);
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)] as Value;
  const found: string[] = [];
  for (let round = 0; round < testCount(100, 10_000); round += 1) {
    const action = pick(ACTIONS);
    const domain = Object.entries(MODEL[action]?.facts ?? {});
    const page = Array.from({ length: 100 }, () =>
      Object.fromEntries(domain.map(([name, values]) => [name, random() < 0.1 ? ABSENT : pick(values)])),
    );
    found.push(...differences(action, pick(CALLERS), page));
  }
  context.diagnostic(`${allCells - before} cells; ${allCells} in all`);
  assert.deepEqual(found.slice(0, 5), [], `${found.length} cells differ`);
});

/** The same numbers each time, so that a difference is found again: mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
