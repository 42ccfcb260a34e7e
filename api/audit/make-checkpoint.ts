import {
  cutsOf,
  headsSince,
  keepCheckpoint,
  lastBefore,
  newestCheckpoints,
  noteAsPublished,
} from '../../timeseries/audit-trail.js';
import type { Link } from '../../timeseries/decision-chain.js';
import type { Head } from '../../timeseries/decisions.js';
import type { Series } from '../../timeseries/pool.js';
import type { Objects } from '../stores/objects.js';
import {
  type Checkpoint,
  checkpointIn,
  checkpointText,
  digestOf,
  publish,
  publishedCheckpoint,
  type SignedCheckpoint,
} from './checkpoints.js';
import { firstMadeSince } from './prune-checkpoints.js';
import type { AuditSigner } from './signatures.js';
import { type ChainFinding, verifyChain } from './verify-chain.js';

/** What checkpoints are made with. */
export interface Checkpoints {
  readonly series: Series;
  readonly objects: Objects;
  readonly auditSigner: AuditSigner;
  readonly now: () => Date;
  readonly log: { error(fields: object, message: string): void };
}

/** The database holds a checkpoint that we have not signed; nothing can be built on it. */
export class ForgedCheckpoint extends Error {
  override name = 'ForgedCheckpoint';
  constructor(readonly number: number) {
    super(`checkpoint ${number} of the audit trail is forged; run \`npm run audit:verify\``);
  }
}

/**
 * Signs where the chains end that have become longer since the last checkpoint, and keeps that in TimescaleDB and in
 * the object store, where whoever shortens the trail afterwards can't reach it. What an earlier run has not finished
 * is finished first.
 *
 * @param cutBefore what was decided before it may go: it is verified a last time, and the checkpoint remembers where
 *   the chains were
 * @returns undefined when there was nothing new, or somebody else was faster
 * @throws {ForgedCheckpoint}
 */
export async function makeCheckpoint(
  checkpoints: Checkpoints,
  cutBefore?: Date,
): Promise<Checkpoint | undefined> {
  const { series, objects, auditSigner, now } = checkpoints;
  const recent = await recentCheckpoints(checkpoints);
  const last = recent[0];
  const heads = await newHeads(checkpoints, recent);
  const nextNumber = (last?.checkpoint.number ?? 0) + 1;
  const cut = cutBefore ? await cutAt(checkpoints, cutBefore, nextNumber) : null;
  if (heads.length === 0 && !cut) return undefined;

  const checkpoint: Checkpoint = {
    number: nextNumber,
    madeAt: now().toISOString(),
    previous: last ? digestOf(last.body) : null,
    heads: heads.map(({ writer, sequence, chain }) => [writer, sequence, chain]),
    cut,
  };
  const body = JSON.stringify(checkpoint);
  const signed = { body, signature: auditSigner.sign(checkpointText(body)) };
  if (!(await keepCheckpoint(series, newCheckpoint(checkpoint, signed)))) return undefined;
  await publish(objects, checkpoint.number, signed);
  await noteAsPublished(series, checkpoint.number);
  return checkpoint;
}

interface Recent extends SignedCheckpoint {
  readonly checkpoint: Checkpoint;
}

/** The last checkpoints, the newest first, after both stores have been brought to the same. */
async function recentCheckpoints(checkpoints: Checkpoints): Promise<readonly Recent[]> {
  const { series, objects, auditSigner } = checkpoints;
  const read = async () => {
    const kept = await newestCheckpoints(series, RECENT);
    return kept.map((row) => {
      const isOurs = auditSigner.verifier.verifies(checkpointText(row.body), row.signature);
      const checkpoint = isOurs ? checkpointIn(row) : undefined;
      if (checkpoint?.number !== row.number) throw new ForgedCheckpoint(row.number);
      return { ...row, checkpoint };
    });
  };
  const recent = await read();
  for (const { number, isPublished, ...signed } of recent.toReversed()) {
    if (isPublished) continue;
    if (!(await publishedCheckpoint(objects, number))) await publish(objects, number, signed);
    await noteAsPublished(series, number);
  }
  // What the database has lost comes back from the object store, which never learns of two with one number.
  const known = recent[0]?.checkpoint.number ?? 0;
  for (let number = known + 1; ; number += 1) {
    const signed = await publishedCheckpoint(objects, number);
    if (!signed) return number === known + 1 ? recent : read();
    const checkpoint = checkpointIn(signed);
    const isOurs = auditSigner.verifier.verifies(checkpointText(signed.body), signed.signature);
    if (!isOurs || !checkpoint) throw new ForgedCheckpoint(number);
    await keepCheckpoint(series, newCheckpoint(checkpoint, signed));
    await noteAsPublished(series, number);
  }
}

