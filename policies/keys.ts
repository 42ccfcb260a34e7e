import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { Transform } from 'node:stream';
import { asBuffer, BrokenCiphertext, joined, open, type Place, placeBytes, seal } from './ciphertext.js';
import { DecryptStream, EncryptStream } from './encrypted-stream.js';

export { BrokenCiphertext, type Place } from './ciphertext.js';

/** A wrapped key names a master key that this process was not given. */
export class UnknownMasterKey extends Error {
  override name = 'UnknownMasterKey';
  constructor(readonly masterKeyId: string) {
    super(`a data key is wrapped by master key ${masterKeyId}, which is not configured`);
  }
}

// Assigned inside AthleteKey, so that its bytes never leave this file.
let athleteKeyFrom: (bytes: Uint8Array) => AthleteKey;
let bytesOf: (key: AthleteKey) => Buffer;

/**
 * The data key of one athlete: AES-256-GCM under a fresh random nonce each time.
 *
 * Layout of a value: version 1 | nonce 12 | ciphertext | tag 16 (bytes).
 */
export class AthleteKey {
  readonly #key: KeyObject;

  private constructor(bytes: Uint8Array) {
    if (bytes.length !== KEY_BYTES) throw new BrokenCiphertext('layout');
    this.#key = createSecretKey(bytes);
  }

  static {
    athleteKeyFrom = (bytes) => new AthleteKey(bytes);
    bytesOf = (key) => key.#key.export();
  }

  static generate(): AthleteKey {
    return new AthleteKey(randomBytes(KEY_BYTES));
  }

