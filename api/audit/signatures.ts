import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Head } from '../../timeseries/decisions.js';

/** Signs what the audit trail must not lose: where chains end, and checkpoints. Ed25519. */
export class AuditSigner {
  readonly #key: KeyObject;
  /** What checks the signatures: 32 bytes, base64. No secret. */
  readonly publicKey: string;
  /** Checks what this key has signed, and those before it. */
  readonly verifier: AuditVerifier;

  /**
   * @param seed 32 random bytes, used for nothing else
   * @param formerKeys public keys of before
   */
  constructor(seed: Uint8Array, formerKeys: readonly string[] = []) {
    this.#key = createPrivateKey({
      key: Buffer.concat([PKCS8_PREFIX, seed]),
      format: 'der',
      type: 'pkcs8',
    });
    this.publicKey = createPublicKey(this.#key)
      .export({ format: 'der', type: 'spki' })
      .subarray(SPKI_PREFIX.length)
      .toString('base64');
    this.verifier = new AuditVerifier([this.publicKey, ...formerKeys]);
  }

  /** @returns base64 */
  sign(text: string): string {
    return sign(null, Buffer.from(text), this.#key).toString('base64');
  }

  toJSON(): never {
    throw new Error('the key of the audit trail was about to be serialised');
  }
}

/** Checks signatures of the audit trail, made by the owner of any of some keys: those of today and of before. */
export class AuditVerifier {
  readonly #keys: readonly KeyObject[];

  /** @param publicKeys 32 bytes each, base64 */
  constructor(publicKeys: readonly string[]) {
    this.#keys = publicKeys.map((text) =>
      createPublicKey({
        key: Buffer.concat([SPKI_PREFIX, Buffer.from(text, 'base64')]),
        format: 'der',
        type: 'spki',
      }),
    );
  }

  /** @param signature base64 */
  verifies(text: string, signature: string): boolean {
    const [bytes, signed] = [Buffer.from(signature, 'base64'), Buffer.from(text)];
    return this.#keys.some((key) => verify(null, signed, key, bytes));
  }

  verifiesHead(head: Head): boolean {
    return this.verifies(headText(head), head.signature);
  }
}

/** What the signature of a head covers. */
export function headText({ writer, sequence, chain, storedAt }: Omit<Head, 'signature'>): string {
  return `paceline audit head ${writer} ${sequence} ${chain} ${storedAt.toISOString()}`;
}

// What stands before the 32 bytes of an Ed25519 key in the formats that OpenSSL reads (RFC 8410).
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
