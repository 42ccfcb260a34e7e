import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';

/**
 * The compiled test files to run, in a good order. They are looked for by their sources; the compiled folder may still
 * hold ones that were deleted.
 *
 * @param {string} root
 * @param {string[]} words only files whose path holds one of them; all when empty
 * @param {{ isLong: boolean }} options isLong: without words, only those that have a large count
 * @throws {Problem} no path holds one of the words
 */
export function chosenTestFiles(root, words, { isLong }) {
  const all = readdirSync(join(root, 'test'), { recursive: true })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => join('test', path))
    .sort();
  const wanted = words.map((word) =>
    word
      .replace(/^\.?\//, '')
      .replace(/^dist\//, '')
      .replace(/\.js$/, '.ts'),
  );
  const chosen = all.filter((path) => wanted.length === 0 || wanted.some((word) => path.includes(word)));
  if (chosen.length === 0)
    throw new Problem(`No test file has ${words.join(' or ')} in its path: look below test/.`);
  const files = isLong && words.length === 0 ? chosen.filter((path) => counts(join(root, path))) : chosen;
  return spread(files).map((path) => join('dist', path.replace(/\.ts$/, '.js')));
}

/** Whether a test file asks for `testCount`. */
function counts(path) {
  return readFileSync(path, 'utf8').includes('support/counts.js');
}

// Those that wait for the stores are in two of the folders, and what runs meanwhile in the others, so they come mixed.
// The tests of the graph come before those of the API, since one of them copies all there is.
function spread(files) {
  const isOf = (folder) => (file) => file.startsWith(join('test', folder, '/'));
  const ofGraph = files.filter(isOf('graph'));
  const ofApi = files.filter(isOf('api'));
  const others = files.filter((file) => !isOf('graph')(file) && !isOf('api')(file));
  const placed = (list) => list.map((file, index) => ({ file, place: (index + 0.5) / list.length }));
  return [...placed([...ofGraph, ...ofApi]), ...placed(others)]
    .sort((one, other) => one.place - other.place)
    .map(({ file }) => file);
}
