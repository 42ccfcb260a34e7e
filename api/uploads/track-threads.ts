import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { UnreadableTrack } from '../../timeseries/tracks/unreadable-track.js';
import type { PreparedTrack } from './prepare-track.js';
import type { TrackReply, TrackTask } from './track-thread.js';

/** The thread that read a file ended without an answer: too much memory, too much time, or a mistake of ours. */
export class ThreadFailed extends Error {
  override name = 'ThreadFailed';
  constructor(readonly reason: string) {
    super(`a track could not be read: ${reason}`);
  }
}

/**
 * Threads that read files, so that the event loop stays free to renew the locks of jobs, several files are read at
 * once, and a file that eats all memory ends its thread instead of the worker. They are kept for the next file and
 * do not keep the process alive.
 */
export class TrackThreads {
  readonly #idle = new Set<Worker>();

  /** Starts a thread ahead of the first file: it takes a tenth of a second to load what it needs. */
  warmUp(): void {
    this.#idle.add(this.#newThread());
  }

  /**
   * Reads a file in a thread of its own.
   *
   * @throws {UnreadableTrack}
   * @throws {ThreadFailed}
   */
  async read(file: AsyncIterable<Uint8Array>, task: Task): Promise<PreparedTrack> {
    const [thread = this.#newThread()] = this.#idle;
    this.#idle.delete(thread);
    thread.ref();
    try {
      const reply = await ask(thread, file, task);
      thread.unref();
      this.#idle.add(thread);
      return trackOf(reply);
    } catch (error) {
      // One that did not answer may still be at work.
      if (!this.#idle.has(thread)) await thread.terminate();
      throw error;
    }
  }

  #newThread(): Worker {
    const thread = new Worker(new URL('./track-thread.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
    });
    thread.unref();
    thread.on('error', () => {}); // whoever waits for it listens too
    thread.on('exit', () => this.#idle.delete(thread));
    return thread;
  }
}

type Task = Omit<TrackTask, 'port'>;

const MAX_SECONDS = 120; // a week at one sample a second takes five
const MAX_HEAP_MEGABYTES = 1_024; // and half of this

async function ask(thread: Worker, file: AsyncIterable<Uint8Array>, task: Task): Promise<TrackReply> {
  const { port1: ours, port2: theirs } = new MessageChannel();
  let stopListening = () => {};
  const reply = new Promise<TrackReply>((resolve, reject) => {
    const fail = (reason: string) => reject(new ThreadFailed(reason));
    const onError = (error: Error) => fail(error.message);
    const onExit = () => fail('it ended');
    const timer = setTimeout(() => fail(`it took over ${MAX_SECONDS} seconds`), MAX_SECONDS * 1_000);
    thread.on('error', onError).on('exit', onExit);
    ours.on('message', resolve);
    stopListening = () => {
      clearTimeout(timer);
      thread.off('error', onError).off('exit', onExit);
      ours.close();
    };
    send(file, ours).catch(reject);
  });
  try {
    thread.postMessage({ ...task, port: theirs }, [theirs]);
    return await reply;
  } finally {
    stopListening();
  }
}

async function send(file: AsyncIterable<Uint8Array>, port: MessagePort): Promise<void> {
  for await (const chunk of file) port.postMessage(chunk);
  port.postMessage(null);
}

function trackOf(reply: TrackReply): PreparedTrack {
  if ('track' in reply) return reply.track;
  if ('unreadable' in reply) throw new UnreadableTrack(reply.unreadable.problem, reply.unreadable.fields);
  throw new ThreadFailed(reply.stack);
}
