import {
  close,
  closeSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { v4 as uuidv4 } from 'uuid';
import type { Decision, Recorder } from '../../policies/access.js';
import type { AthleteKey } from '../../policies/keys.js';
import { closedName, openName, STALE_MILLISECONDS, segmentFile } from './journal-files.js';
import { framesOf, type Writer } from './journal-frames.js';

/** A decision could not be made durable, so its request is not answered. */
export class JournalUnavailable extends Error {
  override name = 'JournalUnavailable';
  readonly problem = 'audit-unavailable';
  constructor(
    readonly reason: 'full' | 'unwritable' | 'closed',
    options?: ErrorOptions,
  ) {
    super(`access decisions cannot be recorded: the journal is ${reason}`, options);
  }
}

export interface JournalOptions {
  readonly directory: string;
  /** What all journals of the directory may take until a drain has moved them. */
  readonly maxBytes: number;
  /** `each`: every decision is on the disk before it counts; otherwise at most 100 ms later. */
  readonly flush: 'background' | 'each';
  /** What evaluates the policy in this process; kept with every decision. */
  readonly engine: string;
  /** The key of a writer; the drain derives the same. */
  readonly keyOf: (writer: string) => AthleteKey;
  readonly log: { error(fields: object, message: string): void };
}

/** The file that is written now. */
interface Segment {
  readonly file: number;
  readonly name: string;
  readonly openedAt: number;
  bytes: number;
  writtenAt: number;
}

/**
 * Keeps every access decision in a file of this process before anyone hears of it: written, so that the death of
 * the process loses nothing, and soon on the disk. `api/audit` moves the files into TimescaleDB.
 *
 * Encrypted frames, numbered from 1 without gaps per writer. A writer is one run of one process, or what is left of
 * one after a write that could neither be finished nor undone, or after its clock went back: so the numbers of one
 * writer are in the order of time, and what retention drops are always its first ones.
 */
export class Journal implements Recorder {
  readonly #options: JournalOptions;
  readonly #timer: NodeJS.Timeout;
  #writer: Writer;
  #sequence = 0;
  #decidedAt = 0;
  #segments = 0;
  #segment: Segment | undefined;
  /** Written since the last flush. */
  #isDirty = false;
  #isFlushing = false;
  #isClosed = false;
  /** Bytes of all journals in the directory as of the last look, and what this one has written since it began. */
  #measuredBytes = 0;
  #addedBytes = 0;
  #hasUndrained = false;
  #ticks = 0;

  /** @throws {JournalUnavailable} the directory cannot be written */
  constructor(options: JournalOptions) {
    this.#options = options;
    this.#writer = newWriter(options);
    try {
      mkdirSync(options.directory, { recursive: true, mode: 0o700 });
      this.#segment = this.#open();
    } catch (cause) {
      throw new JournalUnavailable('unwritable', { cause });
    }
    this.#timer = setInterval(() => this.#tick(), FLUSH_MILLISECONDS).unref();
    void this.#measure();
  }

  /** @throws {JournalUnavailable} nothing of it counts as recorded */
  record(decisions: readonly Decision[], isListed = false): void {
    if (this.#isClosed) throw new JournalUnavailable('closed');
    const decidedAt = decisions.at(-1)?.decidedAt.getTime() ?? 0;
    if (decidedAt < this.#decidedAt) this.#beginWriter();
    const { engine } = this.#options;
    const bytes = framesOf(decisions, this.#writer, this.#sequence, { engine, isListed });
    if (this.#measuredBytes + this.#addedBytes + bytes.length > this.#options.maxBytes) {
      throw new JournalUnavailable('full');
    }
    if (this.#segment && Date.now() - this.#segment.writtenAt > STALE_MILLISECONDS) this.#rotate();
    try {
      this.#segment ??= this.#open();
      this.#append(this.#segment, bytes);
    } catch (cause) {
      this.#undo();
      throw new JournalUnavailable('unwritable', { cause });
    }
    this.#sequence += decisions.length;
    this.#decidedAt = decidedAt;
    this.#addedBytes += bytes.length;
    if (this.#segment.bytes > SEGMENT_BYTES) this.#rotate();
  }

  /** Hands what is left to the next drain. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#rotate();
  }

  #open(): Segment {
    const name = openName(this.#writer.id, ++this.#segments);
    const file = openSync(join(this.#options.directory, name), 'ax', 0o600);
    return { file, name, openedAt: Date.now(), bytes: 0, writtenAt: Date.now() };
  }

  #append(segment: Segment, bytes: Buffer): void {
    let written = 0;
    // A disk that runs full takes a part first and refuses the rest on the next call.
    while (written < bytes.length) written += writeSync(segment.file, bytes, written);
    if (this.#options.flush === 'each') fsyncSync(segment.file);
    else this.#isDirty = true;
    segment.bytes += bytes.length;
    segment.writtenAt = Date.now();
  }

  /** Takes back what a failed write has left; if that fails too, a new writer starts, or numbers would be used twice. */
  #undo(): void {
    if (!this.#segment) return;
    try {
      ftruncateSync(this.#segment.file, this.#segment.bytes);
    } catch {
      this.#beginWriter();
    }
  }

  #beginWriter(): void {
    this.#rotate();
    this.#writer = newWriter(this.#options);
    this.#sequence = 0;
    this.#decidedAt = 0;
    this.#segments = 0;
  }

  #rotate(): void {
    const segment = this.#segment;
    if (!segment) return;
    this.#segment = undefined;
    this.#isDirty = false;
    this.#hasUndrained = true;
    const { directory, log } = this.#options;
    try {
      renameSync(join(directory, segment.name), join(directory, closedName(segment.name)));
    } catch (err) {
      // It stays open by its name; once this process is gone a drain takes it all the same.
      log.error({ err, segment: segment.name }, 'a segment of the journal could not be closed');
    }
    if (this.#isClosed) {
      fsyncSync(segment.file);
      closeSync(segment.file);
    } else fsync(segment.file, () => close(segment.file));
  }

  #tick(): void {
    this.#ticks += 1;
    if (this.#ticks % TICKS_PER_LOOK === 0) void this.#measure();
    const segment = this.#segment;
    if (!segment) return;
    // While older segments wait for a drain that is late, more and smaller ones would help nobody.
    const isDue =
      segment.bytes > 0 && !this.#hasUndrained && Date.now() - segment.openedAt > SEGMENT_MILLISECONDS;
    if (isDue) this.#rotate();
    else if (this.#isDirty && !this.#isFlushing) this.#flush(segment);
  }

  #flush(segment: Segment): void {
    this.#isDirty = false;
    this.#isFlushing = true;
    fsync(segment.file, (err) => {
      this.#isFlushing = false;
      // A segment that was closed meanwhile has been flushed by that.
      if (!err || segment !== this.#segment) return;
      this.#isDirty = true;
      this.#options.log.error({ err }, 'the journal could not be flushed to the disk');
    });
  }

  async #measure(): Promise<void> {
    const { directory, log } = this.#options;
    try {
      const before = { segment: this.#segment, addedBytes: this.#addedBytes };
      const names = (await readdir(directory)).filter((name) => segmentFile(name));
      const sizes = await Promise.all(names.map((name) => sizeOf(join(directory, name))));
      this.#measuredBytes = sizes.reduce((total, size) => total + size, 0);
      this.#addedBytes -= before.addedBytes;
      if (before.segment === this.#segment) {
        this.#hasUndrained = names.some(
          (name) => name.startsWith(this.#writer.id) && !segmentFile(name)?.isOpen,
        );
      }
    } catch (err) {
      log.error({ err }, 'the journal could not be measured');
    }
  }
}

function newWriter({ keyOf }: JournalOptions): Writer {
  const id = uuidv4();
  return { id, key: keyOf(id) };
}

const FLUSH_MILLISECONDS = 100;
const TICKS_PER_LOOK = 5;
const SEGMENT_MILLISECONDS = 500; // decisions are in TimescaleDB about a second later
const SEGMENT_BYTES = 8 * 1024 * 1024;

// A file that a drain has just removed takes nothing.
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
