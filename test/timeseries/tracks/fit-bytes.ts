/** A field of a hand-made FIT message. */
export interface HandMadeField {
  readonly number: number;
  readonly type: 'enum' | 'sint8' | 'uint8' | 'uint16' | 'sint32' | 'uint32' | 'byte3';
  /** Raw, without scale or offset. */
  readonly value: number;
}

const BASE_TYPES = {
  enum: [0x00, 1],
  sint8: [0x01, 1],
  uint8: [0x02, 1],
  uint16: [0x84, 2],
  sint32: [0x85, 4],
  uint32: [0x86, 4],
  byte3: [0x0d, 3],
} as const;

/**
 * Writes FIT files byte by byte, the wrong ones too that the SDK's encoder would refuse: no scale, no checks, and
 * headers with compressed timestamps.
 */
export class FitBytes {
  readonly #bytes: number[] = [];

  /** @param options big endian and developer fields are rare, but allowed */
  define(
    local: number,
    global: number,
    fields: readonly HandMadeField[],
    options: { bigEndian?: boolean } = {},
  ): this {
    const number = options.bigEndian ? [global >> 8, global & 0xff] : [global & 0xff, global >> 8];
    this.#bytes.push(0x40 | local, 0, options.bigEndian ? 1 : 0, ...number, fields.length);
    for (const { number: field, type } of fields)
      this.#bytes.push(field, BASE_TYPES[type][1], BASE_TYPES[type][0]);
    return this;
  }

  message(local: number, fields: readonly HandMadeField[], options: { bigEndian?: boolean } = {}): this {
    this.#bytes.push(local, ...contentOf(fields, options.bigEndian ?? false));
    return this;
  }

  compressed(local: number, timeOffsetSeconds: number, fields: readonly HandMadeField[]): this {
    this.#bytes.push(0x80 | (local << 5) | timeOffsetSeconds, ...contentOf(fields, false));
    return this;
  }

  raw(...bytes: number[]): this {
    this.#bytes.push(...bytes);
    return this;
  }

  /** The file with header and checksum. */
  file(): Uint8Array {
    const length = this.#bytes.length;
    const header = [12, 0x10, 0x64, 0, length & 0xff, (length >> 8) & 0xff, (length >> 16) & 0xff, 0];
    const bytes = [...header, 0x2e, 0x46, 0x49, 0x54];
    for (const byte of this.#bytes) bytes.push(byte);
    const crc = fitCrc(Uint8Array.from(bytes));
    bytes.push(crc & 0xff, crc >> 8);
    return Uint8Array.from(bytes);
  }
}

/** A file_id message as the first of a file; type 4 is an activity. */
export function fileId(type = 4): readonly HandMadeField[] {
  return [{ number: 0, type: 'enum', value: type }];
}

/** The checksum of FIT, bit by bit: slow, and written unlike the one under test. */
export function fitCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

function contentOf(fields: readonly HandMadeField[], bigEndian: boolean): number[] {
  return fields.flatMap(({ type, value }) => {
    const size = BASE_TYPES[type][1];
    const bytes = Array.from({ length: size }, (_, at) => Math.floor((value >>> 0) / 2 ** (8 * at)) & 0xff);
    return bigEndian ? bytes.reverse() : bytes;
  });
}
