import type { Grant } from '../policies/access.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

const isGone = cypher<{ uploadId: string }, { isGone: boolean }>('uploads/is-gone.cypher');
const spent = cypher<{ athleteId: string }, { uploadId: string }>('uploads/spent.cypher');
const ofDeletedAthlete = cypher<{ athleteId: string; limit: Whole }, { uploadId: string }>(
  'uploads/of-deleted-athlete.cypher',
);
const remove = cypher<{ uploadIds: readonly string[] }, object>('uploads/delete.cypher');
const known = cypher<{ uploadIds: readonly string[]; activityIds: readonly string[] }, { id: string }>(
  'uploads/known.cypher',
);

/** Whether an upload is gone, by itself or with its athlete. */
export async function isUploadGone(graph: Graph, uploadId: string): Promise<boolean> {
  const [row] = await graph.execute(isGone, { uploadId });
  return row?.isGone ?? true;
}

/** Uploads of an athlete of which no activity is left, and copies of such. */
export async function spentUploads(graph: Graph, athleteId: string): Promise<string[]> {
  return graph.write(async (transaction) => {
    // An upload that is ending is ready for others a moment before its activities are there.
    const [, rows] = await Promise.all([
      lockAthletes(transaction, athleteId),
      transaction.run(spent, { athleteId }),
    ]);
    return rows.map(({ uploadId }) => uploadId);
  });
}

/** Some uploads of an athlete who was deleted; none is left when there are none. */
export async function uploadsOfDeletedAthlete(
  graph: Graph,
  athleteId: string,
  limit: number,
): Promise<string[]> {
  const rows = await graph.execute(ofDeletedAthlete, { athleteId, limit: whole(limit) });
  return rows.map(({ uploadId }) => uploadId);
}

/**
 * Deletes uploads whose files are gone.
 *
 * @param grant for `upload.process` or `athlete.erase`
 */
export async function deleteUploads(graph: Graph, grant: Grant, uploadIds: readonly string[]): Promise<void> {
  grant.assertFor('upload.process', 'athlete.erase');
  await graph.execute(remove, { uploadIds });
}

/** Which of some uploads and activities the graph knows. */
export async function knownIds(
  graph: Graph,
  ids: { readonly uploadIds: readonly string[]; readonly activityIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const rows = await graph.execute(known, ids);
  return new Set(rows.map(({ id }) => id));
}
