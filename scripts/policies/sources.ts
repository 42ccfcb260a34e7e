import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `policies/` of this clone, whether compiled or not. */
export const POLICIES = fileURLToPath(new URL('../../../policies/', import.meta.url));

/** What goes into a bundle, by path below `policies/`: its Rego without tests, and the built-ins allowed in it. */
export function policySources(): Readonly<Record<string, string>> {
  const paths = readdirSync(POLICIES, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.rego') && !path.endsWith('_test.rego'))
    .concat('capabilities.json')
    .sort();
  return Object.fromEntries(paths.map((path) => [path, sha256(readFileSync(`${POLICIES}${path}`))]));
}

/** What the engine loads. */
export function bundledWasm(): Buffer {
  return readFileSync(`${POLICIES}bundle/policy.wasm`);
}

/** Hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
