import { checkpointsOf, writersOf } from '../../timeseries/audit-trail.js';
import type { Link } from '../../timeseries/decision-chain.js';
import type { Series } from '../../timeseries/pool.js';
import type { Objects } from '../stores/objects.js';
import {
  type Checkpoint,
  checkpointIn,
  checkpointText,
  digestOf,
  publishedCheckpoint,
  publishedNumbers,
  type SignedCheckpoint,
} from './checkpoints.js';
import type { AuditVerifier } from './signatures.js';
import { type ChainFinding, type ChainKnowledge, verifyChain } from './verify-chain.js';

/**
 * What is wrong with a checkpoint. `checkpoint-forged`: the one in the object store was not signed by us, or does not
 * follow the one before. `checkpoint-missing`: it is not where it should be. `checkpoint-changed`: the database has
 * another one than the object store.
 */
interface CheckpointFinding {
  readonly kind: 'checkpoint-forged' | 'checkpoint-missing' | 'checkpoint-changed';
  readonly number: number;
}

/** Something that is wrong with the trail, and where. */
export type Finding = ChainFinding | CheckpointFinding;

/** What a verification works with: no secret is among it. */
export interface Verification {
  readonly series: Series;
  readonly objects: Objects;
  readonly verifier: AuditVerifier;
  readonly now: () => Date;
}

/** How far a verification is. */
export interface Progress {
  readonly writers: number;
  readonly writersDone: number;
  readonly decisions: number;
}

/**
 * Recomputes the whole trail from its rows and holds it against the checkpoints of the object store.
 *
 * @param find hears of everything that is wrong
 * @returns how much was verified
 */
export async function verifyTrail(
  verification: Verification,
  find: (finding: Finding) => void,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Progress & { readonly checkpoints: number }> {
  // Checkpoints first: what is added to the trail from now on is in none of them.
  const known = await verifiedCheckpoints(verification, find);
  const writers = new Set([...(await writersOf(verification.series)), ...known.anchors.keys()]);
  let [writersDone, decisions] = [0, 0];
  const progress = () => ({ writers: writers.size, writersDone, decisions });
  for (const writer of writers) {
    const count = (rows: number) => {
      decisions += rows;
      onProgress(progress());
    };
    await verifyChain(verification, writer, knowledgeOf(known, writer), { find, count });
    writersDone += 1;
    onProgress(progress());
  }
  return { ...progress(), checkpoints: known.count };
}

/** What all checkpoints together tell. */
interface Known {
  count: number;
  readonly anchors: Map<string, Map<number, string>>;
  readonly cuts: Map<string, Link & { readonly before: Date }>;
  /** Checkpoints before this number may be gone, as the newest cut has signed. */
  keptFrom: number;
}

async function verifiedCheckpoints(
  { series, objects, verifier, now }: Verification,
  find: (finding: Finding) => void,
): Promise<Known> {
  const known: Known = { count: 0, anchors: new Map(), cuts: new Map(), keptFrom: 1 };
  const missing: number[] = [];
  const published = new Map<number, SignedCheckpoint>();
  let before: { readonly number: number; readonly body: string } | undefined;
  for (const number of await publishedNumbers(objects)) {
    const signed = await publishedCheckpoint(objects, number);
    if (!signed) continue;
    published.set(number, signed);
    for (let skipped = (before?.number ?? 0) + 1; skipped < number; skipped += 1) missing.push(skipped);
    const checkpoint = genuine(verifier, signed);
    const follows = !before || before.number !== number - 1 || checkpoint?.previous === digestOf(before.body);
    if (checkpoint?.number !== number || !follows) find({ kind: 'checkpoint-forged', number });
    else learn(known, checkpoint);
    before = { number, body: signed.body };
  }
  for await (const { number, body, signature } of checkpointsOf(series)) {
    const signed = published.get(number);
    published.delete(number);
    if (signed && signed.body === body && signed.signature === signature) continue;
    const checkpoint = genuine(verifier, { body, signature });
    if (signed || checkpoint?.number !== number) {
      find({ kind: 'checkpoint-changed', number });
      continue;
    }
    // Between the two stores for a moment, and as good as any other.
    learn(known, checkpoint);
    const isOnItsWay = now().getTime() - Date.parse(checkpoint.madeAt) < ON_ITS_WAY_MILLISECONDS;
    if (!isOnItsWay) missing.push(number);
  }
  missing.push(...published.keys());
  for (const number of missing.filter((each) => each >= known.keptFrom)) {
    find({ kind: 'checkpoint-missing', number });
  }
  return known;
}

function genuine(verifier: AuditVerifier, signed: SignedCheckpoint): Checkpoint | undefined {
  return verifier.verifies(checkpointText(signed.body), signed.signature) ? checkpointIn(signed) : undefined;
}

function learn(known: Known, { heads, cut }: Checkpoint): void {
  known.count += 1;
  for (const [writer, sequence, chain] of heads) {
    const anchors = known.anchors.get(writer) ?? new Map();
    known.anchors.set(writer, anchors.set(sequence, chain));
  }
  known.keptFrom = Math.max(known.keptFrom, cut?.keptFrom ?? 1);
  for (const [writer, sequence, chain] of cut?.heads ?? []) {
    known.cuts.set(writer, { sequence, chain, before: new Date(cut?.before ?? 0) });
  }
}

function knowledgeOf({ anchors, cuts }: Known, writer: string): ChainKnowledge {
  return { anchors: anchors.get(writer) ?? new Map(), cut: cuts.get(writer) };
}

const ON_ITS_WAY_MILLISECONDS = 60_000;
