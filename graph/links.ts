import type { Grant, Target } from '../policies/access.js';
import type { MasterKey } from '../policies/keys.js';
import { Sealed } from '../policies/sealed.js';
import { emailPlace, replacePassword } from './accounts.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type WriteTransaction } from './session.js';

type Decide = (target: Target) => Grant;
type OwnerStanding = 'active' | 'suspended' | 'deleted';

/** What a mailed link is for. */
export type LinkPurpose = 'verifyEmail' | 'resetPassword';

/** Where a link is mailed to. */
export interface Mailbox {
  readonly athleteId: string;
  readonly email: string;
  readonly displayName: string;
  readonly isVerified: boolean;
  /** Links of this purpose that were mailed lately. */
  readonly recentLinks: number;
}

interface MailboxRow extends Omit<Mailbox, 'email'> {
  readonly email: Uint8Array;
  readonly wrappedKey: Uint8Array;
  readonly ownerStanding: OwnerStanding;
}

/** Which links count as recent; the event's own does not, since its job may run again. */
type Lately = { readonly purpose: LinkPurpose; readonly since: Date; readonly eventId: string };

const mailboxOfAthlete = cypher<{ athleteId: string } & Lately, MailboxRow>(
  'links/mailbox-by-athlete.cypher',
);
const mailboxOfEmail = cypher<{ emailHash: string } & Lately, MailboxRow>('links/mailbox-by-email.cypher');

/** The mailbox of an account, named by its athlete or by the keyed hash of its address. */
export async function mailboxOf(
  graph: Graph,
  masterKey: MasterKey,
  whose: { readonly athleteId: string } | { readonly emailHash: string },
  lately: Lately,
): Promise<Sealed<Mailbox> | undefined> {
  const [row] =
    'athleteId' in whose
      ? await graph.query(mailboxOfAthlete, { ...whose, ...lately })
      : await graph.query(mailboxOfEmail, { ...whose, ...lately });
  if (!row) return undefined;
  const { athleteId, displayName, isVerified, recentLinks, wrappedKey } = row;
  const { resource, facts } = accountTarget(row);
  return new Sealed(resource, facts, () => ({
    athleteId,
    email: masterKey.unwrap(athleteId, wrappedKey).decryptText(row.email, emailPlace(athleteId)),
    displayName,
    isVerified,
    recentLinks,
  }));
}

/** A link as it is kept: the token itself is only in the mail. */
export interface NewLink {
  readonly athleteId: string;
  /** The event that asked for it; its job may run twice but makes one link. */
  readonly eventId: string;
  readonly linkHash: string;
  readonly purpose: LinkPurpose;
  readonly now: Date;
  readonly expiresAt: Date;
}

interface AccountOfLink {
  readonly athleteId: string;
  readonly emailHash: string;
  readonly ownerStanding: OwnerStanding;
}

const createLink = cypher<NewLink, { linkHash: string }>('links/create-link.cypher');
const accountOfLink = cypher<{ linkHash: string; purpose: LinkPurpose; now: Date }, AccountOfLink>(
  'links/account-of-link.cypher',
);
const useLinks = cypher<{ athleteId: string; purpose: LinkPurpose }, { used: number }>(
  'links/use-links.cypher',
);
const verifyEmailOf = cypher<{ athleteId: string; now: Date }, { emailVerifiedAt: Date }>(
  'accounts/verify-email.cypher',
);

/** Keeps a link; false when the account is gone. */
export async function keepLink(graph: Graph, decide: Decide, link: NewLink): Promise<boolean> {
  return graph.write(async (transaction) => {
    await lockAthletes(transaction, link.athleteId);
    const resource = { kind: 'account', id: link.athleteId, ownerId: link.athleteId };
    decide({ resource, facts: {} }).assertFor('account.mailLink');
    return (await transaction.run(createLink, link)).length > 0;
  });
}

/** A token that somebody brings from their mail. */
export interface LinkUse {
  readonly linkHash: string;
  readonly now: Date;
}

/** Whether a link may still set a password; using it asks again. */
export async function isResetOpen(graph: Graph, { linkHash, now }: LinkUse): Promise<boolean> {
  const rows = await graph.query(accountOfLink, { linkHash, purpose: 'resetPassword', now });
  return rows.length > 0;
}

/** Uses a link to verify an address; false when it was used, has expired or never was. */
export async function verifyEmail(
  graph: Graph,
  decide: Decide,
  { linkHash, now }: LinkUse,
): Promise<boolean> {
  return graph.write(async (transaction) => {
    const account = await lockedAccount(transaction, { linkHash, purpose: 'verifyEmail', now });
    if (!account) return false;
    const { athleteId } = account;
    decide(accountTarget(account)).assertFor('account.verifyEmail');
    await transaction.run(useLinks, { athleteId, purpose: 'verifyEmail' });
    await transaction.run(verifyEmailOf, { athleteId, now });
    return true;
  });
}

/**
 * Uses a link to set a password: every session ends, and the address counts as verified, since the link came by it.
 *
 * @returns the keyed hash of the account's address; undefined when the link was used, has expired or never was
 */
export async function resetPassword(
  graph: Graph,
  decide: Decide,
  { linkHash, now, passwordHash }: LinkUse & { readonly passwordHash: string },
): Promise<{ readonly emailHash: string } | undefined> {
  return graph.write(async (transaction) => {
    const account = await lockedAccount(transaction, { linkHash, purpose: 'resetPassword', now });
    if (!account) return undefined;
    const { athleteId } = account;
    decide(accountTarget(account)).assertFor('account.resetPassword');
    await transaction.run(useLinks, { athleteId, purpose: 'resetPassword' });
    await transaction.run(verifyEmailOf, { athleteId, now });
    await replacePassword(transaction, { athleteId, passwordHash }, null);
    return { emailHash: account.emailHash };
  });
}

// The link tells whom to lock; only after that is it certain that nobody else has used it.
async function lockedAccount(
  transaction: WriteTransaction,
  link: LinkUse & { readonly purpose: LinkPurpose },
): Promise<AccountOfLink | undefined> {
  const [found] = await transaction.run(accountOfLink, link);
  if (!found) return undefined;
  await lockAthletes(transaction, found.athleteId);
  const [account] = await transaction.run(accountOfLink, link);
  return account;
}

function accountTarget({
  athleteId,
  ownerStanding,
}: {
  readonly athleteId: string;
  readonly ownerStanding: OwnerStanding;
}): Target {
  return { resource: { kind: 'account', id: athleteId, ownerId: athleteId }, facts: { ownerStanding } };
}
