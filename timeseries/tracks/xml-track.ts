import { SaxesParser } from 'saxes';
import type { ElementReader } from './element-reader.js';
import type { FitExtent } from './fit-layout.js';
import { GpxReader } from './gpx.js';
import type { Leg } from './recording.js';
import { TcxReader } from './tcx.js';
import type { Chunks } from './unpack.js';
import { UnreadableTrack } from './unreadable-track.js';

// A point has six levels and 700 bytes; these stop documents that are made to exhaust memory.
const MAX_DEPTH = 64;
const MAX_CHARACTERS_BETWEEN_TAGS = 256 * 1024;
const PIECE_BYTES = 64 * 1024;

const BYTE_ORDER_MARKS: readonly (readonly [encoding: string, ...bytes: number[]])[] = [
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/** Whether a file's first character, after a byte order mark and spaces, opens a tag. */
export function isXml(head: Uint8Array): boolean {
  return /^\s*</.test(new TextDecoder(encodingOf(head)).decode(head));
}

/**
 * Reads GPX or TCX chunk by chunk; the document is never whole in memory.
 *
 * @throws {UnreadableTrack}
 */
export async function readXmlTrack(
  head: Uint8Array,
  chunks: Chunks,
): Promise<{ format: 'gpx' | 'tcx'; legs: Leg[]; extent: Omit<FitExtent, 'expectedBytes'> }> {
  const document = new TrackDocument();
  const decoder = new TextDecoder(encodingOf(head));
  let readBytes = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      document.write(decoder.decode(piece, { stream: true }), readBytes);
      readBytes += piece.length;
    }
  }
  const complete = document.end();
  const { reader } = document;
  if (!reader) throw new UnreadableTrack(complete ? 'track-format-unknown' : 'track-cut-short');
  return { format: reader.format, legs: reader.legs(), extent: { complete, readBytes } };
}

/** The parser, and which reader the first tag chose. */
class TrackDocument {
  reader: ElementReader | undefined;
  readonly #parser = new SaxesParser({ xmlns: false, position: false } as const);
  readonly #localNames = new Map<string, string>();
  #text = '';
  #depth = 0;
  #charactersSinceTag = 0;

  constructor() {
    this.#parser.on('doctype', () => {
      throw new UnreadableTrack('track-declares-entities');
    });
    this.#parser.on('opentag', ({ name, attributes }) => {
      if (++this.#depth > MAX_DEPTH) throw new UnreadableTrack('track-damaged', { depth: MAX_DEPTH });
      const local = this.#localName(name);
      this.reader ??= readerOf(local);
      this.reader.open(local, attributes);
      this.#tagSeen();
    });
    this.#parser.on('closetag', ({ name }) => {
      this.#depth--;
      this.reader?.close(this.#localName(name), this.#text);
      this.#tagSeen();
    });
    this.#parser.on('text', (text) => {
      this.#text += text;
    });
    this.#parser.on('cdata', (text) => {
      this.#text += text;
    });
  }

  write(characters: string, offsetBytes: number): void {
    this.#charactersSinceTag += characters.length;
    try {
      this.#parser.write(characters);
    } catch (error) {
      if (error instanceof UnreadableTrack) throw error;
      throw new UnreadableTrack('track-not-xml', { offsetBytes });
    }
    if (this.#charactersSinceTag > MAX_CHARACTERS_BETWEEN_TAGS) {
      throw new UnreadableTrack('track-not-xml', { offsetBytes });
    }
  }

  /** Whether the document is whole; what comes before a missing end was read all the same. */
  end(): boolean {
    try {
      this.#parser.close();
      return true;
    } catch {
      return false;
    }
  }

  #tagSeen(): void {
    this.#text = '';
    this.#charactersSinceTag = 0;
  }

  #localName(name: string): string {
    let local = this.#localNames.get(name);
    if (local === undefined) {
      local = name.slice(name.indexOf(':') + 1).toLowerCase();
      // A document has some forty names; one with endless names shall not fill the memory.
      if (this.#localNames.size < 1000) this.#localNames.set(name, local);
    }
    return local;
  }
}

function readerOf(root: string): ElementReader {
  if (root === 'gpx') return new GpxReader();
  if (root === 'trainingcenterdatabase') return new TcxReader();
  throw new UnreadableTrack('track-format-unknown', { rootElement: root.slice(0, 40) });
}

function encodingOf(head: Uint8Array): string {
  const marked = BYTE_ORDER_MARKS.find(([, ...bytes]) => bytes.every((byte, at) => head[at] === byte));
  if (marked) return marked[0];
  const declared = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w-]+)["']/.exec(
    new TextDecoder('latin1').decode(head),
  );
  return declared?.[1] && isKnownEncoding(declared[1]) ? declared[1] : 'utf-8';
}

function isKnownEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}
