import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SCOPES } from '../../policies/scope-names.js';
import { POLICIES } from '../../scripts/policies/sources.js';

test('a token may be asked to be for each scope that some action needs, and for no other', () => {
  const rego = readFileSync(`${POLICIES}scopes.rego`, 'utf8');
  const needed = [...rego.matchAll(/^needed\["\w+"\] := \{([^}]*)\}$/gm)].flatMap(([, scopes = '']) => [
    ...scopes.matchAll(/"([^"]+)"/g),
  ]);
  const names = new Set(needed.map(([, name]) => name).filter((name) => name !== 'system'));
  assert.deepEqual([...SCOPES].sort(), ['*', ...names].sort());
});
