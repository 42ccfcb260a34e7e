import { createHash } from 'node:crypto';
import { parse, stringify } from 'uuid';

/**
 * An id that follows from another, so that doing the same work again makes the same thing and not a second one.
 *
 * @param seed a UUIDv7, whose time the id has: all of it, or only the day (UTC)
 * @param text everything that makes it this id
 * @returns a UUIDv7
 */
export function derivedId(seed: string, text: string, tells: 'time' | 'day' = 'time'): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  const milliseconds = Buffer.from(parse(seed)).readUIntBE(0, TIME_BYTES);
  bytes.writeUIntBE(
    tells === 'day' ? milliseconds - (milliseconds % DAY_MILLISECONDS) : milliseconds,
    0,
    TIME_BYTES,
  );
  bytes[VERSION_BYTE] = 0x70 | ((bytes[VERSION_BYTE] ?? 0) & 0x0f);
  bytes[VARIANT_BYTE] = 0x80 | ((bytes[VARIANT_BYTE] ?? 0) & 0x3f);
  return stringify(bytes);
}

/**
 * Id of an activity. It has the day of what it comes from and no more: whoever uploads as soon as they are home would
 * tell by it when they started, also where they hide that. Never change it: the legs of a file that is read once more,
 * years later, are known by it.
 *
 * @param origin id of the upload, or of the request that makes it by hand; a UUIDv7
 * @param leg of the file; 0 for the first
 */
export function activityIdOf(origin: string, leg = 0): string {
  return derivedId(origin, `activity ${origin} ${leg}`, 'day');
}

const DAY_MILLISECONDS = 86_400_000;
const TIME_BYTES = 6;
const VERSION_BYTE = 6;
const VARIANT_BYTE = 8;
