/**
 * Runs compiled test files, so many at once, in the order given: `node scripts/run-test-files.mjs 3 FILE…`.
 * `node --test` would sort them.
 */
import { resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const [atOnce, ...files] = process.argv.slice(2);
run({ files: files.map((file) => resolve(file)), concurrency: Number(atOnce) })
  .on('test:fail', () => {
    process.exitCode = 1;
  })
  .compose(new spec())
  .pipe(process.stdout);
