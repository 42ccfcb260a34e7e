import { networkOf } from '../http/subject.js';
import type { App } from '../wiring.js';

/** Seconds for which a failed log-in counts; the window begins with the first of them. */
const WINDOW_SECONDS = 15 * 60;

/** Too many wrong passwords for one account, or from one address. */
export class TooManyFailures extends Error {
  override name = 'TooManyFailures';
  readonly problem = 'too-many-failures';
  constructor(
    readonly counted: 'account' | 'address',
    readonly retryAfterSeconds: number,
  ) {
    super(`too many failed log-ins ${counted === 'account' ? 'to this account' : 'from this address'}`);
  }
}

/** Where an attempt comes from and goes to. */
export interface Attempt {
  /** The keyed hash of the e-mail that somebody logs in with, whether or not it has an account; or an athlete's id. */
  readonly account: string;
  /** The caller's network address. */
  readonly address: string | undefined;
}

/** Redis does not answer, and without it nobody counts who guesses passwords. */
export class LogInUnavailable extends Error {
  override name = 'LogInUnavailable';
  readonly problem = 'unavailable';
  constructor(cause: unknown) {
    super('failed log-ins cannot be counted at the moment', { cause });
  }
}

/**
 * Lets an attempt pass unless too many have failed. Ask in the attempt's turn to be hashed and count in the same turn,
 * or a thousand attempts at once are a way around it.
 *
 * @throws {TooManyFailures | LogInUnavailable}
 */
export async function refuseThrottled({ config, redis }: App, attempt: Attempt): Promise<void> {
  const limits = [
    ['account', accountKey(attempt), config.FAILED_LOGINS_PER_ACCOUNT],
    ['address', addressKey(attempt), config.FAILED_LOGINS_PER_ADDRESS],
  ] as const;
  for (const [counted, key, limit] of limits) {
    const [failures, seconds] = await counting(() => Promise.all([redis.get(key), redis.ttl(key)]));
    if (Number(failures ?? 0) >= limit) throw new TooManyFailures(counted, Math.max(1, seconds));
  }
}

/** Counts an attempt that failed. */
export async function countFailed({ redis }: App, attempt: Attempt): Promise<void> {
  await counting(() =>
    Promise.all(
      [accountKey(attempt), addressKey(attempt)].map((key) =>
        redis
          .multi()
          .set(key, 0, { condition: 'NX', expiration: { type: 'EX', value: WINDOW_SECONDS } })
          .incr(key)
          .exec(),
      ),
    ),
  );
}

/** Forgets the failures of an account whose owner has proved who they are. */
export async function forgetFailures({ redis }: App, account: string): Promise<void> {
  await counting(() => redis.del(accountKey({ account })));
}

async function counting<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new LogInUnavailable(error);
  }
}

// The tags in braces spread the keys over a cluster.
const accountKey = ({ account }: Pick<Attempt, 'account'>) => `failures:{${account}}:account`;
const addressKey = ({ address }: Attempt) => `failures:{${networkOf(address)}}:address`;
