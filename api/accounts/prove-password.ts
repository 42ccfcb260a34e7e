import type { Credentials } from '../../graph/accounts.js';
import type { Subject } from '../../policies/access.js';
import { Sealed } from '../../policies/sealed.js';
import { systemSubject } from '../../policies/subject.js';
import type { App } from '../wiring.js';
import { type Attempt, countFailed, forgetFailures, refuseThrottled } from './login-throttle.js';
import { isPasswordOf } from './passwords.js';

/** A password that somebody shows, for the account they name. */
export interface Claim {
  /** Undefined when there is no such account. */
  readonly sealed: Sealed<Credentials> | undefined;
  readonly password: string;
  readonly attempt: Attempt;
}

/**
 * Holds a password against an account, at the same cost whether or not there is one. Only failures count towards
 * throttling, and a success forgets those of the account.
 *
 * @returns undefined when there is no such account or its password is another one; nobody learns which of the two
 * @throws {TooManyFailures}
 */
export async function provePassword(
  app: App,
  subject: Subject,
  claim: Claim,
): Promise<Credentials | undefined> {
  const { sealed, password, attempt } = claim;
  // The hash is opened by the part of us that compares it; the caller never sees it.
  const comparer = systemSubject('accounts', subject.requestId);
  const { athleteId, passwordHash } = app.access.open(comparer, 'account.checkPassword', sealed ?? NOBODY);
  const isRight = await isPasswordOf(passwordHash, password, {
    before: () => refuseThrottled(app, attempt),
    failed: () => countFailed(app, attempt),
  });
  if (!isRight || athleteId === undefined || passwordHash === undefined) return undefined;
  await forgetFailures(app, attempt.account);
  return { athleteId, passwordHash };
}

// Decided and recorded like any other, so that neither time nor trail differs for an address without an account.
const NOBODY = new Sealed<Partial<Credentials>>(
  { kind: 'account', id: 'nobody' },
  { ownerStanding: 'active' },
  () => ({}),
);
