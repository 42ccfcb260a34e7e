import type { Grant, Target } from '../policies/access.js';
import { addressHash, type EmailKey, type MasterKey } from '../policies/keys.js';
import { Sealed } from '../policies/sealed.js';
import { type AccountRow, accountTarget, emailPlace, lockedAccount } from './accounts.js';
import { type AthleteSummary, athleteTarget, type Relation, summaryOf } from './relations.js';
import { cypher, type Graph } from './session.js';

interface ContactRow extends Relation {
  readonly isFindableByEmail: boolean;
  readonly isEmailVerified: boolean;
}

const contacts = cypher<{ contactHashes: readonly string[]; viewerId: string }, ContactRow>(
  'people/contacts.cypher',
);
const agreeToBeFound = cypher<
  { athleteId: string; contactHash: string | null; findableSince: Date | null },
  { findableSince: Date | null }
>('people/agree-to-be-found.cypher');
const accountByAthlete = cypher<{ athleteId: string }, AccountRow>('accounts/account-by-athlete.cypher');

/** The keys by which an address is decrypted, and hashed for those who know it. */
export interface ContactKeys {
  readonly masterKey: MasterKey;
  readonly emailKey: EmailKey;
}

/**
 * Lets an athlete be found by their address, or no longer. The hash to find them by exists only while they agree.
 *
 * @returns false when there is no such account any more
 */
export async function changeFindable(
  graph: Graph,
  decide: (target: Target) => Grant,
  { athleteId, isFindableByEmail }: { readonly athleteId: string; readonly isFindableByEmail: boolean },
  { masterKey, emailKey, now }: ContactKeys & { readonly now: Date },
): Promise<boolean> {
  return graph.write(async (transaction) => {
    const account = await lockedAccount(transaction, athleteId);
    if (!account) return false;
    decide(accountTarget(account)).assertFor('account.update');
    if (isFindableByEmail === (account.findableSince !== null)) return true;
    const key = masterKey.unwrap(athleteId, account.wrappedKey);
    const email = key.decryptText(account.email, emailPlace(athleteId));
    await transaction.run(agreeToBeFound, {
      athleteId,
      contactHash: isFindableByEmail ? emailKey.contactHash(addressHash(email)) : null,
      findableSince: isFindableByEmail ? now : null,
    });
    return true;
  });
}

/** What decides whether an athlete may look for others by their addresses; undefined without an account. */
export async function contactSeeker(graph: Graph, athleteId: string): Promise<Target | undefined> {
  const [account] = await graph.query(accountByAthlete, { athleteId });
  return (
    account && {
      resource: { kind: 'contacts', id: athleteId, ownerId: athleteId },
      facts: { isEmailVerified: account.emailVerifiedAt !== null },
    }
  );
}

/** Athletes who agreed to be found by one of the addresses, which come as their keyed hashes. */
export async function athletesByContact(
  graph: Graph,
  viewerId: string,
  contactHashes: readonly string[],
): Promise<readonly Sealed<AthleteSummary>[]> {
  const rows = await graph.query(contacts, { contactHashes, viewerId });
  return rows.map((row) => {
    const { resource, facts } = athleteTarget(row);
    const { isFindableByEmail, isEmailVerified } = row;
    return new Sealed(resource, { ...facts, isFindableByEmail, isEmailVerified }, () => summaryOf(row));
  });
}
