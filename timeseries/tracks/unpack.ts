import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UnreadableTrack } from './unreadable-track.js';

/** Bytes of one file after unpacking: an hour in TCX has 2.5 MB, so this is days. */
export const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;

// Deflate squeezes a real GPX or TCX ten to forty times, and an empty run a thousand times.
const MAX_EXPANSION = 250;
const EXPANSION_JUDGED_FROM_BYTES = 1024 * 1024;

/** Chunks of a file, of any size. */
export type Chunks = AsyncIterable<Uint8Array>;

/** Whether a file starts like gzip does. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Unpacks gzip chunk by chunk. A gzip file that is cut short simply ends early: what it holds is judged by its
 * reader, like any other file that is cut short.
 *
 * @throws {UnreadableTrack} when it is damaged, or unpacks to more than a recording can have
 */
export async function* gunzipped(packed: Chunks): AsyncGenerator<Uint8Array> {
  let unpackedBytes = 0;
  const source = Readable.from(packed);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of source.pipe(gunzip)) {
      if (!(chunk instanceof Uint8Array)) continue;
      unpackedBytes += chunk.length;
      refuseBomb(gunzip.bytesWritten, unpackedBytes);
      yield chunk;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'Z_BUF_ERROR' && unpackedBytes > 0) return;
    if (code === 'Z_BUF_ERROR') throw new UnreadableTrack('track-cut-short');
    if (code === 'Z_DATA_ERROR') throw new UnreadableTrack('track-gzip-broken', { unpackedBytes });
    throw error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

function refuseBomb(packedBytes: number, unpackedBytes: number): void {
  const expands = unpackedBytes > EXPANSION_JUDGED_FROM_BYTES && unpackedBytes > packedBytes * MAX_EXPANSION;
  if (expands || unpackedBytes > MAX_UNPACKED_BYTES) {
    throw new UnreadableTrack('track-gzip-bomb', { packedBytes, limitBytes: MAX_UNPACKED_BYTES });
  }
}
