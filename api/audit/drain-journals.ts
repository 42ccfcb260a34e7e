import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { storeDecisions } from '../../timeseries/decisions.js';
import type { Series } from '../../timeseries/pool.js';
import { closedName, isAbandoned, type SegmentFile, segmentFile } from '../stores/journal-files.js';

/** What a drain works with. */
interface Drain {
  readonly series: Series;
  readonly log: { error(fields: object, message: string): void };
}

const LINES_PER_BATCH = 1_000; // about 700 KB, some 20 ms of one connection
const BROKEN = '.broken';

/**
 * Moves what the journals of a directory hold into TimescaleDB: closed segments, and open ones of processes that
 * are gone. A segment is removed once all of it is stored. Any number of drains may run at once.
 *
 * @returns how many decisions were handed over, those that were there already included
 */
export async function drainJournals({ series, log }: Drain, directory: string): Promise<number> {
  const segments = (await readdir(directory)).sort().flatMap((name) => segmentFile(name) ?? []);
  let drained = 0;
  for (const segment of segments) {
    const name = segment.isOpen ? await takenOver(directory, segment) : segment.name;
    if (name) drained += await drainSegment({ series, log }, join(directory, name));
  }
  return drained;
}

/** The name of an open segment after it was taken from its dead writer; undefined while it may be written. */
async function takenOver(directory: string, segment: SegmentFile): Promise<string | undefined> {
  const path = join(directory, segment.name);
  try {
    const { mtimeMs } = await stat(path);
    if (!isAbandoned(segment, Date.now() - mtimeMs)) return undefined;
    await rename(path, join(directory, closedName(segment.name)));
    return closedName(segment.name);
  } catch (error) {
    return ignoreMissing(error);
  }
}

async function drainSegment({ series, log }: Drain, path: string): Promise<number> {
  const text = await readText(path);
  if (text === undefined) return 0;
  // A process that was killed while it wrote leaves part of a line, whose request was never answered.
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  const readable = lines.filter(isJson);
  for (let start = 0; start < readable.length; start += LINES_PER_BATCH) {
    await storeDecisions(series, readable.slice(start, start + LINES_PER_BATCH));
  }
  if (readable.length === lines.length) await rm(path, { force: true });
  else {
    log.error(
      { path: path + BROKEN, broken: lines.length - readable.length },
      'the journal has broken lines',
    );
    await rename(path, path + BROKEN).catch(ignoreMissing);
  }
  return readable.length;
}

// Another drain may have been faster.
async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    return ignoreMissing(error);
  }
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
