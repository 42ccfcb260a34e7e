import { createHash } from 'node:crypto';
import { parse, v7 as uuidv7 } from 'uuid';

/**
 * An id that follows from another, so that doing the same work again makes the same thing and not a second one.
 *
 * @param seed a UUIDv7
 * @param purpose another id for each
 * @param tells how much of the seed's time the id has: all of it, or only the day (UTC)
 * @returns a UUIDv7
 */
export function derivedId(seed: string, purpose: string, tells: 'time' | 'day' = 'time'): string {
  const milliseconds = Buffer.from(parse(seed)).readUIntBE(0, TIME_BYTES);
  return uuidv7({
    msecs: tells === 'time' ? milliseconds : milliseconds - (milliseconds % DAY_MILLISECONDS),
    random: createHash('sha256').update(`${purpose} ${seed}`).digest(),
  });
}

/**
 * Id of an activity, always the same one. It has the day of what it comes from and no more: whoever uploads as soon as
 * they are home would tell by it when they started, also where they hide that.
 *
 * @param origin id of the upload, or of the request that makes it by hand; a UUIDv7
 * @param leg of the file; 0 for the first
 */
export function activityIdOf(origin: string, leg = 0): string {
  return derivedId(origin, `activity ${leg}`, 'day');
}

const TIME_BYTES = 6;
const DAY_MILLISECONDS = 86_400_000;
