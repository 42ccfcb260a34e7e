import { createHash } from 'node:crypto';
import { pipeline, type Readable, Transform } from 'node:stream';
import { originalKey, originalPlace } from '../../graph/uploads.js';
import type { AthleteKey } from '../../policies/keys.js';
import { MAX_FILE_BYTES } from '../../timeseries/tracks/read-track.js';
import { TRACK_FORMATS, type TrackFormat } from '../../timeseries/tracks/recording.js';
import type { Objects } from '../stores/objects.js';

/** The file has more bytes than an upload may have. */
export class UploadTooLarge extends Error {
  override name = 'UploadTooLarge';
  readonly problem = 'upload-too-large';
  readonly fields = { maxBytes: MAX_FILE_BYTES };
  constructor() {
    super(`the file has more than ${MAX_FILE_BYTES} bytes`);
  }
}

/** The name of the file ends in nothing that is read. */
export class UploadFormatUnknown extends Error {
  override name = 'UploadFormatUnknown';
  readonly problem = 'upload-format-unknown';
  readonly fields = {
    supported: TRACK_FORMATS.flatMap((format) => [`.${format}`, `.${format}.gz`]).join(', '),
  };
}

/** A file in the object store. */
export interface StoredOriginal {
  readonly fileName: string;
  readonly format: TrackFormat;
  /** Of the file as it came, in hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Whose file, of which upload, under which key. */
export interface OriginalOwner {
  readonly athleteId: string;
  readonly uploadId: string;
  readonly key: AthleteKey;
}

/**
 * Encrypts a file and stores it while it arrives; it is never held whole.
 *
 * @throws {UploadFormatUnknown | UploadTooLarge} nothing is stored then
 */
export async function storeOriginal(
  objects: Objects,
  { athleteId, uploadId, key }: OriginalOwner,
  fileName: string,
  content: Readable,
): Promise<StoredOriginal> {
  const format = formatOf(fileName);
  const measured = new MeasuredFile();
  const encrypted = pipeline(
    content,
    measured,
    key.encryptStream(originalPlace(athleteId, uploadId)),
    () => {}, // the store reads from the end and hears of every error
  );
  await objects.put(originalKey(athleteId, uploadId), encrypted);
  return { fileName: fileName.slice(-MAX_FILE_NAME_LENGTH), format, ...measured.result() };
}

const MAX_FILE_NAME_LENGTH = 255;

function formatOf(fileName: string): TrackFormat {
  const extension = /\.(\w+)(?:\.gz)?$/.exec(fileName.toLowerCase())?.[1];
  const format = TRACK_FORMATS.find((each) => each === extension);
  if (!format) throw new UploadFormatUnknown(`${fileName.slice(-40)} does not tell its format`);
  return format;
}

/** Passes a file on and remembers how long it is and what it hashes to. */
class MeasuredFile extends Transform {
  readonly #hash = createHash('sha256');
  #bytes = 0;

  override _transform(
    chunk: Buffer,
    _: BufferEncoding,
    done: (error?: Error | null, chunk?: Buffer) => void,
  ): void {
    this.#bytes += chunk.length;
    this.#hash.update(chunk);
    if (this.#bytes > MAX_FILE_BYTES) done(new UploadTooLarge());
    else done(null, chunk);
  }

  result(): { sha256: string; sizeBytes: number } {
    return { sha256: this.#hash.digest('hex'), sizeBytes: this.#bytes };
  }
}
