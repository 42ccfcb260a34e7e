import { UnreadableTrack } from './unreadable-track.js';

/** One field of a message, as its definition lays it out. */
export interface FieldLayout {
  readonly number: number;
  /** Bytes from the start of the message's content. */
  readonly offset: number;
  readonly sizeBytes: number;
  readonly baseType: number;
}

/** How the messages of one local number look from here on. */
export interface MessageLayout {
  readonly globalNumber: number;
  readonly littleEndian: boolean;
  readonly fields: readonly FieldLayout[];
  /** Bytes of the content, developer fields included, header byte not. */
  readonly sizeBytes: number;
}

/** What the walk meets, in the order of the file. Positions are those of the header byte. */
export interface FitVisitor {
  definition(layout: MessageLayout, from: number, until: number): void;
  /**
   * @param localNumber as the definition numbered it
   * @param timeOffsetSeconds the five bits of a compressed timestamp, when the message has one
   */
  message(layout: MessageLayout, localNumber: number, from: number, timeOffsetSeconds?: number): void;
}

/** How far a FIT file could be walked. */
export interface FitExtent {
  readonly complete: boolean;
  readonly readBytes: number;
  /** Absent when the header does not say. */
  readonly expectedBytes?: number;
}

const CRC_BYTES = 2;
const MIN_HEADER_BYTES = 12;

/** Whether a FIT file starts at an offset. */
export function isFit(bytes: Uint8Array, offset = 0): boolean {
  const headerBytes = bytes[offset] ?? 0;
  const magic = [0x2e, 0x46, 0x49, 0x54];
  return headerBytes >= MIN_HEADER_BYTES && magic.every((byte, at) => bytes[offset + 8 + at] === byte);
}

/** Whether a file ends within a FIT header. */
export function isStartOfFit(bytes: Uint8Array): boolean {
  return bytes.length < MIN_HEADER_BYTES && (bytes[0] === 12 || bytes[0] === 14);
}

/**
 * Walks over every message of a FIT file, and of the files chained behind it, without reading their values.
 *
 * @throws {UnreadableTrack} when a checksum is wrong, or a complete file stops making sense
 */
export function walkFit(bytes: Uint8Array, visitor: FitVisitor): FitExtent {
  let offset = 0;
  let extent: FitExtent = { complete: false, readBytes: 0 };
  // Bytes behind the last file that start no other are padding.
  while (isFit(bytes, offset)) {
    extent = walkOne(bytes, offset, visitor);
    if (!extent.complete) return extent;
    offset = extent.readBytes;
  }
  return extent;
}

function walkOne(bytes: Uint8Array, offset: number, visitor: FitVisitor): FitExtent {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dataFrom = offset + (bytes[offset] ?? 0);
  const dataBytes = view.getUint32(offset + 4, true);
  // A watch writes the length last: zero means that its battery died, or that only a header follows.
  if (dataBytes === 0) {
    const readBytes = walkMessages(bytes, dataFrom, bytes.length, visitor);
    return { complete: false, readBytes };
  }
  const dataUntil = dataFrom + dataBytes;
  const expectedBytes = dataUntil + CRC_BYTES;
  const complete = expectedBytes <= bytes.length;
  if (complete && crcOf(bytes, offset, dataUntil) !== view.getUint16(dataUntil, true)) {
    throw new UnreadableTrack('track-checksum-wrong', { offsetBytes: dataUntil });
  }
  const until = Math.min(dataUntil, bytes.length);
  const readBytes = walkMessages(bytes, dataFrom, until, visitor);
  if (!complete) return { complete, readBytes, expectedBytes };
  if (readBytes < dataUntil) throw new UnreadableTrack('track-damaged', { offsetBytes: readBytes });
  return { complete, readBytes: expectedBytes, expectedBytes };
}

/** Walks as far as the messages make sense and are whole; returns where that ends. */
function walkMessages(bytes: Uint8Array, from: number, until: number, visitor: FitVisitor): number {
  const layouts: (MessageLayout | undefined)[] = [];
  let at = from;
  while (at < until) {
    const header = bytes[at] ?? 0;
    const isCompressed = (header & 0x80) !== 0;
    if (!isCompressed && (header & 0x40) !== 0) {
      const defined = layoutAt(bytes, at, until);
      if (!defined) return at;
      layouts[header & 0x0f] = defined.layout;
      visitor.definition(defined.layout, at, defined.until);
      at = defined.until;
      continue;
    }
    const localNumber = isCompressed ? (header >> 5) & 0x03 : header & 0x0f;
    const layout = layouts[localNumber];
    if (!layout || at + 1 + layout.sizeBytes > until) return at;
    if (isCompressed) visitor.message(layout, localNumber, at, header & 0x1f);
    else visitor.message(layout, localNumber, at);
    at += 1 + layout.sizeBytes;
  }
  return at;
}

function layoutAt(
  bytes: Uint8Array,
  from: number,
  limit: number,
): { layout: MessageLayout; until: number } | undefined {
  const hasDeveloperFields = ((bytes[from] ?? 0) & 0x20) !== 0;
  const littleEndian = bytes[from + 2] === 0;
  const [first, second] = [bytes[from + 3] ?? 0, bytes[from + 4] ?? 0];
  const fields: FieldLayout[] = [];
  let sizeBytes = 0;
  let at = from + 6;
  for (let left = bytes[from + 5] ?? 0; left > 0 && at + 3 <= limit; left--, at += 3) {
    const size = bytes[at + 1] ?? 0;
    fields.push({
      number: bytes[at] ?? 0,
      offset: sizeBytes,
      sizeBytes: size,
      baseType: (bytes[at + 2] ?? 0) & 0x1f,
    });
    sizeBytes += size;
  }
  if (fields.length < (bytes[from + 5] ?? 0)) return undefined;
  if (hasDeveloperFields) {
    const until = at + 1 + 3 * (bytes[at] ?? 0);
    for (at++; at < until; at += 3) sizeBytes += bytes[at + 1] ?? 0;
  }
  if (at > limit) return undefined;
  const globalNumber = littleEndian ? first | (second << 8) : (first << 8) | second;
  return { layout: { globalNumber, littleEndian, fields, sizeBytes }, until: at };
}

const CRC_TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  return crc;
});

function crcOf(bytes: Uint8Array, from: number, until: number): number {
  let crc = 0;
  for (let at = from; at < until; at++) {
    crc = (crc >> 8) ^ (CRC_TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  return crc;
}
