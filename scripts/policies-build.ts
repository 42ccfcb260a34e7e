// Compiles policies/*.rego into policies/bundle/: `npm run policies:build`. Needs OPA; says how to get it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { compilePolicies, ENTRYPOINTS } from './policies/compile.js';
import { findOpa, OPA_INSTALL, OPA_VERSION } from './policies/opa.js';
import { POLICIES, policySources, sha256 } from './policies/sources.js';

const folder = `${POLICIES}bundle/`;
const opa = findOpa();
if (!opa) {
  console.error(`OPA ${OPA_VERSION} compiles policies and was not found. Get it with:\n  ${OPA_INSTALL}`);
  process.exit(1);
}

try {
  const wasm = compilePolicies(opa);
  const before = manifestBefore();
  const sources = policySources();
  const isSame = JSON.stringify(before.sources) === JSON.stringify(sources) && before.wasm === sha256(wasm);
  if (isSame) {
    console.log(`policies/bundle is up to date: ${before.bundle}`);
  } else {
    const revision = before.revision + 1;
    const manifest = {
      // The name that every decision carries: number and digest, so that two branches never share one.
      bundle: `${revision}-${sha256(wasm).slice(0, 12)}`,
      revision,
      builtAt: new Date().toISOString(),
      opa: OPA_VERSION,
      entrypoints: ENTRYPOINTS,
      wasm: sha256(wasm),
      sources,
    };
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}policy.wasm`, wasm);
    writeFileSync(`${folder}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
    console.log(`built policies/bundle: ${manifest.bundle}, ${Math.round(wasm.length / 1024)} KiB`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function manifestBefore(): { bundle: string; revision: number; wasm: string; sources: object } {
  const path = `${folder}manifest.json`;
  if (!existsSync(path)) return { bundle: '', revision: 0, wasm: '', sources: {} };
  return JSON.parse(readFileSync(path, 'utf8'));
}
