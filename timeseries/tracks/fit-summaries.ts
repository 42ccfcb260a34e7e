import { Decoder, type FitMessages, Stream } from '@garmin/fitsdk';
import type { MessageLayout } from './fit-layout.js';
import { UnreadableTrack } from './unreadable-track.js';

// file_id, sport, session, lap, event: the others say nothing about the track.
const KEPT_MESSAGES = new Set([0, 12, 18, 19, 21]);

/** Messages handed to the SDK: a lap every half minute of a week. */
const MAX_KEPT_MESSAGES = 20_160;

const CRC_BYTES = 2;

/**
 * Collects the messages that sum a FIT file up and has the SDK read them.
 *
 * The SDK is given only these few, as data without header: it takes longer to build the objects of the messages
 * nobody looks at than all the rest together.
 */
export class SummaryMessages {
  readonly #bytes: Uint8Array;
  readonly #kept: Uint8Array[] = [];
  #messages = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  keepDefinition(layout: MessageLayout, from: number, until: number): void {
    if (KEPT_MESSAGES.has(layout.globalNumber)) this.#kept.push(this.#bytes.subarray(from, until));
  }

  /** @throws {UnreadableTrack} beyond `MAX_KEPT_MESSAGES` */
  keepMessage(layout: MessageLayout, localNumber: number, from: number): void {
    if (!KEPT_MESSAGES.has(layout.globalNumber)) return;
    if (++this.#messages > MAX_KEPT_MESSAGES) {
      throw new UnreadableTrack('track-too-many-points', { limit: MAX_KEPT_MESSAGES });
    }
    const message = this.#bytes.slice(from, from + 1 + layout.sizeBytes);
    // The SDK refuses compressed timestamps; these messages carry their own times.
    message[0] = localNumber;
    this.#kept.push(message);
  }

  /** @throws {UnreadableTrack} when the SDK cannot make sense of them */
  read(): FitMessages {
    const stream = Stream.fromByteArray(Buffer.concat([...this.#kept, new Uint8Array(CRC_BYTES)]));
    const { messages, errors } = new Decoder(stream).read({ dataOnly: true, mergeHeartRates: false });
    if (errors.length > 0) throw new UnreadableTrack('track-damaged');
    return messages;
  }
}