/** Ends of chains that none of the recent checkpoints has; what we have not signed is told and left out. */
async function newHeads(
  { series, auditSigner, log }: Checkpoints,
  recent: readonly Recent[],
): Promise<readonly Head[]> {
  const seen = new Set(recent.flatMap(({ checkpoint }) => checkpoint.heads.map(([, , chain]) => chain)));
  const madeAt = Date.parse(recent[0]?.checkpoint.madeAt ?? new Date(0).toISOString());
  const heads = await headsSince(series, new Date(Math.max(0, madeAt - OVERLAP_MILLISECONDS)));
  return heads.filter((head) => {
    if (seen.has(head.chain)) return false;
    if (auditSigner.verifier.verifiesHead(head)) return true;
    log.error({ writer: head.writer }, 'the audit trail in the database is forged');
    return false;
  });
}

async function cutAt(checkpoints: Checkpoints, before: Date, nextNumber: number): Promise<Checkpoint['cut']> {
  const { series, auditSigner, log } = checkpoints;
  const heads = await lastBefore(series, before);
  if (heads.length === 0) return null;
  const { cuts, keptFrom } = await earlierCuts(checkpoints);
  const findings: ChainFinding[] = [];
  const report = { find: (finding: ChainFinding) => findings.push(finding), count: () => {} };
  for (const { writer } of heads) {
    const knowledge = { anchors: new Map(), cut: cuts.get(writer) };
    await verifyChain({ series, verifier: auditSigner.verifier }, writer, knowledge, report);
  }
  if (findings.length > 0) {
    log.error({ findings }, 'old decisions are kept, for the audit trail does not verify');
    return null;
  }
  return {
    before: before.toISOString(),
    heads: heads.map(({ writer, sequence, chain }) => [writer, sequence, chain]),
    keptFrom: await firstMadeSince(checkpoints, before, { from: keptFrom, below: nextNumber }),
  };
}

/** Up to where each writer's decisions may have gone by now, and from which number all checkpoints are kept. */
export async function earlierCuts({ series, auditSigner }: Pick<Checkpoints, 'series' | 'auditSigner'>) {
  const cuts = new Map<string, Link & { before: Date }>();
  let keptFrom = 1;
  for (const kept of await cutsOf(series)) {
    const isOurs = auditSigner.verifier.verifies(checkpointText(kept.body), kept.signature);
    const cut = isOurs ? checkpointIn(kept)?.cut : undefined;
    if (!cut) throw new ForgedCheckpoint(kept.number);
    const before = new Date(cut.before);
    if (kept.isPublished) keptFrom = Math.max(keptFrom, cut.keptFrom);
    for (const [writer, sequence, chain] of cut.heads) cuts.set(writer, { sequence, chain, before });
  }
  return { cuts, keptFrom };
}

function newCheckpoint({ number, madeAt, cut }: Checkpoint, signed: SignedCheckpoint) {
  const { body, signature } = signed;
  return {
    number,
    madeAt: new Date(madeAt),
    body,
    signature,
    cutBefore: cut ? new Date(cut.before) : null,
  };
}

// A head may be written a while after its instant was taken: a statement takes half a minute at most.
const OVERLAP_MILLISECONDS = 60_000;
const RECENT = 20; // more than are made in that time
