import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Subject } from '../../policies/access.js';
import { loadEngine } from '../../policies/engine.js';
import { caseCells } from '../../scripts/policies/cases.js';
import { POLICIES, policySources } from '../../scripts/policies/sources.js';

const engine = await loadEngine();
const cells = caseCells();

test('the compiled policy answers every cell of the cases as they say', (context) => {
  const wrong = cells.flatMap(({ name, action, subject, resource, facts, expected }) => {
    const [verdict] = engine.decide(action, { ...subject, requestId: 'r' } as unknown as Subject, [
      { resource: { id: 'x', ...resource } as never, facts },
    ]);
    const got = {
      allowed: verdict?.allowed,
      revealed: verdict?.revealed,
      rules: [...(verdict?.rules ?? [])].sort(),
      withheld: [...(verdict?.withheld ?? [])].sort(),
    };
    return JSON.stringify(got) === JSON.stringify(expected) ? [] : [{ name, expected, got }];
  });
  context.diagnostic(`${cells.length} cells`);
  assert.deepEqual(wrong.slice(0, 5), [], `${wrong.length} cells differ`);
});

test('every rule of the policy decides some cell', () => {
  const ids = Object.keys(policySources())
    .filter((path) => path.endsWith('.rego'))
    .flatMap((path) => [
      ...readFileSync(`${POLICIES}${path}`, 'utf8').matchAll(/\b(?:allow|deny) contains "([^"]+)"/g),
    ])
    .map(([, id]) => id);
  const seen = new Set(cells.flatMap(({ expected }) => expected.rules));
  // An action that the scopes don't name cannot be asked for in a case; see the engine's tests.
  const unseen = [...new Set(ids)].filter((id) => id && id !== 'deny-unknown-action' && !seen.has(id));
  assert.deepEqual(unseen, []);
});

test('the policy negates names alone, since `not x in y` is undefined where x or y is', () => {
  const negations = Object.keys(policySources())
    .filter((path) => path.endsWith('.rego'))
    .flatMap((path) => [...readFileSync(`${POLICIES}${path}`, 'utf8').matchAll(/^[^#\n]*\bnot (.+)$/gm)])
    .map(([, negated = '']) => negated);
  assert.ok(negations.length > 10);
  assert.deepEqual(
    negations.filter((negated) => !/^[\w.]+(\[input\.\w+\])?$/.test(negated)),
    [],
  );
});
