import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Someone else works in the directory. */
export class DirectoryInUse extends Error {
  override name = 'DirectoryInUse';
  constructor(
    readonly lockFile: string,
    readonly pid: number,
  ) {
    super(
      `${dirname(lockFile)} is in use by process ${pid}: stop that one first, or choose another directory`,
    );
  }
}

// Two that find the same stale lock may both put theirs in its place; the one that lost sees it after this pause.
const CONTEST_MILLISECONDS = 100;
const ATTEMPTS = 5;

/**
 * Takes the lock that this file is. It holds until the process ends, however it ends: the next one looks whether
 * the process in the file still lives.
 *
 * @throws {DirectoryInUse}
 */
export async function lockDirectory(lockFile: string): Promise<{ release: () => void }> {
  mkdirSync(dirname(lockFile), { recursive: true, mode: 0o700 });
  const mine = `${process.pid} ${processStartedAt(process.pid) ?? ''}\n`;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (placed(lockFile, mine)) {
      if (attempt > 0) await delay(CONTEST_MILLISECONDS);
      if (attempt === 0 || contentOf(lockFile) === mine) return { release: () => release(lockFile, mine) };
    }
    const found = contentOf(lockFile);
    if (found === undefined) continue;
    if (isAlive(found)) throw new DirectoryInUse(lockFile, Number(found.split(' ')[0]));
    putAside(lockFile, found);
  }
  throw new DirectoryInUse(lockFile, Number(contentOf(lockFile)?.split(' ')[0] ?? 0));
}

/** Whether a process that lives holds the lock. */
export function isLocked(lockFile: string): boolean {
  const found = contentOf(lockFile);
  return found !== undefined && isAlive(found);
}

function isAlive(content: string): boolean {
  const [pid, startedAt] = content.trim().split(' ');
  return Boolean(startedAt) && processStartedAt(Number(pid)) === startedAt;
}

// A link appears with its content or not at all, unlike a file that is created and then written.
function placed(lockFile: string, content: string): boolean {
  const draft = `${lockFile}.${process.pid}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, lockFile);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function putAside(lockFile: string, stale: string): void {
  const aside = `${lockFile}.stale-${process.pid}`;
  try {
    renameSync(lockFile, aside);
    // It was somebody's fresh lock, taken since we looked: give it back.
    if (contentOf(aside) !== stale) linkSync(aside, lockFile);
  } catch {
    // Somebody else put it aside first, or took the lock again.
  } finally {
    rmSync(aside, { force: true });
  }
}

function release(lockFile: string, mine: string): void {
  if (contentOf(lockFile) === mine) rmSync(lockFile, { force: true });
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

// Ids of processes are used again, so an id alone does not say that it is still the same one.
function processStartedAt(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
        .trim()
        .replaceAll(' ', '_');
    }
    // The name in brackets may hold spaces; in the fields after it the state is first and the start is twentieth.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return fields?.[0] === 'Z' ? undefined : fields?.[19];
  } catch {
    return undefined;
  }
}
