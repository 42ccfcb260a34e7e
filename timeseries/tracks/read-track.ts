import { readFit } from './fit.js';
import { type FitExtent, isFit, isStartOfFit } from './fit-layout.js';
import { isMeasured } from './leg.js';
import { type Leg, MIN_RESCUED_SECONDS, type Recording, type TrackFormat } from './recording.js';
import { type Chunks, gunzipped, isGzip } from './unpack.js';
import { UnreadableTrack } from './unreadable-track.js';
import { isXml, readXmlTrack } from './xml-track.js';

/** Bytes of an uploaded file as it arrives; a FIT file, which is read whole, may have no more unpacked. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;

// Enough to tell the formats apart and to find the encoding in an XML declaration.
const HEAD_BYTES = 256;
const BOMB_PROBE_BYTES = 2 * 1024 * 1024;

/**
 * Reads what a watch recorded: FIT, GPX or TCX, plain or gzipped, told apart by content.
 *
 * @param input the file, whole or in chunks
 * @param declaredFormat what the file's name says; only makes the reason for a refusal more exact
 * @throws {UnreadableTrack} with the reason why it is no recording that can be used
 */
export async function readTrack(
  input: Uint8Array | Chunks,
  declaredFormat?: TrackFormat,
): Promise<Recording> {
  const file = await withHead(input instanceof Uint8Array ? only(input) : input);
  try {
    if (file.head.length === 0) throw new UnreadableTrack('track-empty');
    return await (isGzip(file.head) ? readPacked(file, declaredFormat) : readUnpacked(file, declaredFormat));
  } finally {
    await file.close();
  }
}

interface HeadedChunks {
  /** The first bytes, `HEAD_BYTES` or all there are. */
  readonly head: Uint8Array;
  /** All bytes, the head too. */
  readonly chunks: AsyncGenerator<Uint8Array>;
  /** Lets go of where the bytes come from, however many were read. */
  close(): Promise<void>;
}

async function readPacked(packed: HeadedChunks, declaredFormat?: TrackFormat): Promise<Recording> {
  const file = await withHead(gunzipped(packed.chunks));
  try {
    if (file.head.length === 0) throw new UnreadableTrack('track-empty');
    return await readUnpacked(file, declaredFormat);
  } catch (error) {
    // A bomb is made of nothing in particular: name it for what it is.
    if (error instanceof UnreadableTrack && error.problem === 'track-format-unknown')
      await drain(file.chunks);
    throw error;
  } finally {
    await file.close();
  }
}

async function readUnpacked(file: HeadedChunks, declaredFormat?: TrackFormat): Promise<Recording> {
  const { head, chunks } = file;
  if (isFit(head)) {
    const { legs, extent } = readFit(await wholeFit(chunks));
    return recordingOf('fit', legs, extent);
  }
  if (isXml(head)) {
    const { format, legs, extent } = await readXmlTrack(head, chunks);
    return recordingOf(format, legs.filter(isMeasured), extent);
  }
  if (isStartOfFit(head)) throw new UnreadableTrack('track-cut-short');
  if (declaredFormat === 'gpx' || declaredFormat === 'tcx') throw new UnreadableTrack('track-not-xml');
  throw new UnreadableTrack('track-format-unknown');
}

function recordingOf(format: TrackFormat, legs: readonly Leg[], extent: FitExtent): Recording {
  if (extent.complete) {
    if (legs.length === 0) throw new UnreadableTrack('track-without-measurements');
    return { format, legs };
  }
  const rescuedSeconds = legs.reduce((sum, { samples }) => sum + (samples.elapsedSeconds.at(-1) ?? 0), 0);
  if (rescuedSeconds < MIN_RESCUED_SECONDS) {
    throw new UnreadableTrack('track-cut-short', { rescuedSeconds, limitSeconds: MIN_RESCUED_SECONDS });
  }
  const { readBytes, expectedBytes } = extent;
  const rescued = { reason: 'cutShort', readBytes, rescuedSeconds } as const;
  return { format, legs, rescued: { ...rescued, ...(expectedBytes !== undefined && { expectedBytes }) } };
}

async function wholeFit(chunks: Chunks): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MAX_FILE_BYTES) throw new UnreadableTrack('track-too-large', { limitBytes: MAX_FILE_BYTES });
    parts.push(chunk);
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

async function withHead(input: Chunks): Promise<HeadedChunks> {
  const iterator = input[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < HEAD_BYTES) {
    const { value, done } = await iterator.next();
    if (done) break;
    first.push(value);
    bytes += value.length;
  }
  async function* chunks() {
    yield* first;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  const close = async () => {
    await iterator.return?.();
  };
  const start = first.length === 1 && first[0] ? first[0] : Buffer.concat(first);
  return { head: start.subarray(0, HEAD_BYTES), chunks: chunks(), close };
}

/** Unpacks on, to let the unpacker find out whether the rest is a bomb. */
async function drain(chunks: Chunks): Promise<void> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > BOMB_PROBE_BYTES) return;
  }
}
