import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
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

// Folders that wait for the stores and folders that run meanwhile come mixed. The tests of the graph come before those of
// the API, since one of them copies all there is.
function spread(files) {
  const folders = [...new Set(files.map(dirname))];
  const isOf = (name) => (folder) => folder.split(sep)[1] === name;
  const ofGraph = folders.filter(isOf('graph'));
  const ofApi = folders.filter(isOf('api'));
  const others = folders.filter((folder) => !isOf('graph')(folder) && !isOf('api')(folder));
  const placed = (list, first) =>
    list.map((folder, index) => ({ folder, place: (index + first) / list.length }));
  return [...placed([...ofGraph, ...ofApi], 0), ...placed(others, 0.5)]
    .sort((one, other) => one.place - other.place)
    .flatMap(({ folder }) => files.filter((file) => dirname(file) === folder));
}
