import { pipeline, type Readable } from 'node:stream';
import { type Original, originalKey, originalPlace } from '../../graph/uploads.js';
import type { MasterKey } from '../../policies/keys.js';
import type { Objects } from './objects.js';

/**
 * The bytes of an original file, decrypted while they are read.
 *
 * @param original opened by the policy
 * @throws {ObjectMissing} it was deleted meanwhile
 */
export async function openOriginal(
  { objects, masterKey }: { readonly objects: Objects; readonly masterKey: MasterKey },
  { athleteId, uploadId, wrappedKey }: Original,
): Promise<Readable> {
  const key = masterKey.unwrap(athleteId, wrappedKey);
  const stored = await objects.get(originalKey(athleteId, uploadId));
  // Whoever reads from the end hears of every error.
  return pipeline(stored, key.decryptStream(originalPlace(athleteId, uploadId)), () => {});
}
