import type { Logger } from 'pino';
import { z } from 'zod';
import type { Config } from '../config.js';
import { type Redis, runScript, script } from '../stores/redis.js';
import { countInMemory, type Verdict } from './rate-window.js';

/**
 * What is counted apart: an athlete's reads, writes and uploads, whatever an address asks without a token, and what an
 * athlete could do to many others at once.
 */
export type Bucket = 'reads' | 'writes' | 'uploads' | 'anonymous' | 'follows' | 'contacts';

/** How a request stands against its limit. */
export interface Allowance extends Verdict {
  readonly limit: number;
}

/** The caller asked too often. */
export class RateLimited extends Error {
  override name = 'RateLimited';
  readonly problem = 'rate-limited';
  constructor(readonly retryAfterSeconds: number) {
    super(`the next request can succeed in ${retryAfterSeconds} s`);
  }
}

const MINUTE_MILLISECONDS = 60_000;
const HOUR_MILLISECONDS = 60 * MINUTE_MILLISECONDS;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;

/** Longer than Redis ever takes when it is well; a request must not hang on its limits. */
const PATIENCE_MILLISECONDS = 100;
const WARNING_INTERVAL_MILLISECONDS = 10_000;

const rateLimit = script('api/http/rate-limit.lua');
const reply = z.tuple([z.number(), z.number(), z.number()]);

/**
 * The limits of all processes, counted in Redis. While it does not answer, each process counts for itself, so
 * that requests go on and nobody gets more than the limit per process.
 */
export class RateLimits {
  readonly #limits: Readonly<Record<Bucket, { readonly limit: number; readonly windowMilliseconds: number }>>;
  readonly #here = countInMemory();
  #warnedAt = Number.NEGATIVE_INFINITY;

  constructor(
    config: Config,
    private readonly redis: Redis,
    private readonly log: Logger,
    private readonly now: () => Date,
  ) {
    this.#limits = {
      reads: { limit: config.READS_PER_MINUTE, windowMilliseconds: MINUTE_MILLISECONDS },
      writes: { limit: config.WRITES_PER_MINUTE, windowMilliseconds: MINUTE_MILLISECONDS },
      uploads: { limit: config.UPLOADS_PER_HOUR, windowMilliseconds: HOUR_MILLISECONDS },
      anonymous: { limit: config.ANONYMOUS_PER_MINUTE, windowMilliseconds: MINUTE_MILLISECONDS },
      follows: { limit: config.FOLLOWS_PER_HOUR, windowMilliseconds: HOUR_MILLISECONDS },
      contacts: { limit: config.CONTACT_QUESTIONS_PER_DAY, windowMilliseconds: DAY_MILLISECONDS },
    };
  }

  /** Counts one request. @param caller an athlete's id or an address */
  async take(bucket: Bucket, caller: string): Promise<Allowance> {
    const { limit, windowMilliseconds } = this.#limits[bucket];
    // The tag in braces keeps everything of one caller on one node of a cluster.
    const key = `limit:{${caller}}:${bucket}`;
    try {
      const verdict = await this.#inRedis(key, limit, windowMilliseconds);
      return { ...verdict, limit };
    } catch (error) {
      this.#warn(error);
      return { ...this.#here(key, limit, windowMilliseconds, this.now().getTime()), limit };
    }
  }

  /** Counts one request that has a limit of its own. @throws {RateLimited} */
  async require(bucket: Bucket, caller: string): Promise<void> {
    const { isAllowed, waitMilliseconds } = await this.take(bucket, caller);
    if (!isAllowed) throw new RateLimited(Math.max(1, Math.ceil(waitMilliseconds / 1000)));
  }

  async #inRedis(key: string, limit: number, windowMilliseconds: number): Promise<Verdict> {
    const counted = runScript(this.redis, rateLimit, [key], [String(limit), String(windowMilliseconds)]);
    const [allowed, remaining, waitMilliseconds] = reply.parse(await inTime(counted));
    return { isAllowed: allowed === 1, remaining, waitMilliseconds };
  }

  #warn(error: unknown): void {
    const now = this.now().getTime();
    if (now - this.#warnedAt < WARNING_INTERVAL_MILLISECONDS) return;
    this.#warnedAt = now;
    this.log.warn({ err: error }, 'Redis does not count requests; this process counts its own');
  }
}

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Redis took too long')), PATIENCE_MILLISECONDS);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
