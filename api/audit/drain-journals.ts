import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { closedName, isAbandoned, type SegmentFile, segmentFile } from '../stores/journal-files.js';
import { entriesIn, type JournalEntry, journalKey } from '../stores/journal-frames.js';
import { type Chains, ForgedHead, isJoined, lengthened } from './lengthen-chain.js';

/** What a drain works with. */
export interface Drain extends Chains {
  readonly log: { error(fields: object, message: string): void };
}

const ENTRIES_PER_BATCH = 1_000; // about 1 MB, some 50 ms of one connection
const BROKEN = '.broken';

/**
 * Moves what the journals of a directory hold into TimescaleDB: closed segments, and open ones of processes that
 * are gone. A segment is removed once all of it is stored. Any number of drains may run at once.
 *
 * @returns how many decisions were handed over, those that were there already included
 */
export async function drainJournals(drain: Drain, directory: string): Promise<number> {
  const segments = await segmentsOf(directory);
  let drained = 0;
  for (const segment of segments) {
    const closed = segment.isOpen ? await takenOver(directory, segment) : segment;
    if (closed) drained += await drainSegment(drain, directory, closed).catch(stopAtForgery(drain));
  }
  return drained;
}

// The decisions stay where they are, and those of all other writers go on.
function stopAtForgery({ log }: Drain) {
  return (error: unknown): 0 => {
    if (!(error instanceof ForgedHead)) throw error;
    log.error({ err: error, writer: error.writer }, 'the audit trail in the database is forged');
    return 0;
  };
}

async function segmentsOf(directory: string): Promise<SegmentFile[]> {
  // The name begins with the writer and the number of the segment: the order in which they were written.
  return (await readdir(directory)).sort().flatMap((name) => segmentFile(name) ?? []);
}

/** An open segment after it was taken from its dead writer; undefined while it may be written. */
async function takenOver(directory: string, segment: SegmentFile): Promise<SegmentFile | undefined> {
  const path = join(directory, segment.name);
  try {
    const { mtimeMs } = await stat(path);
    if (!isAbandoned(segment, Date.now() - mtimeMs)) return undefined;
    const name = closedName(segment.name);
    await rename(path, join(directory, name));
    return { ...segment, name, isOpen: false };
  } catch (error) {
    return ignoreMissing(error);
  }
}

async function drainSegment(drain: Drain, directory: string, segment: SegmentFile): Promise<number> {
  const path = join(directory, segment.name);
  const bytes = await readBytes(path);
  if (bytes === undefined) return 0;
  const key = journalKey(drain.masterKey, segment.writer);
  const frames = [...entriesIn(bytes, { id: segment.writer, key })];
  const entries = frames.flatMap((frame) => (frame === 'broken' ? [] : frame));
  // Another drain may still be at work on what comes before.
  if (!(await isNext(drain, directory, segment, entries))) return 0;
  for (let start = 0; start < entries.length; start += ENTRIES_PER_BATCH) {
    await lengthened(drain, segment.writer, entries.slice(start, start + ENTRIES_PER_BATCH));
  }
  const broken = frames.filter((frame) => frame === 'broken').length;
  if (broken === 0) await rm(path, { force: true });
  else {
    drain.log.error({ path: path + BROKEN, broken }, 'the journal has broken places');
    await rename(path, path + BROKEN).catch(ignoreMissing);
  }
  return entries.length;
}

/** Whether the chain can go on with the entries: they join its end, or what is between is nowhere any more. */
async function isNext(
  drain: Drain,
  directory: string,
  { writer, segment }: SegmentFile,
  [first]: readonly JournalEntry[],
): Promise<boolean> {
  if (!first || (await isJoined(drain, writer, first.sequence))) return true;
  const others = await segmentsOf(directory);
  const isAfterOther = others.some((other) => other.writer === writer && other.segment < segment);
  // Looked at again: what was there a moment ago may be stored by now.
  return !isAfterOther || (await isJoined(drain, writer, first.sequence));
}

// Another drain may have been faster.
async function readBytes(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    return ignoreMissing(error);
  }
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
