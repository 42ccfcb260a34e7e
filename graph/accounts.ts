import { v7 as uuidv7 } from 'uuid';
import type { Grant, Target } from '../policies/access.js';
import { AthleteKey, type MasterKey, type Place } from '../policies/keys.js';
import { Sealed } from '../policies/sealed.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type GraphEvent, violatesConstraint, type WriteTransaction } from './session.js';
import { isUnused, type NewSession, startSession } from './sessions.js';

type Decide = (target: Target) => Grant;
type OwnerStanding = 'active' | 'suspended' | 'deleted';

/** Somebody has an account with this address. */
export class EmailTaken extends Error {
  override name = 'EmailTaken';
  readonly problem = 'email-taken';
  constructor() {
    super('this address has an account');
  }
}

/** What a password is compared with. */
export interface Credentials {
  readonly athleteId: string;
  /** argon2id, in the PHC string format. */
  readonly passwordHash: string;
}

/** What athletes see of their own account. */
export interface Account {
  readonly athleteId: string;
  readonly email: string;
  readonly emailVerifiedAt: Date | null;
  /** They agree to be found by who knows their address. */
  readonly isFindableByEmail: boolean;
  readonly createdAt: Date;
}

interface CredentialsRow extends Credentials {
  readonly ownerStanding: OwnerStanding;
}

/** An account as the graph stores it. */
export interface AccountRow extends CredentialsRow {
  readonly email: Uint8Array;
  readonly emailVerifiedAt: Date | null;
  readonly findableSince: Date | null;
  readonly createdAt: Date;
  readonly wrappedKey: Uint8Array;
}

const createAthlete = cypher<
  {
    athleteId: string;
    displayName: string;
    wrappedKey: Uint8Array;
    emailHash: string;
    email: Uint8Array;
    passwordHash: string;
    now: Date;
  },
  { athleteId: string }
>('accounts/create-athlete.cypher');
const accountByEmail = cypher<{ emailHash: string }, CredentialsRow>('accounts/account-by-email.cypher');
const accountByAthlete = cypher<{ athleteId: string }, AccountRow>('accounts/account-by-athlete.cypher');
const setPassword = cypher<
  { athleteId: string; passwordHash: string; keepSessionId: string | null },
  { endedSessions: number }
>('accounts/set-password.cypher');
const destroyKey = cypher<{ athleteId: string }, { athleteId: string }>('accounts/destroy-key.cypher');
const deleteWithSessions = cypher<{ athleteId: string; now: Date }, { athleteId: string }>(
  'accounts/delete-account.cypher',
);

/** Someone new, as they register. */
export interface NewAthlete {
  readonly athleteId: string;
  readonly displayName: string;
  readonly email: string;
  /** The keyed hash by which the address is found. */
  readonly emailHash: string;
  readonly passwordHash: string;
  readonly session: NewSession;
}

/**
 * Registers an athlete, with a data key of their own and their first session.
 *
 * @throws {EmailTaken} also when two register the same address at once: one of them wins
 */
export async function register(
  graph: Graph,
  decide: Decide,
  athlete: NewAthlete,
  masterKey: MasterKey,
): Promise<void> {
  const { athleteId, displayName, email, emailHash, passwordHash, session } = athlete;
  const key = AthleteKey.generate();
  try {
    await graph.write(async (transaction) => {
      decide({ resource: { kind: 'account', id: athleteId, ownerId: athleteId }, facts: {} }).assertFor(
        'account.register',
      );
      await transaction.run(createAthlete, {
        athleteId,
        displayName,
        wrappedKey: masterKey.wrap(athleteId, key),
        emailHash,
        email: key.encryptText(email, emailPlace(athleteId)),
        passwordHash,
        now: session.now,
      });
      await startSession(transaction, athleteId, session);
      await transaction.emit(mailEvent('account.registered', athleteId));
    });
  } catch (error) {
    if (!violatesConstraint(error)) throw error;
    // The account is this one if only the answer was lost, and then nobody has used its session.
    if (!(await isUnused(graph, session.sessionId))) throw new EmailTaken();
  }
}

/** What the password of an address is compared with; undefined when it has no account. */
export async function credentialsByEmail(
  graph: Graph,
  emailHash: string,
): Promise<Sealed<Credentials> | undefined> {
  const [row] = await graph.query(accountByEmail, { emailHash });
  return row && sealedCredentials(row);
}

/** What the password of an athlete is compared with; undefined when there is no account. */
export async function credentialsOf(
  graph: Graph,
  athleteId: string,
): Promise<Sealed<Credentials> | undefined> {
  const [row] = await graph.query(accountByAthlete, { athleteId });
  return row && sealedCredentials(row);
}

