import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

/**
 * Where a ciphertext lives. It is authenticated with it, so a value that is copied to another athlete, table,
 * column or row no longer decrypts.
 */
export interface Place {
  readonly athleteId: string;
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/** A ciphertext is damaged, cut short, stands in the wrong place, or was made under another key. */
export class BrokenCiphertext extends Error {
  override name = 'BrokenCiphertext';
  constructor(readonly reason: 'layout' | 'authentication' | 'cut-short') {
    super(`a ciphertext could not be opened: ${reason}`);
  }
}

export const TAG_BYTES = 16;
export const NONCE_BYTES = 12; // the length for which GCM needs no further hashing

/** AES-256-GCM under a fresh random nonce: version 1 | nonce 12 | ciphertext | tag 16 (bytes). */
export function seal(key: KeyObject, version: number, plaintext: Uint8Array, context: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(versioned(version, context));
  return Buffer.concat([
    Buffer.of(version),
    nonce,
    cipher.update(plaintext),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** @throws {BrokenCiphertext} */
export function open(key: KeyObject, version: number, sealed: Uint8Array, context: Buffer): Buffer {
  const bytes = asBuffer(sealed);
  if (bytes.length < 1 + NONCE_BYTES + TAG_BYTES || bytes[0] !== version)
    throw new BrokenCiphertext('layout');
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  return authenticated(key, nonce, bytes.subarray(1 + NONCE_BYTES), versioned(version, context));
}

/**
 * @param body ciphertext | tag
 * @throws {BrokenCiphertext}
 */
export function authenticated(key: KeyObject, nonce: Buffer, body: Buffer, context?: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  if (context) decipher.setAAD(context);
  decipher.setAuthTag(body.subarray(body.length - TAG_BYTES));
  const plaintext = decipher.update(body.subarray(0, body.length - TAG_BYTES));
  try {
    decipher.final();
  } catch {
    throw new BrokenCiphertext('authentication');
  }
  return plaintext;
}

/** Binds the layout to what is authenticated, so that one layout is never read as another. */
export function versioned(version: number, context: Buffer): Buffer {
  return Buffer.concat([Buffer.of(version), context]);
}

export function placeBytes({ athleteId, table, column, row }: Place): Buffer {
  return joined(['paceline place', athleteId, table, column, row]);
}

/** Each part is preceded by its length, or ("ab", "c") and ("a", "bc") would be one place. */
export function joined(parts: readonly string[]): Buffer {
  const bytes = Buffer.allocUnsafe(parts.reduce((sum, part) => sum + 4 + Buffer.byteLength(part), 0));
  let at = 0;
  for (const part of parts) {
    const length = bytes.write(part, at + 4);
    at = bytes.writeUInt32BE(length, at) + length;
  }
  return bytes;
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
