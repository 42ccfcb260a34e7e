import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * A file of the journal. Its name says who writes it, so that a drain can tell the file of a dead process from one
 * that is still written: `<writer>_<segment>_<machine>_<pid>_<started>.open`, then `.closed`.
 */
export interface SegmentFile {
  readonly name: string;
  readonly writer: string;
  /** Segments of one writer are numbered from 1. */
  readonly segment: number;
  readonly isOpen: boolean;
  readonly machine: string;
  readonly pid: number;
  readonly processStartedAt: string;
}

/** What the names of this process end in. */
export const THIS_PROCESS = `${machine()}_${process.pid}_${startOf(process.pid)}`;

const OPEN = '.open';
const CLOSED = '.closed';
const NAME =
  /^(?<writer>[\da-f-]{36})_(?<segment>\d{8})_(?<machine>[\da-f]{12})_(?<pid>\d+)_(?<started>\d+)\.(?<state>open|closed)$/;

/** The name of a segment that is being written. */
export function openName(writer: string, segment: number): string {
  return `${writer}_${String(segment).padStart(8, '0')}_${THIS_PROCESS}${OPEN}`;
}

/** The name under which a drain takes it. */
export function closedName(name: string): string {
  return name.slice(0, -OPEN.length) + CLOSED;
}

/** Reads a name; undefined for any other file. */
export function segmentFile(name: string): SegmentFile | undefined {
  const groups = NAME.exec(name)?.groups;
  if (!groups) return undefined;
  const { writer = '', segment, machine = '', pid, started = '', state } = groups;
  return {
    name,
    writer,
    segment: Number(segment),
    isOpen: state === 'open',
    machine,
    pid: Number(pid),
    processStartedAt: started,
  };
}

/**
 * Whether nobody can write the segment any more.
 *
 * @param idleMilliseconds since it was last written; all that can be known of another machine
 */
export function isAbandoned(segment: SegmentFile, idleMilliseconds: number): boolean {
  if (segment.machine !== machine()) return idleMilliseconds > ABANDONED_MILLISECONDS;
  return startOf(segment.pid) !== segment.processStartedAt;
}

/** A writer does not append to what has lain idle for this long, for somebody may have taken it over. */
export const STALE_MILLISECONDS = 60_000;
const ABANDONED_MILLISECONDS = 10 * STALE_MILLISECONDS;

// A machine after a restart is another one: its process ids start again.
function machine(): string {
  return createHash('sha256').update(`${hostname()} ${bootId()}`).digest('hex').slice(0, 12);
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
  } catch {
    return '';
  }
}

/** When a process started, in units of the system; `0` where only its existence can be seen, empty without one. */
function startOf(pid: number): string {
  if (process.platform === 'linux') {
    try {
      // The name in brackets may hold spaces; of the fields after it, state is the first and start the twentieth.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      return fields[0] === 'Z' ? '' : (fields[19] ?? '');
    } catch {
      return '';
    }
  }
  try {
    process.kill(pid, 0);
    return '0';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? '0' : '';
  }
}
