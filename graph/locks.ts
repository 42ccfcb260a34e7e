import { cypher, type WriteTransaction } from './session.js';

const lockAthlete = cypher<{ athleteIds: readonly string[] }, { athleteId: string }>('athletes/lock.cypher');
const lockUpload = cypher<{ uploadIds: readonly string[] }, { uploadId: string }>('uploads/lock.cypher');

/**
 * Locks athletes until the transaction ends; call it before reading the facts that a write is decided on. The query
 * that reads them may travel with it, since it runs afterwards.
 * Whoever locks several must do so in one call, or two transactions could wait for each other.
 */
export async function lockAthletes(
  transaction: WriteTransaction,
  ...athleteIds: readonly string[]
): Promise<void> {
  await transaction.run(lockAthlete, { athleteIds });
}

/** Locks uploads until the transaction ends, as `lockAthletes` does; who locks both locks the athlete first. */
export async function lockUploads(
  transaction: WriteTransaction,
  uploadIds: readonly string[],
): Promise<void> {
  await transaction.run(lockUpload, { uploadIds });
}
