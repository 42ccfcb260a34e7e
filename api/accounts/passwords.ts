import { hash, verify } from '@node-rs/argon2';

/** The shortest password that is taken (NIST SP 800-63B asks for 8 at least and for no rules beyond length). */
export const MIN_PASSWORD_LENGTH = 10;
/** The longest: a passphrase fits, and nobody makes us hash a megabyte. */
export const MAX_PASSWORD_LENGTH = 200;

// OWASP's first recommendation for argon2id, which is what the package makes unless told otherwise. Its 19 MiB are what makes guessing on graphics cards expensive; on one
// core a hash takes about 25 ms, and AT_ONCE of them stay below 40 MiB.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// argon2 works in libuv's pool of four threads; the other two stay free for files and names.
const AT_ONCE = 2;
// Half a minute of work: whoever would wait longer has given up.
const MAX_WAITING = 1_000;

/** More passwords are waiting to be hashed than this process will ever get to. */
export class TooManyPasswords extends Error {
  override name = 'TooManyPasswords';
  readonly problem = 'unavailable';
  constructor() {
    super('too many log-ins at once');
  }
}

let working = 0;
const waiting: (() => void)[] = [];

/** argon2id of a password, in the PHC string format with its own salt. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalised(password), COST));
}

/**
 * Whether a password is the one of a hash.
 *
 * @param passwordHash undefined when there is no account: the work is done all the same, so that its time tells nothing
 * @param guard runs in this password's turn: `before` may refuse it, `failed` hears that it was wrong
 */
export function isPasswordOf(
  passwordHash: string | undefined,
  password: string,
  guard: { readonly before: () => Promise<void>; readonly failed: () => Promise<void> },
): Promise<boolean> {
  return inTurn(async () => {
    await guard.before();
    const isRight = await verify(passwordHash ?? (await nobodysHash()), normalised(password));
    if (isRight && passwordHash !== undefined) return true;
    await guard.failed();
    return false;
  });
}

// One spelling for what looks the same, whichever keyboard it was typed on (RFC 8265).
function normalised(password: string): string {
  return password.normalize('NFC');
}

let nobodys: Promise<string> | undefined;
function nobodysHash(): Promise<string> {
  nobodys ??= hash('nobody has this password', COST);
  return nobodys;
}

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (working >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) throw new TooManyPasswords();
    await new Promise<void>((turn) => waiting.push(turn));
  } else {
    working += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    // The place is handed over, so that nobody who comes now takes it first.
    if (next) next();
    else working -= 1;
  }
}
