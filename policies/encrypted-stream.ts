import { createCipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import {
  authenticated,
  BrokenCiphertext,
  NONCE_BYTES,
  type Place,
  placeBytes,
  TAG_BYTES,
  versioned,
} from './ciphertext.js';

const KEY_BYTES = 32;
const SALT_BYTES = 32;
const CHUNK_BYTES = 64 * 1024;
const MAX_CHUNKS = 2 ** 32; // as far as the chunk number in a nonce reaches: 256 TiB
const STREAM_VERSION = 1;

/**
 * The stream layout is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) under a key of its own per stream:
 * version 1 | salt 32 | chunks of 64 KiB, each with its tag 16; the last may be shorter, and only an empty
 * stream has an empty one. A chunk's nonce is its number and whether it is the last, so none can be moved,
 * dropped or added; the stream's key is derived from salt and place, so nonces never meet under one key.
 */
function streamKey(key: KeyObject, salt: Buffer, place: Place): KeyObject {
  const context = versioned(STREAM_VERSION, placeBytes(place));
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, salt, context, KEY_BYTES)));
}

function chunkNonce(number: number, isLast: boolean): Buffer {
  if (number >= MAX_CHUNKS) throw new RangeError('a stream is longer than its chunk numbers reach');
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(number, NONCE_BYTES - 5);
  nonce.writeUInt8(isLast ? 1 : 0, NONCE_BYTES - 1);
  return nonce;
}

/** Cuts what flows through into chunks of one size and keeps the last one back until the end is known. */
abstract class ChunkedStream extends Transform {
  #waiting: Buffer[] = [];
  #waitingBytes = 0;

  constructor(private readonly chunkBytes: number) {
    super();
  }

  protected abstract chunk(bytes: Buffer, isLast: boolean): Buffer;

  /** Bytes that precede the first chunk; what is returned is left for the chunks. */
  protected header(bytes: Buffer): Buffer | undefined {
    return bytes;
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#settle(done, () => {
      this.#waiting.push(piece);
      this.#waitingBytes += piece.length;
      // Strictly more than a chunk: a full one may still turn out to be the last.
      if (this.#waitingBytes <= this.chunkBytes) return;
      const rest = this.header(Buffer.concat(this.#waiting, this.#waitingBytes));
      if (rest) this.#keep(this.#pushWhole(rest));
    });
  }

  override _flush(done: TransformCallback): void {
    this.#settle(done, () => {
      const rest = this.header(Buffer.concat(this.#waiting, this.#waitingBytes));
      if (!rest) throw new BrokenCiphertext('cut-short');
      this.push(this.chunk(this.#pushWhole(rest), true));
    });
  }

  #pushWhole(bytes: Buffer): Buffer {
    let rest = bytes;
    while (rest.length > this.chunkBytes) {
      this.push(this.chunk(rest.subarray(0, this.chunkBytes), false));
      rest = rest.subarray(this.chunkBytes);
    }
    return rest;
  }

  #keep(rest: Buffer): void {
    this.#waiting = [rest];
    this.#waitingBytes = rest.length;
  }

  #settle(done: TransformCallback, work: () => void): void {
    try {
      work();
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** Encrypts what flows through. */
export class EncryptStream extends ChunkedStream {
  readonly #key: KeyObject;
  #chunks = 0;

  constructor(key: KeyObject, place: Place) {
    super(CHUNK_BYTES);
    const salt = randomBytes(SALT_BYTES);
    this.#key = streamKey(key, salt, place);
    this.push(Buffer.concat([Buffer.of(STREAM_VERSION), salt]));
  }

  protected override chunk(bytes: Buffer, isLast: boolean): Buffer {
    const nonce = chunkNonce(this.#chunks++, isLast);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES });
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Decrypts what flows through; ends with {@link BrokenCiphertext} when anything is missing or moved. */
export class DecryptStream extends ChunkedStream {
  readonly #athleteKey: KeyObject;
  readonly #place: Place;
  #key: KeyObject | undefined;
  #chunks = 0;

  constructor(key: KeyObject, place: Place) {
    super(CHUNK_BYTES + TAG_BYTES);
    this.#athleteKey = key;
    this.#place = place;
  }

  protected override header(bytes: Buffer): Buffer | undefined {
    if (this.#key) return bytes;
    if (bytes.length < 1 + SALT_BYTES) return undefined;
    if (bytes[0] !== STREAM_VERSION) throw new BrokenCiphertext('layout');
    this.#key = streamKey(this.#athleteKey, bytes.subarray(1, 1 + SALT_BYTES), this.#place);
    return bytes.subarray(1 + SALT_BYTES);
  }

  protected override chunk(bytes: Buffer, isLast: boolean): Buffer {
    if (!this.#key || bytes.length < TAG_BYTES) throw new BrokenCiphertext('cut-short');
    return authenticated(this.#key, chunkNonce(this.#chunks++, isLast), bytes);
  }
}
