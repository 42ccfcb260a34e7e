import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { derivedId } from '../ids.js';
import { type Redis, runScript, script } from '../stores/redis.js';
import { BadHeader } from './problems.js';
import type { Rendered } from './rendered.js';

/** How long a key is known, and its answer kept, for repetitions. */
const KEEP_MILLISECONDS = 24 * 60 * 60 * 1000;
/** How long a key stays taken after its process has died. */
const LEASE_MILLISECONDS = 60_000;
const RENEW_MILLISECONDS = LEASE_MILLISECONDS / 3;

/** The key was used for another request. */
export class IdempotencyMismatch extends Error {
  override name = 'IdempotencyMismatch';
  readonly problem = 'idempotency-mismatch';
  constructor() {
    super('this Idempotency-Key belongs to a request with another body, query or If-Match');
  }
}

/** The first request with this key has not been answered yet. */
export class IdempotencyInFlight extends Error {
  override name = 'IdempotencyInFlight';
  readonly problem = 'idempotency-in-flight';
  readonly retryAfterSeconds = 1;
  constructor() {
    super('the first request with this Idempotency-Key is still being worked on');
  }
}

/** Redis does not answer, so nobody could tell a repetition from a first request. */
export class IdempotencyUnavailable extends Error {
  override name = 'IdempotencyUnavailable';
  readonly problem = 'idempotency-unavailable';
  readonly retryAfterSeconds = 5;
  constructor(cause: unknown) {
    super('idempotency keys cannot be kept at the moment', { cause });
  }
}

/** What makes two requests the same one. */
export interface Repeatable {
  /** An athlete's id, or the address of somebody without a token. */
  readonly caller: string;
  readonly idempotencyKey: string;
  /** Method and declared path; the same key on another route is another key. */
  readonly route: string;
  /** Everything else that two equal requests share: path, query, `If-Match`, body. */
  readonly likeness: readonly (string | Uint8Array)[];
}

/** A key that this request has taken. */
export interface Taken {
  /** An id for what the request makes, one for each noun; a repetition that has to do the work again gets the same. */
  idOf(noun: string): string;
  /** Keeps the answer for repetitions. */
  keep(answer: Rendered): Promise<void>;
  /** Gives the key back: the next request with it does the work, and finds what this one may have made. */
  release(): Promise<void>;
}

const begin = script('api/http/idempotency-begin.lua');
const end = script('api/http/idempotency-end.lua');

const begun = z.union([
  z.tuple([z.literal('begun'), z.uuid()]),
  z.tuple([z.literal('mismatch')]),
  z.tuple([z.literal('inFlight')]),
  z.tuple([z.literal('answered'), z.string()]),
]);
const renderedShape = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/**
 * Remembers answers by idempotency key in Redis. Answers hold tokens and personal data, so they are encrypted,
 * and fingerprints are keyed, so that no password can be guessed from one.
 */
export class Idempotency {
  readonly #encryptionKey: Uint8Array;
  readonly #fingerprintKey: Uint8Array;

  constructor(
    masterKey: Uint8Array,
    private readonly redis: Redis,
    private readonly log: Logger,
  ) {
    this.#encryptionKey = derived(masterKey, 'idempotency answers');
    this.#fingerprintKey = derived(masterKey, 'idempotency fingerprints');
  }

  /**
   * Takes the key of a request, or finds the answer of the request that it repeats.
   *
   * @throws {IdempotencyMismatch | IdempotencyInFlight | IdempotencyUnavailable}
   */
  async begin({ caller, idempotencyKey, route, likeness }: Repeatable): Promise<Taken | Rendered> {
    const record = `idempotency:{${caller}}:${this.#fingerprint([route, idempotencyKey])}`;
    const fingerprint = this.#fingerprint(likeness);
    const owner = uuidv7();
    const [state, kept] = await this.#begin(record, fingerprint, owner);
    switch (state) {
      case 'mismatch':
        throw new IdempotencyMismatch();
      case 'inFlight':
        throw new IdempotencyInFlight();
      case 'answered':
        return this.#decrypted(record, kept);
      case 'begun':
        return {
          ...this.#taken(record, owner),
          idOf: (noun) => derivedId(kept, `${noun} ${kept} ${fingerprint}`),
        };
    }
  }

  async #begin(record: string, fingerprint: string, owner: string): Promise<z.output<typeof begun>> {
    const periods = [LEASE_MILLISECONDS, KEEP_MILLISECONDS].map(String);
    try {
      return begun.parse(await runScript(this.redis, begin, [record], [fingerprint, owner, ...periods]));
    } catch (error) {
      throw new IdempotencyUnavailable(error);
    }
  }

  #taken(record: string, owner: string): Pick<Taken, 'keep' | 'release'> {
    const change = async (how: 'renew' | 'keep' | 'release', milliseconds: number, answer = '') => {
      try {
        await runScript(this.redis, end, [record], [owner, how, String(milliseconds), answer]);
      } catch (error) {
        // The work is done and is answered; at worst a repetition finds the key taken until its lease ends.
        this.log.warn({ err: error, how }, 'an idempotency key could not be changed');
      }
    };
    const renewal = setInterval(() => void change('renew', LEASE_MILLISECONDS), RENEW_MILLISECONDS);
    renewal.unref();
    return {
      keep: async (answer) => {
        clearInterval(renewal);
        await change('keep', KEEP_MILLISECONDS, this.#encrypted(record, answer));
      },
      release: async () => {
        clearInterval(renewal);
        await change('release', 0);
      },
    };
  }

  #fingerprint(parts: readonly (string | Uint8Array)[]): string {
    const mac = createHmac('sha256', this.#fingerprintKey);
    // Each part is preceded by its length, so that no two lists run together.
    for (const part of parts) mac.update(`${part.length}:`).update(part);
    return mac.digest('base64url');
  }

  // The record's name is bound in, so that an answer put under another key cannot be opened.
  #encrypted(record: string, answer: Rendered): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#encryptionKey, nonce).setAAD(Buffer.from(record));
    const sealed = [
      nonce,
      cipher.update(JSON.stringify(answer), 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ];
    return Buffer.concat(sealed).toString('base64');
  }

  #decrypted(record: string, kept: string): Rendered {
    const bytes = Buffer.from(kept, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.#encryptionKey, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(record))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const text =
      decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    return renderedShape.parse(JSON.parse(text));
  }
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function derived(masterKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(0), `paceline ${purpose}`, 32));
}

/**
 * The key in an `Idempotency-Key` header; undefined without one.
 *
 * @throws {BadHeader} it is not 1 to 255 visible ASCII characters
 */
export function idempotencyKeyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && /^[\x21-\x7e]{1,255}$/.test(header)) return header;
  throw new BadHeader('Idempotency-Key', '1 to 255 visible ASCII characters, for example a UUID');
}
