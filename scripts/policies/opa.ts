import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { POLICIES } from './sources.js';

/** The one version whose bundles we ship; another may compile the same rules to other bytes. */
export const OPA_VERSION = '1.22.2';

const { PACELINE_CACHE, XDG_CACHE_HOME } = process.env;

/** Where what was fetched or built is kept between runs. */
export const CACHE = PACELINE_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'paceline');

const FOLDER = join(CACHE, 'opa');

/** How to get it; needs Go, but neither a C compiler nor root. */
export const OPA_INSTALL = `CGO_ENABLED=0 GOBIN=${FOLDER} go install github.com/open-policy-agent/opa@v${OPA_VERSION}`;

/** The path of OPA in the right version, from our cache or the PATH; undefined without one. */
export function findOpa(): string | undefined {
  const cached = join(FOLDER, executable('opa'));
  return [cached, 'opa'].find((path) => {
    if (path === cached && !existsSync(path)) return false;
    return runOpa(path, ['version']).output.includes(`Version: ${OPA_VERSION}\n`);
  });
}

/** The name of its file. */
export function executable(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

/** Runs it to its end, in this folder if one is given. */
export function runOpa(
  path: string,
  args: readonly string[],
  folder?: string,
): { passed: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync(path, args, {
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    cwd: folder,
  });
  return { passed: status === 0, output: `${stdout ?? ''}${stderr ?? ''}` };
}

/** The same beside others: several processes use several processors. */
export function startOpa(
  path: string,
  args: readonly string[],
): Promise<{ readonly passed: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(path, args, { encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout, stderr) =>
      resolve({ passed: error === null, output: `${stdout}${stderr}` }),
    );
  });
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Leaves out what OPA would take for data of the rules. */
export const NO_DATA = ['--ignore', '*.yaml', '--ignore', 'capabilities.json', '--ignore', 'manifest.json'];

/**
 * What a query about the rules of `policies/` answers, as JSON.
 *
 * @throws {Error} with what OPA says
 */
export function evaluatePolicies(opa: string, query: string, args: readonly string[]): string {
  const rules = ['--data', POLICIES, '--ignore', '*_test.rego', ...NO_DATA];
  const { passed, output } = runOpa(opa, ['eval', '--format', 'raw', ...rules, ...args, query]);
  if (!passed) throw new Error(output);
  return output;
}

/** Gives the work a folder that is gone afterwards. */
export function inTemporaryFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-policies-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