/** The account of an athlete, as they see it themselves. */
export async function accountOf(
  graph: Graph,
  masterKey: MasterKey,
  athleteId: string,
): Promise<Sealed<Account> | undefined> {
  const [row] = await graph.query(accountByAthlete, { athleteId });
  if (!row) return undefined;
  const { emailVerifiedAt, createdAt } = row;
  const { resource, facts } = accountTarget(row);
  return new Sealed(resource, facts, () => ({
    athleteId,
    email: masterKey.unwrap(athleteId, row.wrappedKey).decryptText(row.email, emailPlace(athleteId)),
    emailVerifiedAt,
    isFindableByEmail: row.findableSince !== null,
    createdAt,
  }));
}

/** A new password in place of the one that the caller has proved to know. */
export interface PasswordChange extends Credentials {
  readonly newPasswordHash: string;
  /** The session that goes on; all others end with the change. */
  readonly keepSessionId: string | null;
}

/** Changes a password; false when it was changed by somebody else in the meantime. */
export async function changePassword(graph: Graph, decide: Decide, change: PasswordChange): Promise<boolean> {
  const { athleteId, passwordHash, newPasswordHash, keepSessionId } = change;
  return graph.write(async (transaction) => {
    const account = await lockedAccount(transaction, athleteId);
    if (!account) return false;
    decide(accountTarget(account)).assertFor('account.changePassword');
    // Every hash has a salt of its own: this one was set by this change, and the answer to its commit was lost.
    if (account.passwordHash === newPasswordHash) return true;
    if (account.passwordHash !== passwordHash) return false;
    await transaction.run(setPassword, { athleteId, passwordHash: newPasswordHash, keepSessionId });
    return true;
  });
}

/**
 * Deletes an athlete: the key of their data first, then account, links and sessions; a tombstone without any of their
 * words stays until the jobs that hear of `athlete.deleted` have cleared the rest away.
 *
 * @returns false when the password is no longer the one that was proved
 */
export async function deleteAthlete(
  graph: Graph,
  decide: Decide,
  { athleteId, passwordHash }: Credentials,
  now: Date,
): Promise<boolean> {
  return graph.write(async (transaction) => {
    const account = await lockedAccount(transaction, athleteId);
    if (!account) return false;
    decide(accountTarget(account)).assertFor('account.delete');
    if (account.passwordHash !== passwordHash) return false;
    await transaction.run(destroyKey, { athleteId });
    await transaction.run(deleteWithSessions, { athleteId, now });
    await transaction.emit({
      eventId: uuidv7(),
      type: 'athlete.deleted',
      key: athleteId,
      payload: { athleteId },
    });
    return true;
  });
}

/**
 * Asks for a link by mail; a job makes it and sends it. An address without an account is asked for just the same, so
 * that neither the answer nor its time tells who has one.
 */
export async function requestReset(graph: Graph, grant: Grant, emailHash: string): Promise<void> {
  grant.assertFor('account.requestReset');
  await graph.write(({ emit }) =>
    emit({
      eventId: uuidv7(),
      type: 'account.resetRequested',
      key: `mail:${emailHash}`,
      payload: { emailHash },
    }),
  );
}

/** Asks for another mail that verifies the address. */
export async function requestVerification(graph: Graph, grant: Grant, athleteId: string): Promise<void> {
  grant.assertFor('account.read');
  await graph.write(({ emit }) => emit(mailEvent('account.verificationRequested', athleteId)));
}

/** Sets a password within a transaction that has locked the athlete, and ends all sessions but one. */
export async function replacePassword(
  transaction: WriteTransaction,
  { athleteId, passwordHash }: Credentials,
  keepSessionId: string | null,
): Promise<void> {
  await transaction.run(setPassword, { athleteId, passwordHash, keepSessionId });
}

/** Locks an athlete and reads the account. */
export async function lockedAccount(
  transaction: WriteTransaction,
  athleteId: string,
): Promise<AccountRow | undefined> {
  await lockAthletes(transaction, athleteId);
  const [account] = await transaction.run(accountByAthlete, { athleteId });
  return account;
}

/** The account as the policy is asked about it. */
export function accountTarget({ athleteId, ownerStanding }: CredentialsRow): Target {
  return { resource: { kind: 'account', id: athleteId, ownerId: athleteId }, facts: { ownerStanding } };
}

function sealedCredentials(row: CredentialsRow): Sealed<Credentials> {
  const { athleteId, passwordHash } = row;
  const { resource, facts } = accountTarget(row);
  return new Sealed(resource, facts, () => ({ athleteId, passwordHash }));
}

// A key of its own: events of one key wait for one another, and mail may have to wait for its server.
function mailEvent(type: string, athleteId: string): GraphEvent {
  return { eventId: uuidv7(), type, key: `mail:${athleteId}`, payload: { athleteId } };
}

/** Where an address lives, encrypted. */
export function emailPlace(athleteId: string): Place {
  return { athleteId, table: 'account', column: 'email', row: athleteId };
}
