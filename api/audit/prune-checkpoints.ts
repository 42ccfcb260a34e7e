import { checkpointsBefore, forgetCheckpoints } from '../../timeseries/audit-trail.js';
import type { Series } from '../../timeseries/pool.js';
import type { Objects } from '../stores/objects.js';
import { checkpointIn, checkpointText, publishedCheckpoint, unpublish } from './checkpoints.js';
import type { AuditSigner } from './signatures.js';

const PER_ROUND = 1_000;

/**
 * Deletes checkpoints from both stores that were made before everything that the trail still holds, but for those that
 * let decisions go: they say where the chains of writers begin that have been quiet since, and are one a day.
 *
 * @param keptFrom as the newest cut has signed it: a verification misses none before it
 * @returns how many
 */
export async function pruneCheckpoints(
  { series, objects }: { readonly series: Series; readonly objects: Objects },
  keptFrom: number,
): Promise<number> {
  for (let pruned = 0; ; ) {
    const numbers = await checkpointsBefore(series, keptFrom, PER_ROUND);
    if (numbers.length === 0) return pruned;
    // The row last: whoever is killed in between finds it again.
    for (const number of numbers) await unpublishPlain(objects, number);
    await forgetCheckpoints(series, numbers);
    pruned += numbers.length;
  }
}

// What the database says of a checkpoint is not believed: one with a cut stays.
async function unpublishPlain(objects: Objects, number: number): Promise<void> {
  const signed = await publishedCheckpoint(objects, number);
  if (signed && checkpointIn(signed)?.cut === null) await unpublish(objects, number);
}

/**
 * The number of the first checkpoint that was made at an instant or later. The database is not asked: whoever writes to
 * it could have what proves their edits thrown away.
 *
 * @param range where every number has a checkpoint in the object store; where one has not, nothing before it may go
 */
export async function firstMadeSince(
  { objects, auditSigner }: { readonly objects: Objects; readonly auditSigner: AuditSigner },
  since: Date,
  { from, below }: { readonly from: number; readonly below: number },
): Promise<number> {
  let [first, end] = [from, below];
  while (first < end) {
    const middle = Math.floor((first + end) / 2);
    const signed = await publishedCheckpoint(objects, middle);
    const isOurs = signed && auditSigner.verifier.verifies(checkpointText(signed.body), signed.signature);
    const checkpoint = isOurs ? checkpointIn(signed) : undefined;
    if (checkpoint?.number !== middle) return from;
    if (Date.parse(checkpoint.madeAt) < since.getTime()) first = middle + 1;
    else end = middle;
  }
  return first;
}
