import { createHash } from 'node:crypto';
import { parse, stringify } from 'uuid';

/**
 * Id of the activity that a leg of an upload becomes: always the same, so that doing it again makes no second one.
 * A UUIDv7 with the day of the upload's own, and no more: whoever uploads as soon as they are home would tell by it when
 * they started, also where they hide that.
 *
 * @param leg 0 for the first
 */
export function activityIdOf(uploadId: string, leg: number): string {
  const bytes = createHash('sha256').update(`activity ${uploadId} ${leg}`).digest().subarray(0, 16);
  bytes.set(dayOf(parse(uploadId)));
  bytes[VERSION_BYTE] = 0x70 | ((bytes[VERSION_BYTE] ?? 0) & 0x0f);
  bytes[VARIANT_BYTE] = 0x80 | ((bytes[VARIANT_BYTE] ?? 0) & 0x3f);
  return stringify(bytes);
}

function dayOf(uploadId: Uint8Array): Uint8Array {
  const milliseconds = Buffer.from(uploadId).readUIntBE(0, TIME_BYTES);
  const day = Buffer.alloc(TIME_BYTES);
  day.writeUIntBE(milliseconds - (milliseconds % DAY_MILLISECONDS), 0, TIME_BYTES);
  return day;
}

const DAY_MILLISECONDS = 86_400_000;
const TIME_BYTES = 6;
const VERSION_BYTE = 6;
const VARIANT_BYTE = 8;
