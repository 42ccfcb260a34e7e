import { cypher, type WriteTransaction } from './session.js';

const lock = cypher<{ athleteIds: readonly string[] }, { athleteId: string }>('athletes/lock.cypher');

/**
 * Locks athletes until the transaction ends; call it before reading the facts that a write is decided on. The query
 * that reads them may travel with it, since it runs afterwards.
 * Whoever locks several must do so in one call, or two transactions could wait for each other.
 */
export async function lockAthletes(
  transaction: WriteTransaction,
  ...athleteIds: readonly string[]
): Promise<void> {
  await transaction.run(lock, { athleteIds });
}
