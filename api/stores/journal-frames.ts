import { createHash } from 'node:crypto';
import type { Decision } from '../../policies/access.js';
import { jsonOnce } from '../../policies/json-once.js';
import { type AthleteKey, BrokenCiphertext, type MasterKey } from '../../policies/keys.js';
import type { Facts } from '../../policies/sealed.js';

/** What decisions of one page have in common. */
interface Shared {
  readonly decidedAt: string;
  readonly action: string;
  readonly subjectKind: string;
  /** The athlete, or the name of a part of Paceline; missing for somebody who is not logged in. */
  readonly subjectId?: string;
  readonly sessionId?: string;
  readonly standing: string;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly requestId: string;
  readonly bundle: string;
  readonly engine: string;
  readonly isListed: boolean;
}

/** What is left of facts that were too many: `facts` holds the first of them. */
interface Trimmed {
  /** Of all facts as JSON, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

interface Own {
  readonly decisionId: string;
  readonly resourceKind: string;
  readonly resourceId: string;
  readonly ownerId?: string;
  readonly facts: Facts;
  readonly trimmed?: Trimmed;
  readonly allowed: boolean;
  readonly revealed: boolean;
  readonly rules: readonly string[];
  readonly withheld: readonly string[];
}

/** A decision as the journal keeps it, with the number that its writer gave it. */
export interface JournalEntry extends Shared, Own {
  readonly sequence: number;
}

/** Whose frames they are, and the key that is theirs alone. */
export interface Writer {
  readonly id: string;
  readonly key: AthleteKey;
}

/** The key of the frames of one writer, the same in every process that has the master key. */
export function journalKey(masterKey: MasterKey, writer: string): AthleteKey {
  return masterKey.derived(`journal of ${writer}`);
}

/** Facts of one decision, as JSON; the vocabulary of today fits four times. */
export const MAX_FACTS_BYTES = 2_048;

// magic 4 | decisions 4 | number of the first 6 | bytes of the ciphertext 4; the ciphertext of JSON follows.
const MAGIC = Buffer.from('PLJ1');
const HEADER_BYTES = 18;

/**
 * Decisions as encrypted frames, one for each page; a stolen file shows how many there were, and when.
 *
 * @param sequence number of the decision before the first
 * @param about what evaluated the policy, and whether the decisions are a page of a list
 */
export function framesOf(
  decisions: readonly Decision[],
  writer: Writer,
  sequence: number,
  about: { readonly engine: string; readonly isListed: boolean },
): Buffer {
  const frames: Buffer[] = [];
  let start = 0;
  for (let end = 1; end <= decisions.length; end += 1) {
    const [first, next] = [decisions[start], decisions[end]];
    if (!first || (next && isOfSamePage(first, next))) continue;
    const text = `{"shared":${JSON.stringify(sharedOf(first, about))},"decisions":[${decisions
      .slice(start, end)
      .map(ownText)
      .join()}]}`;
    frames.push(frame(text, writer, { first: sequence + start + 1, count: end - start }));
    start = end;
  }
  return Buffer.concat(frames);
}

/**
 * The entries in a file of the journal; `broken` stands for a place that cannot be read. What a process that was
 * killed has left of its last frame is none: that request was never answered.
 */
export function* entriesIn(bytes: Buffer, writer: Writer): Generator<readonly JournalEntry[] | 'broken'> {
  let end = 0;
  for (let at = bytes.indexOf(MAGIC); at >= 0; ) {
    const frame = readFrame(bytes, at, writer);
    if (!frame) {
      at = bytes.indexOf(MAGIC, at + 1);
      continue;
    }
    // Only what something readable follows was once whole.
    if (at > end) yield 'broken';
    yield frame.entries;
    end = frame.end;
    at = bytes.indexOf(MAGIC, end);
  }
}

function frame(
  text: string,
  { id, key }: Writer,
  { first, count }: { readonly first: number; readonly count: number },
): Buffer {
  const sealed = key.encrypt(Buffer.from(text), place(id, first, count));
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + sealed.length);
  MAGIC.copy(bytes);
  bytes.writeUInt32BE(count, 4);
  bytes.writeUIntBE(first, 8, 6);
  bytes.writeUInt32BE(sealed.length, 14);
  bytes.set(sealed, HEADER_BYTES);
  return bytes;
}

function readFrame(
  bytes: Buffer,
  at: number,
  { id, key }: Writer,
): { readonly entries: readonly JournalEntry[]; readonly end: number } | undefined {
  if (at + HEADER_BYTES > bytes.length) return undefined;
  const [count, first] = [bytes.readUInt32BE(at + 4), bytes.readUIntBE(at + 8, 6)];
  const end = at + HEADER_BYTES + bytes.readUInt32BE(at + 14);
  if (end > bytes.length) return undefined;
  try {
    const text = key.decryptText(bytes.subarray(at + HEADER_BYTES, end), place(id, first, count));
    const { shared, decisions }: { shared: Shared; decisions: Own[] } = JSON.parse(text);
    return { end, entries: decisions.map((own, index) => ({ sequence: first + index, ...shared, ...own })) };
  } catch (error) {
    if (error instanceof BrokenCiphertext) return undefined;
    throw error;
  }
}

// A frame that is copied, cut or put into another file does not open.
function place(writer: string, first: number, count: number) {
  return { athleteId: '', table: 'journal', column: writer, row: `${first} ${count}` };
}

function isOfSamePage(one: Decision, other: Decision): boolean {
  return (
    one.subject === other.subject &&
    one.decidedAt === other.decidedAt &&
    one.action === other.action &&
    one.bundle === other.bundle
  );
}

function sharedOf(
  { decidedAt, action, subject, bundle }: Decision,
  { engine, isListed }: { readonly engine: string; readonly isListed: boolean },
): object {
  const { kind, athleteId, name, sessionId, standing, scopes, roles, requestId } = subject;
  return {
    decidedAt,
    action,
    subjectKind: kind,
    subjectId: athleteId ?? name,
    sessionId,
    standing,
    scopes,
    roles,
    requestId,
    bundle,
    engine,
    isListed,
  };
}

function ownText({ decisionId, target, allowed, revealed, rules, withheld }: Decision): string {
  const { kind, id, ownerId } = target.resource;
  const own = JSON.stringify({ decisionId, resourceKind: kind, resourceId: id, ownerId, allowed, revealed });
  const why = `"rules":${jsonOnce(rules)},"withheld":${jsonOnce(withheld)}`;
  return `${own.slice(0, -1)},${why},${factsText(target.facts)}}`;
}

function factsText(facts: Facts): string {
  const text = jsonOnce(facts);
  // A character is up to three bytes, and nearly always one.
  if (text.length * 3 <= MAX_FACTS_BYTES) return `"facts":${text}`;
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_FACTS_BYTES) return `"facts":${text}`;
  const trimmed: Trimmed = { sha256: createHash('sha256').update(text).digest('hex'), bytes };
  return `"facts":${JSON.stringify(firstOf(facts))},"trimmed":${JSON.stringify(trimmed)}`;
}

function firstOf(facts: Facts): Facts {
  const kept: Record<string, Facts[string]> = {};
  let bytes = 0;
  for (const [name, value] of Object.entries(facts)) {
    bytes += Buffer.byteLength(JSON.stringify({ [name]: value }));
    if (bytes > MAX_FACTS_BYTES) break;
    kept[name] = value;
  }
  return kept;
}