  encrypt(plaintext: Uint8Array, place: Place): Uint8Array {
    return seal(this.#key, VALUE_VERSION, plaintext, placeBytes(place));
  }

  /** @throws {BrokenCiphertext} */
  decrypt(ciphertext: Uint8Array, place: Place): Uint8Array {
    return open(this.#key, VALUE_VERSION, ciphertext, placeBytes(place));
  }

  encryptText(plaintext: string, place: Place): Uint8Array {
    return this.encrypt(Buffer.from(plaintext, 'utf8'), place);
  }

  /** @throws {BrokenCiphertext} */
  decryptText(ciphertext: Uint8Array, place: Place): string {
    return Buffer.from(this.decrypt(ciphertext, place)).toString('utf8');
  }

  /** A secret of the athlete for one purpose; it is gone with the key. */
  secretFor(purpose: string): Uint8Array {
    return createHmac('sha256', this.#key).update(`paceline secret of an athlete: ${purpose}`).digest();
  }

  /** Encrypts whatever is piped through, 64 KiB at a time; see `decryptStream`. */
  encryptStream(place: Place): Transform {
    return new EncryptStream(this.#key, place);
  }

  /**
   * Decrypts what `encryptStream` made. Chunks are authenticated one by one and passed on at once, so the
   * reader holds true bytes but knows only at `end` that none is missing: a stream that was cut, reordered or
   * spliced ends with an error ({@link BrokenCiphertext}) instead.
   */
  decryptStream(place: Place): Transform {
    return new DecryptStream(this.#key, place);
  }

  toJSON(): never {
    throw new Error('a data key was about to be serialised');
  }
}

/**
 * The key that wraps the data keys of all athletes.
 *
 * Layout of a wrapped key: version 1 | id of the master key 8 | nonce 12 | ciphertext 32 | tag 16. The id tells
 * which master key opens it, so that a second one can stand beside the first while keys are rewrapped.
 */
export class MasterKey {
  readonly #key: KeyObject;
  readonly #id: Buffer;
  /**
   * The keys that were unwrapped last, by what they were unwrapped from: pages are full of the same few athletes.
   * Whoever asks has just read the wrapped key, so one that was destroyed is never found here.
   */
  readonly #unwrapped = new Map<string, AthleteKey>();

  /** @param key 32 random bytes */
  constructor(key: Uint8Array) {
    if (key.length !== KEY_BYTES) throw new RangeError(`a master key has ${KEY_BYTES} bytes`);
    this.#key = createSecretKey(key);
    // One-way, so it may stand beside every wrapped key.
    this.#id = createHash('sha256')
      .update('paceline master key id')
      .update(key)
      .digest()
      .subarray(0, MASTER_ID_BYTES);
  }

  /** Hexadecimal; names this key without telling it. */
  get id(): string {
    return this.#id.toString('hex');
  }

  wrap(athleteId: string, key: AthleteKey): Uint8Array {
    const sealed = seal(this.#key, WRAP_VERSION, bytesOf(key), this.#context(athleteId));
    return Buffer.concat([sealed.subarray(0, 1), this.#id, sealed.subarray(1)]);
  }

  /**
   * @throws {UnknownMasterKey} wrapped by another master key
   * @throws {BrokenCiphertext} damaged, or the key of another athlete
   */
  unwrap(athleteId: string, wrapped: Uint8Array): AthleteKey {
    const bytes = asBuffer(wrapped);
    const name = `${athleteId} ${bytes.toString('latin1')}`;
    const known = this.#unwrapped.get(name);
    if (known) return known;
    const key = this.#unwrap(athleteId, bytes);
    if (this.#unwrapped.size >= MAX_UNWRAPPED) this.#forgetOldest();
    this.#unwrapped.set(name, key);
    return key;
  }

  #unwrap(athleteId: string, bytes: Buffer): AthleteKey {
    if (bytes[0] !== WRAP_VERSION) throw new BrokenCiphertext('layout');
    const id = bytes.subarray(1, 1 + MASTER_ID_BYTES);
    if (!id.equals(this.#id)) throw new UnknownMasterKey(id.toString('hex'));
    const sealed = Buffer.concat([bytes.subarray(0, 1), bytes.subarray(1 + MASTER_ID_BYTES)]);
    return athleteKeyFrom(open(this.#key, WRAP_VERSION, sealed, this.#context(athleteId)));
  }

  /** The key for what belongs to no athlete, one for each purpose; every process with this master key has the same. */
  derived(purpose: string): AthleteKey {
    return athleteKeyFrom(this.#bytesFor(purpose));
  }

  /** The key of somebody's pseudonyms: the same in every process, and another one for each scope. */
  pseudonymKey(scope: string): PseudonymKey {
    return new PseudonymKey(this.#bytesFor(`pseudonyms ${scope}`));
  }

  /** A token of 43 signs that nobody can guess, the same each time that it is made for one purpose and id. */
  token(purpose: string, id: string): string {
    return createHmac('sha256', this.#bytesFor(`tokens ${purpose}`))
      .update(id)
      .digest('base64url');
  }

  #bytesFor(purpose: string): Uint8Array {
    return new Uint8Array(hkdfSync('sha256', this.#key, '', `paceline ${purpose}`, KEY_BYTES));
  }

  toJSON(): never {
    throw new Error('the master key was about to be serialised');
  }

  #forgetOldest(): void {
    for (const name of this.#unwrapped.keys()) {
      this.#unwrapped.delete(name);
      return;
    }
  }

  #context(athleteId: string): Buffer {
    return joined(['paceline athlete key', this.id, athleteId]);
  }
}

/** Replaces ids by pseudonyms that lead back to nobody without the key. */
export class PseudonymKey {
  readonly #key: KeyObject;

  /** @param key 32 bytes, used for nothing else */
  constructor(key: Uint8Array) {
    if (key.length !== KEY_BYTES) throw new RangeError(`a key of pseudonyms has ${KEY_BYTES} bytes`);
    this.#key = createSecretKey(key);
  }

  /** 128 bits of HMAC-SHA-256, base64url: the same id has the same pseudonym, wherever it stands. */
  pseudonym(id: string): string {
    return createHmac('sha256', this.#key).update(id).digest().subarray(0, 16).toString('base64url');
  }
}

/** Finds an account by its e-mail: the address itself is only stored encrypted. */
export class EmailKey {
  readonly #key: KeyObject;

  /** @param key 32 random bytes, used for nothing else */
  constructor(key: Uint8Array) {
    if (key.length !== KEY_BYTES) throw new RangeError(`an e-mail key has ${KEY_BYTES} bytes`);
    this.#key = createSecretKey(key);
  }

  /** HMAC-SHA-256 of the normalised address, base64url: equal for spellings that differ in case or spaces. */
  hash(email: string): string {
    return createHmac('sha256', this.#key).update(normalisedEmail(email)).digest('base64url');
  }

  /**
   * By what an athlete who agreed is found by who knows their address: HMAC-SHA-256 of the hash that a client makes of
   * it, so that a copy of the graph answers no guesses.
   */
  contactHash(hashOfAddress: string): string {
    return createHmac('sha256', this.#key).update('contact:').update(hashOfAddress).digest('base64url');
  }
}

/** What a client sends instead of an address: SHA-256, base64url. */
export function addressHash(email: string): string {
  return createHash('sha256')
    .update('paceline-contact-1:')
    .update(normalisedEmail(email))
    .digest('base64url');
}

/** One spelling per mailbox: NFC, no spaces around it, lower case. */
export function normalisedEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}

const MAX_UNWRAPPED = 2_000; // about a megabyte; more athletes than anyone reads at once
const KEY_BYTES = 32;
const MASTER_ID_BYTES = 8;

// First byte of everything that is stored, so that a later layout can stand beside an earlier one.
const VALUE_VERSION = 1;
const WRAP_VERSION = 1;
