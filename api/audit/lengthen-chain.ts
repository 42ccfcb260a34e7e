import type { Graph } from '../../graph/session.js';
import type { MasterKey } from '../../policies/keys.js';
import { beginningOf, type Link, type StoredDecision } from '../../timeseries/decision-chain.js';
import { appendDecisions, headOf } from '../../timeseries/decisions.js';
import type { Series } from '../../timeseries/pool.js';
import type { JournalEntry } from '../stores/journal-frames.js';
import { FactsKeys } from './facts.js';
import { type AuditSigner, headText } from './signatures.js';

/** What chains are made with. */
export interface Chains {
  readonly series: Series;
  readonly graph: Graph;
  readonly masterKey: MasterKey;
  readonly auditSigner: AuditSigner;
}

/** The end of a chain in the database was not signed by us: nothing is added to what somebody forged. */
export class ForgedHead extends Error {
  override name = 'ForgedHead';
  constructor(readonly writer: string) {
    super(`the end of the chain of ${writer} is forged; run \`npm run audit:verify\``);
  }
}

/**
 * Adds entries of one writer to its chain; those that it has already stay as they are, so a drain that is repeated,
 * or two at once, store each decision once.
 *
 * @throws {ForgedHead}
 */
export async function lengthened(
  chains: Chains,
  writer: string,
  entries: readonly JournalEntry[],
): Promise<void> {
  let decisions: readonly StoredDecision[] | undefined;
  for (;;) {
    const end = await endOf(chains, writer);
    decisions ??= await encrypted(chains, writer, entries);
    const fresh = decisions.filter(({ sequence }) => sequence > end.sequence);
    if (fresh.length === 0) return;
    const { series, auditSigner } = chains;
    if (await appendDecisions(series, end, fresh, (head) => auditSigner.sign(headText(head)))) return;
  }
}

/** Whether the chain of a writer ends just before this number, or behind it. @throws {ForgedHead} */
export async function isJoined(chains: Chains, writer: string, sequence: number): Promise<boolean> {
  return (await endOf(chains, writer)).sequence >= sequence - 1;
}

async function endOf({ series, auditSigner }: Chains, writer: string): Promise<Link> {
  const head = await headOf(series, writer);
  if (!head) return beginningOf(writer);
  if (!auditSigner.verifier.verifiesHead(head)) throw new ForgedHead(writer);
  return head;
}

async function encrypted(
  { graph, masterKey }: Chains,
  writer: string,
  entries: readonly JournalEntry[],
): Promise<readonly StoredDecision[]> {
  const keys = await FactsKeys.of(graph, masterKey, entries);
  return entries.map((entry) => {
    const { decidedAt, subjectId, sessionId, ownerId, facts, trimmed, ...same } = entry;
    return {
      ...same,
      writer,
      decidedAtMicroseconds: Date.parse(decidedAt) * 1_000,
      subjectId: subjectId ?? null,
      sessionId: sessionId ?? null,
      ownerId: ownerId ?? null,
      ...keys.encrypt(entry, { facts, ...(trimmed && { trimmed }) }),
      isTrimmed: trimmed !== undefined,
    };
  });
}
