import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gather } from './compile.mjs';
import { Problem, problemOfMachine } from './problem.mjs';

/** Runs `npm ci` when what is installed is not what the lock file says. */
export async function installPackages(root, progress, children) {
  if (isInstalled(root)) return;
  await progress.step('Installing npm packages', () => npmCi(root, children));
}

// The lock that npm leaves inside node_modules says what lies there. Optional packages of other systems do not.
function isInstalled(root) {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(installedLock);
  return Object.entries(wanted).every(
    ([path, { version, integrity, optional }]) =>
      path === '' ||
      (optional && !installed[path]) ||
      (installed[path]?.version === version && installed[path]?.integrity === integrity),
  );
}

const packagesOf = (lock) => JSON.parse(readFileSync(lock, 'utf8')).packages;

async function npmCi(root, children) {
  const { passed, output } = await gather(children, root, 'npm', ['ci', '--no-audit', '--no-fund']);
  if (passed) return;
  throw (
    problemOfMachine(output, root) ??
    new Problem(`npm ci failed, mend what it says and run the command again:\n${output.trim().slice(-4_000)}`)
  );
}
