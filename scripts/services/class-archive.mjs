import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { javaProgram } from './java.mjs';
import { processStartedAt } from './process-identity.mjs';

// Java keeps the classes that Neo4j loads as they lie in memory, which saves two fifths of the processor time of a
// start. The first start notes their names, which costs nothing; the archive is then made beside the work of
// others, at the lowest priority. It only saves time, so whatever goes wrong here is no reason to stop.

// The compiler of the archive refuses longer lines.
const LINE_CHARACTERS = 4_000;
const LOWEST_PRIORITY = 19;
const LONGEST_MILLISECONDS = 3_600_000;

const noted = (archive) => `${archive}.classes`;
const attempt = (archive) => `${archive}.attempt`;
const draftOf = (archive) => `${archive}.draft`;

/** The option of Java that uses the archive, or the one that notes the names for it. */
export function classArchiveOptions({ classArchive }, directory) {
  // An archive of another Java is passed over by itself.
  if (existsSync(classArchive)) return [`-XX:SharedArchiveFile=${classArchive}`];
  if (existsSync(noted(classArchive))) return [];
  return [`-XX:DumpLoadedClassList=${join(directory, 'classes')}`];
}

/** Makes the archive in the background when there is none; to be called when Neo4j is up. */
export function makeClassArchive(children, { classArchive, jars, directory: cache }, directory) {
  try {
    if (existsSync(classArchive) || isBeingMade(classArchive)) return;
    removeOldDrafts(cache, classArchive);
    // Two that begin at the same moment make it twice: half of one must never be taken for the whole of another.
    const draft = `${draftOf(classArchive)}-${randomUUID()}`;
    if (!existsSync(noted(classArchive))) keepNames(join(directory, 'classes'), noted(classArchive));
    const args = [
      '-Xmx512m',
      '-Xshare:dump',
      `-XX:SharedClassListFile=${noted(classArchive)}`,
      `-XX:SharedArchiveFile=${draft}`,
      '-cp',
      join(jars, '*'),
    ];
    const child = children.start(javaProgram('java'), args, { cwd: cache, logFile: `${classArchive}.log` });
    setPriority(child.pid, LOWEST_PRIORITY);
    writeFileSync(attempt(classArchive), `${child.pid} ${processStartedAt(child.pid)}`);
    child.exited
      .then(({ code }) => {
        if (code === 0) renameSync(draft, classArchive);
        else rmSync(draft, { force: true });
        rmSync(attempt(classArchive), { force: true });
      })
      .catch(() => {});
  } catch {
    // Neo4j runs all the same.
  }
}

// Whoever began may have been ended before it was done.
function isBeingMade(classArchive) {
  if (!existsSync(attempt(classArchive))) return false;
  const [pid, startedAt] = readFileSync(attempt(classArchive), 'utf8').split(' ');
  return startedAt !== undefined && processStartedAt(Number(pid)) === startedAt;
}

function removeOldDrafts(cache, classArchive) {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const isOld = () => Date.now() - statSync(path).mtimeMs > LONGEST_MILLISECONDS;
    if (path.startsWith(draftOf(classArchive)) && isOld()) rmSync(path, { force: true });
  }
}

// Neo4j still runs and writes: the last line may not be whole.
function keepNames(from, to) {
  const lines = readFileSync(from, 'utf8').split('\n').slice(0, -1);
  writeFileSync(to, `${lines.filter((line) => line.length < LINE_CHARACTERS).join('\n')}\n`);
}
