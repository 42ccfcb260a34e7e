import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Problem } from './problem.mjs';

/**
 * Compiles the TypeScript into `dist/`.
 *
 * @throws {Problem} with what the compiler says
 */
export async function compile(root, children) {
  const { passed, output } = await gather(children, root, process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
  ]);
  if (!passed) throw new Problem(`The project does not compile:\n${output.trimEnd()}`);
}

/** Loads a module of ours once it is compiled, by its place in `dist/`. */
export const compiled = (path) => import(new URL(`../dist/${path}`, import.meta.url).href);

/** Runs a program to its end, which comes early when this process ends, and gathers what it prints. */
export function gather(children, cwd, command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid) children.watch(child.pid);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.once('error', (error) => resolve({ passed: false, output: error.message }));
    child.once('close', (code) => resolve({ passed: code === 0, output }));
  });
}
