import type { Recording, TrackFormat } from './recording.js';
import { UnreadableTrack } from './unreadable-track.js';

/**
 * Reads what a watch recorded: FIT, GPX or TCX, plain or gzipped, told apart by content.
 *
 * @param input the file, whole or in chunks
 * @param declaredFormat what the file's name says; only makes the reason for a refusal more exact
 * @throws {UnreadableTrack} with the reason why it is no recording that can be used
 */
export async function readTrack(
  input: Uint8Array | AsyncIterable<Uint8Array>,
  declaredFormat?: TrackFormat,
): Promise<Recording> {
  void input;
  throw new UnreadableTrack('track-format-unknown', declaredFormat ? { declaredFormat } : {});
}
