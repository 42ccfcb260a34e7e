import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, executable, runOpa } from './opa.js';
import { POLICIES } from './sources.js';

/** The one version that the rules are held to: another knows other things to complain of. */
export const REGAL_VERSION = '0.42.0';

// Built from a module it does not know its own version, so the folder says it.
const FOLDER = join(CACHE, `regal-${REGAL_VERSION}`);
const MODULE = 'github.com/open-policy-agent/regal';

/**
 * How to get it; needs Go, but neither a C compiler nor root. By a module that requires it, because
 * `go install …@version` also asks for the list of all versions, which some proxies don't serve.
 */
export const REGAL_INSTALL = [
  'cd "$(mktemp -d)" && go mod init lint',
  `go mod edit -require=${MODULE}@v${REGAL_VERSION}`,
  `CGO_ENABLED=0 GOBIN=${FOLDER} go install -mod=mod ${MODULE}`,
].join(' && ');

/** The path of Regal in the right version, from our cache or the PATH; undefined without one. */
export function findRegal(): string | undefined {
  const cached = join(FOLDER, executable('regal'));
  if (existsSync(cached)) return cached;
  return runOpa('regal', ['version']).output.includes(` ${REGAL_VERSION}\n`) ? 'regal' : undefined;
}

/** What Regal finds wrong with the rules, as `policies/.regal/config.yaml` has it; nothing where it is content. */
export function lint(regal: string): string[] {
  const { passed, output } = runOpa(regal, ['lint', '--format', 'compact', '--no-color', '.'], POLICIES);
  return passed ? [] : [`regal lint policies:\n${output}`];
}
