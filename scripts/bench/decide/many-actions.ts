import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compilePolicies } from '../../policies/compile.js';
import { inTemporaryFolder } from '../../policies/opa.js';
import { POLICIES } from '../../policies/sources.js';

const PATTERN = 'activity_read';
const OTHERS = 9;

/**
 * Compiles the policy with as many actions as are wished: ten that there are, the reading of an activity among them,
 * and for the rest copies of that under other names, each with its scope.
 */
export function compiledWith(opa: string, actions: number): Buffer {
  return inTemporaryFolder((folder) => {
    copyRules(folder);
    const kept = keepTen(join(folder, 'actions'));
    const copies = Array.from({ length: actions - kept.length }, (_, index) => `${PATTERN}_again_${index}`);
    const pattern = readFileSync(join(POLICIES, 'actions', `${PATTERN}.rego`), 'utf8');
    for (const name of copies) {
      const text = pattern.replace(`package paceline.actions.${PATTERN}`, `package paceline.actions.${name}`);
      writeFileSync(join(folder, 'actions', `${name}.rego`), text);
    }
    const scopes = readFileSync(join(POLICIES, 'scopes.rego'), 'utf8')
      .split('\n')
      .filter(
        (line) => !line.startsWith('needed["') || kept.some((name) => line.startsWith(`needed["${name}"]`)),
      )
      .concat(copies.map((name) => `needed["${name}"] := {"activity:read"}`));
    writeFileSync(join(folder, 'scopes.rego'), scopes.join('\n'));
    return compilePolicies(opa, folder);
  });
}

function copyRules(folder: string): void {
  for (const name of readdirSync(POLICIES)) {
    const isRule = name.endsWith('.rego') && !name.endsWith('_test.rego');
    if (isRule || name === 'actions' || name === 'capabilities.json')
      cpSync(join(POLICIES, name), join(folder, name), { recursive: true });
  }
}

function keepTen(actions: string): readonly string[] {
  const names = readdirSync(actions).map((file) => basename(file, '.rego'));
  const others = names.filter((name) => name !== PATTERN).slice(0, OTHERS);
  const kept = [PATTERN, ...others];
  for (const name of names) if (!kept.includes(name)) rmSync(join(actions, `${name}.rego`));
  return kept;
}
