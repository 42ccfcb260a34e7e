/**
 * Runs compiled test files, so many folders at once, in the order given: `node scripts/run-test-files.mjs 3 FILE…`.
 *
 * The files of a folder are suites of one process, one after another. `node --test` gives each file a process, and most
 * of them would spend more time on loading the same code than on their tests.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { pathToFileURL } from 'node:url';

// What a failed test leaves open would hold its folder, and with it the whole run.
const HEAD = `import { after, suite } from 'node:test';
after(() => {
  setTimeout(() => {
    process.stderr.write('Something was left open after the last test: ' + process.getActiveResourcesInfo() + '\\n');
    process.exit(1);
  }, 30_000).unref();
});`;

const [atOnce, ...files] = process.argv.slice(2);
const programs = mkdtempSync(join(tmpdir(), 'paceline-suites-'));
const folders = new Map();
for (const file of files) folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), file]);

run({ files: [...folders].map(program), concurrency: Number(atOnce) })
  .on('test:fail', () => {
    process.exitCode = 1;
  })
  .compose(new spec())
  .pipe(process.stdout);

/** Writes the program that runs the files of a folder; returns its path. */
function program([folder, ofFolder]) {
  const path = join(programs, `${folder.replaceAll(/[\\/]/g, '-')}.mjs`);
  const suites = ofFolder.map((file) => {
    const name = join(folder, basename(file, '.js'));
    return `suite(${JSON.stringify(name)}, () => import(${JSON.stringify(pathToFileURL(resolve(file)).href)}));`;
  });
  writeFileSync(path, [HEAD, ...suites, ''].join('\n'));
  return path;
}
