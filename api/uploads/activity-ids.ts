import { createHash } from 'node:crypto';
import { parse, stringify } from 'uuid';

/**
 * Id of the activity that a leg of an upload becomes: always the same, so that doing it again makes no second one.
 * A UUIDv7 with the instant of the upload's own.
 *
 * @param leg 0 for the first
 */
export function activityIdOf(uploadId: string, leg: number): string {
  const bytes = createHash('sha256').update(`activity ${uploadId} ${leg}`).digest().subarray(0, 16);
  bytes.set(parse(uploadId).subarray(0, TIME_BYTES));
  bytes[VERSION_BYTE] = 0x70 | ((bytes[VERSION_BYTE] ?? 0) & 0x0f);
  bytes[VARIANT_BYTE] = 0x80 | ((bytes[VARIANT_BYTE] ?? 0) & 0x3f);
  return stringify(bytes);
}

const TIME_BYTES = 6;
const VERSION_BYTE = 6;
const VARIANT_BYTE = 8;
