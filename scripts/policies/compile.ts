import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTemporaryFolder, runOpa } from './opa.js';
import { POLICIES } from './sources.js';

/** What the engine calls. */
export const ENTRYPOINTS = ['paceline/admit', 'paceline/decisions'] as const;

/**
 * Compiles the Rego of a folder, `policies/` unless another is named, to WASM; the same sources give the same bytes.
 *
 * @throws {Error} with what OPA says, for example about a built-in that `capabilities.json` does not list
 */
export function compilePolicies(opa: string, policies = POLICIES): Buffer {
  return inTemporaryFolder((folder) => {
    const bundle = join(folder, 'bundle.tar.gz');
    const args = ['build', '--target', 'wasm', '--capabilities', 'capabilities.json'];
    for (const entrypoint of ENTRYPOINTS) args.push('--entrypoint', entrypoint);
    // Everything else below the folder that OPA would take for data.
    for (const pattern of ['*_test.rego', '*.json', '*.yaml']) args.push('--ignore', pattern);
    // OPA writes the paths of the sources into the WASM: named from inside, they are the same in every clone.
    const { passed, output } = runOpa(opa, [...args, '--output', bundle, '.'], policies);
    if (!passed) throw new Error(output.trim());
    const { status, stderr } = spawnSync('tar', ['-xzf', bundle, '-C', folder, '/policy.wasm'], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`tar: ${stderr}`);
    return readFileSync(join(folder, 'policy.wasm'));
  });
}
