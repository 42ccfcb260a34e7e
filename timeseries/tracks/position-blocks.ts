import type { Positions } from './polyline.js';

/** Positions in one block: an hour at one a second, some 10 kB, so that a part can be read without the rest. */
export const BLOCK_POSITIONS = 3600;

/** Consecutive positions of a leg, packed. */
export interface PositionBlock {
  /** Index of the sample that the first position belongs to. */
  readonly firstSample: number;
  readonly positionCount: number;
  readonly bytes: Uint8Array;
}

// 1e-7 degrees is a centimetre, finer than any receiver, and 180° still fits into 32 bits.
const UNITS_PER_DEGREE = 1e7;
const MAX_VARINT_BYTES = 5;

/**
 * Packs the positions of a leg into blocks that are read independently of each other.
 *
 * A block is: number of positions; then by turns how many are present and how many are missing, the present ones
 * as latitude and longitude, each the difference from the one before in 1e-7 degrees. All numbers are varints, seven
 * bits a byte and the lowest first; differences have their sign in the lowest bit.
 */
export function encodePositionBlocks({ latitude, longitude }: Positions): PositionBlock[] {
  const blocks: PositionBlock[] = [];
  for (let firstSample = 0; firstSample < latitude.length; firstSample += BLOCK_POSITIONS) {
    const part = {
      latitude: latitude.subarray(firstSample, firstSample + BLOCK_POSITIONS),
      longitude: longitude.subarray(firstSample, firstSample + BLOCK_POSITIONS),
    };
    blocks.push({ firstSample, positionCount: part.latitude.length, bytes: encoded(part) });
  }
  return blocks;
}

/**
 * Unpacks blocks that follow each other into one pair of columns; at most half a unit of 1e-7 degrees is lost.
 *
 * @param blocks the bytes of each, in order
 * @throws {RangeError} when a block is damaged
 */
export function decodePositionBlocks(blocks: readonly Uint8Array[]): Positions {
  const readers = blocks.map((bytes) => new BlockReader(bytes));
  const counts = readers.map((reader) => reader.positionCount());
  const length = counts.reduce((sum, count) => sum + count, 0);
  const latitude = new Float64Array(length);
  const longitude = new Float64Array(length);
  let at = 0;
  readers.forEach((reader, block) => {
    const until = at + (counts[block] ?? 0);
    reader.read(latitude.subarray(at, until), longitude.subarray(at, until));
    at = until;
  });
  return { latitude, longitude };
}

function encoded({ latitude, longitude }: Positions): Uint8Array {
  const bytes = new Uint8Array(MAX_VARINT_BYTES * (1 + 4 * latitude.length));
  let length = 0;
  const push = (number: number) => {
    let rest = number;
    for (; rest > 0x7f; rest >>>= 7) bytes[length++] = 0x80 | (rest & 0x7f);
    bytes[length++] = rest;
  };
  push(latitude.length);
  let [lastNorth, lastEast] = [0, 0];
  for (let at = 0; at < latitude.length; ) {
    const missingFrom = runEnd(latitude, at, false);
    push(missingFrom - at);
    for (; at < missingFrom; at++) {
      const north = Math.round((latitude[at] ?? 0) * UNITS_PER_DEGREE);
      const east = Math.round((longitude[at] ?? 0) * UNITS_PER_DEGREE);
      push(signLast(north - lastNorth));
      push(signLast(east - lastEast));
      [lastNorth, lastEast] = [north, east];
    }
    const presentFrom = runEnd(latitude, at, true);
    push(presentFrom - at);
    at = presentFrom;
  }
  return bytes.slice(0, length);
}

function runEnd(latitude: Float64Array, from: number, missing: boolean): number {
  let at = from;
  while (at < latitude.length && Number.isNaN(latitude[at]) === missing) at++;
  return at;
}

/** Differences wrap around at 32 bits, and back when they are added up again. */
function signLast(difference: number): number {
  const wrapped = difference | 0;
  return ((wrapped << 1) ^ (wrapped >> 31)) >>> 0;
}

class BlockReader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  positionCount(): number {
    const count = this.#number();
    if (count > BLOCK_POSITIONS) throw new RangeError(`a block has at most ${BLOCK_POSITIONS} positions`);
    return count;
  }

  read(latitude: Float64Array, longitude: Float64Array): void {
    let [north, east] = [0, 0];
    for (let at = 0; at < latitude.length; ) {
      const missingFrom = at + this.#number();
      if (missingFrom > latitude.length) throw new RangeError('the block has more positions than it says');
      for (; at < missingFrom; at++) {
        north = (north + this.#signed()) | 0;
        east = (east + this.#signed()) | 0;
        latitude[at] = north / UNITS_PER_DEGREE;
        longitude[at] = east / UNITS_PER_DEGREE;
      }
      const presentFrom = at + this.#number();
      if (presentFrom > latitude.length) throw new RangeError('the block has more positions than it says');
      latitude.fill(Number.NaN, at, presentFrom);
      longitude.fill(Number.NaN, at, presentFrom);
      at = presentFrom;
    }
  }

  #signed(): number {
    const number = this.#number();
    return (number >>> 1) ^ -(number & 1);
  }

  #number(): number {
    let number = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes[this.#at++];
      if (byte === undefined) throw new RangeError('the block ends within a number');
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) return number >>> 0;
    }
    throw new RangeError('a number in the block has no end');
  }
}
