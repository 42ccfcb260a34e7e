/** One message of the Postgres wire protocol, version 3: the whole frame, type byte and length included. */
export interface Message {
  /** The letter that names the kind of message, as a character code. */
  readonly type: number;
  readonly frame: Buffer;
}

/** A peer that does not speak the protocol, or sends more at once than is allowed. */
export class BrokenFrame extends Error {
  override name = 'BrokenFrame';
  constructor(
    readonly code: '08P01' | '54000',
    message: string,
  ) {
    super(message);
  }
}

// A 20 MB value is fine; what is larger belongs into COPY or the object store.
const MAX_FRAME_BYTES = 128 * 1024 * 1024;
const MAX_STARTUP_BYTES = 10_000;

/** Character codes of the messages that a client may send. */
export const FRONTEND = {
  query: 0x51,
  parse: 0x50,
  bind: 0x42,
  describe: 0x44,
  execute: 0x45,
  close: 0x43,
  sync: 0x53,
  flush: 0x48,
  copyData: 0x64,
  copyDone: 0x63,
  copyFail: 0x66,
  terminate: 0x58,
  password: 0x70,
} as const;

/** Cuts the stream of bytes of one client into messages. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #bufferedBytes = 0;
  #neededBytes = 1;

  /** The bytes join those that wait; take messages with `startup` or `next` until they answer undefined. */
  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bufferedBytes += chunk.length;
  }

  /** @returns the body of a startup packet (which has no type byte), or undefined until it is whole */
  startup(): Buffer | undefined {
    const head = this.#peek(4);
    if (!head) return undefined;
    const length = head.readInt32BE(0);
    if (length < 8 || length > MAX_STARTUP_BYTES) throw new BrokenFrame('08P01', 'invalid startup packet');
    return this.#take(length)?.subarray(4);
  }

  /** @returns the next whole message, or undefined until more bytes arrive */
  next(): Message | undefined {
    const head = this.#peek(5);
    if (!head) return undefined;
    const length = head.readInt32BE(1);
    if (length < 4) throw new BrokenFrame('08P01', 'invalid message length');
    if (length > MAX_FRAME_BYTES)
      throw new BrokenFrame('54000', `a message may hold ${MAX_FRAME_BYTES} bytes`);
    const frame = this.#take(length + 1);
    return frame && { type: frame[0] ?? 0, frame };
  }

  #peek(bytes: number): Buffer | undefined {
    if (this.#bufferedBytes < Math.max(bytes, this.#neededBytes)) return undefined;
    return this.#joined();
  }

  // Remembering how many bytes are needed keeps a long message from being joined anew with every chunk.
  #take(bytes: number): Buffer | undefined {
    if (this.#bufferedBytes < bytes) {
      this.#neededBytes = bytes;
      return undefined;
    }
    const all = this.#joined();
    const rest = all.subarray(bytes);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#bufferedBytes = rest.length;
    this.#neededBytes = 1;
    return all.subarray(0, bytes);
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    if (first && this.#chunks.length === 1) return first;
    const all = Buffer.concat(this.#chunks, this.#bufferedBytes);
    this.#chunks = [all];
    return all;
  }
}

/** The text that ends at the next zero byte, and where the byte after it lies. */
export function cString(bytes: Buffer, from: number): { text: string; end: number } {
  const zero = bytes.indexOf(0, from);
  if (zero < 0) throw new BrokenFrame('08P01', 'a string in the message has no end');
  return { text: bytes.toString('utf8', from, zero), end: zero + 1 };
}

/** A frame of that type around the parts; text becomes a zero-terminated string. */
export function frame(type: string, ...parts: (Buffer | string)[]): Buffer {
  const bodies = parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`, 'utf8') : part));
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(4 + bodies.reduce((bytes, body) => bytes + body.length, 0), 1);
  return Buffer.concat([head, ...bodies]);
}

/** A simple query. */
export const queryFrame = (sql: string): Buffer => frame('Q', sql);

/** What the client is told when its connection ends for a reason of the gateway. */
export function fatalFrame(code: string, message: string, hint?: string): Buffer {
  const fields = ['SFATAL', 'VFATAL', `C${code}`, `M${message}`, ...(hint ? [`H${hint}`] : []), ''];
  return frame('E', ...fields);
}

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

export const authenticationCleartext = (): Buffer => frame('R', int32(3));
export const authenticationOk = (): Buffer => frame('R', int32(0));
export const parameterStatus = (name: string, value: string): Buffer => frame('S', name, value);
export const backendKey = (id: number, secret: number): Buffer => frame('K', int32(id), int32(secret));
export const readyForQuery = (): Buffer => frame('Z', Buffer.from('I'));
export const closeStatement = (name: string): Buffer => frame('C', Buffer.from('S'), name);
export const syncFrame = (): Buffer => frame('S');

/** Tells the client to send its rows. The number of columns is unknown here, and clients do not need it. */
export const copyInResponse = (isBinary: boolean): Buffer =>
  frame('G', Buffer.from([isBinary ? 1 : 0, 0, 0]));
