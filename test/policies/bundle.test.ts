import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { ACTIONS } from '../../policies/actions.js';
import { loadEngine } from '../../policies/engine.js';
import { packageOf } from '../../policies/seen-by-rules.js';
import { bundledWasm, POLICIES, policySources, sha256 } from '../../scripts/policies/sources.js';

const manifest = JSON.parse(readFileSync(`${POLICIES}bundle/manifest.json`, 'utf8'));

test('the committed bundle was built from the Rego as it stands; else run `npm run policies:build`', () => {
  assert.deepEqual(manifest.sources, policySources());
  assert.equal(manifest.wasm, sha256(bundledWasm()));
});

test('the bundle is numbered, dated and named by its digest', async () => {
  assert.ok(Number.isInteger(manifest.revision) && manifest.revision > 0);
  assert.ok(Date.parse(manifest.builtAt) <= Date.now());
  assert.equal(manifest.bundle, `${manifest.revision}-${manifest.wasm.slice(0, 12)}`);
  assert.equal((await loadEngine()).bundle, manifest.bundle);
});

test('there is one package for each action, and a scope for each', () => {
  const packages = readdirSync(`${POLICIES}actions`).map((name) => name.replace('.rego', ''));
  const actions = ACTIONS.map(packageOf).sort();
  assert.deepEqual(packages.sort(), actions);
  for (const name of packages) {
    assert.match(
      readFileSync(`${POLICIES}actions/${name}.rego`, 'utf8'),
      new RegExp(`^package paceline.actions.${name}$`, 'm'),
    );
  }
  const scopes = readFileSync(`${POLICIES}scopes.rego`, 'utf8');
  assert.deepEqual([...scopes.matchAll(/^needed\["(\w+)"\] := /gm)].map(([, name]) => name).sort(), actions);
});

test('every package says what it is about and which threat it answers', () => {
  for (const path of Object.keys(policySources()).filter((path) => path.endsWith('.rego'))) {
    const text = readFileSync(`${POLICIES}${path}`, 'utf8');
    assert.match(text, /^# METADATA\n# title: \S/, path);
    // Vocabulary names facts and decides nothing by itself.
    if (!/^(relations|visibility)\.rego$/.test(path)) assert.match(text, /^# {3}threat: \S/m, path);
  }
});

test('the bundle needs no built-in from its host, whose versions of them differ from those of OPA', () => {
  const { loadPolicySync } = createRequire(import.meta.url)('@opa/wasm');
  const { mem, wasmInstance } = loadPolicySync(bundledWasm());
  const { opa_json_dump, builtins } = wasmInstance.exports;
  const start = opa_json_dump(builtins());
  const bytes = Buffer.from(mem.buffer);
  assert.equal(bytes.toString('utf8', start, bytes.indexOf(0, start)), '{}');
});
