import { AsyncLocalStorage } from 'node:async_hooks';
import Bull from 'bull';
import type { Logger } from 'pino';

/** A job in the hands of a worker. */
export interface QueuedJob<Payload> {
  readonly payload: Payload;
  readonly attempt: number;
  readonly isLastAttempt: boolean;
}

/**
 * The queues, on Redis: they spread work over the workers and lose it when Redis is lost. The outbox in the graph
 * is what remembers (`relay.ts`).
 */
export class Queues {
  readonly #redisUrl: string;
  readonly #log: Logger;
  readonly #open = new Map<string, Bull.Queue>();
  readonly #processing = new Set<string>();
  readonly #wakeListeners = new Set<() => void>();
  #subscriber: Bull.Queue['client'] | undefined;
  #later: NodeJS.Timeout | undefined;

  constructor(redisUrl: string, log: Logger) {
    this.#redisUrl = redisUrl;
    this.#log = log;
  }

  /**
   * Runs a job so that the relays hear of what it puts into the outbox a moment later: whoever waits for the job itself
   * reads first, and does not compete with all that follows from it.
   */
  withPrecedence(work: () => Promise<void>): Promise<void> {
    return precedence.run(true, work);
  }

  /** Tells the relays, here and in other processes, that the outbox has something; never fails. */
  wakeRelays(): void {
    if (precedence.getStore())
      this.#later ??= setTimeout(() => this.#wakeNow(), PRECEDENCE_MILLISECONDS).unref();
    else this.#wakeNow();
  }

  #wakeNow(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    if (this.#wakeListeners.size > 0) {
      // A relay of this process will see to it; the others need not race it.
      for (const listener of this.#wakeListeners) listener();
      return;
    }
    this.#shared.publish(WAKE_CHANNEL, '').catch((error: unknown) => {
      this.#log.warn({ err: error }, 'the relays were not woken; they look by themselves within a second');
    });
  }

  /** Calls the listener whenever somebody wakes the relays. */
  async onWake(listener: () => void): Promise<void> {
    this.#wakeListeners.add(listener);
    if (this.#subscriber) return;
    this.#subscriber = this.#shared.duplicate({ maxRetriesPerRequest: null });
    this.#subscriber.on('error', () => {}); // `#shared` reports the same
    this.#subscriber.on('message', () => {
      for (const each of this.#wakeListeners) each();
    });
    await this.#subscriber.subscribe(WAKE_CHANNEL);
  }

  offWake(listener: () => void): void {
    this.#wakeListeners.delete(listener);
  }

  /** Adds a job unless one with the same id is waiting or running. */
  async add(name: string, id: string, payload: object): Promise<void> {
    await this.#queue(name).add(payload, { ...JOB_OPTIONS, jobId: id });
  }

  /** Adds a job that is not tried again, under its own name, unless it is waiting or running. */
  async addOnce(name: string): Promise<void> {
    const options = { attempts: 1, jobId: name, removeOnComplete: true, removeOnFail: true };
    await this.#queue(name).add({}, options);
  }

  /** Starts handling the jobs of one name; a job that throws is tried again after a pause. */
  process<Payload>(name: string, concurrency: number, run: (job: QueuedJob<Payload>) => Promise<void>): void {
    const queue = this.#queue(name);
    this.#processing.add(name);
    queue
      .process(concurrency, ({ data, attemptsMade, opts }: Bull.Job<Payload>) =>
        run({
          payload: data,
          attempt: attemptsMade + 1,
          isLastAttempt: attemptsMade + 1 >= (opts.attempts ?? 1),
        }),
      )
      .catch((error: unknown) => this.#log.error({ err: error, job: name }, 'a queue stopped'));
    queue.on('stalled', ({ id }: Bull.Job) => {
      this.#log.warn({ job: name, id }, 'a worker vanished; its job is taken over');
    });
  }

  /**
   * Whether the queues are the ones that were marked, that is: Redis was not emptied since.
   *
   * @see markQueues
   */
  async areMarked(): Promise<boolean> {
    return (await this.#shared.exists(MARK_KEY)) === 1;
  }

  /** Leaves a mark that is lost together with the queues. */
  async mark(): Promise<void> {
    await this.#shared.set(MARK_KEY, '1');
  }

  /** True for one caller per name and slot, over all processes. */
  async takeSlot(name: string, slot: number, seconds: number): Promise<boolean> {
    const key = `${PREFIX}:slot:${name}:${slot}`;
    return (await this.#shared.set(key, '1', 'PX', Math.ceil(seconds * 2_000), 'NX')) === 'OK';
  }

  /** Ends the handling of jobs after those that run now; the queues can still be added to. */
  async stopProcessing(): Promise<void> {
    const names = [...this.#processing];
    this.#processing.clear();
    await Promise.all(
      names.map(async (name) => {
        await this.#open.get(name)?.close();
        this.#open.delete(name);
      }),
    );
  }

  async close(): Promise<void> {
    if (this.#later) this.#wakeNow();
    await Promise.all([...this.#open.values()].map((queue) => queue.close()));
    this.#subscriber?.disconnect();
  }

  get #shared(): Bull.Queue['client'] {
    return this.#queue('outbox').client;
  }

  #queue(name: string): Bull.Queue {
    const known = this.#open.get(name);
    if (known) return known;
    const queue = new Bull(name, { prefix: PREFIX, redis: connection(this.#redisUrl), settings: SETTINGS });
    queue.on('error', (error) => this.#log.warn({ err: error, job: name }, 'a queue has trouble with Redis'));
    this.#open.set(name, queue);
    return queue;
  }
}

const precedence = new AsyncLocalStorage<true>();
const PRECEDENCE_MILLISECONDS = 40; // a GET or two; what is made meanwhile goes along

const PREFIX = '{paceline}'; // one hash tag: Bull's scripts touch several keys of a queue at once
const WAKE_CHANNEL = `${PREFIX}:wake`;
const MARK_KEY = `${PREFIX}:mark`;

// The jobs of a killed worker go to another one after at most lockDuration + 2 × stalledInterval. A worker that is
// merely slow renews its locks twice in that time; the event loop is never blocked that long.
const SETTINGS: Bull.AdvancedSettings = {
  lockDuration: 4_000,
  lockRenewTime: 1_000,
  stalledInterval: 1_000,
  maxStalledCount: 1_000, // workers may be killed as often as they like; what fails by itself counts as an attempt
  guardInterval: 1_000,
  retryProcessDelay: 500,
};

// Tried over half an hour; then the outbox keeps the event for a person to look at.
const JOB_OPTIONS: Bull.JobOptions = {
  attempts: 12,
  backoff: { type: 'exponential', delay: 500 },
  // A relay may have read an event just before it was finished and offer it afterwards: its id is still known then.
  // No relay takes that long; and if one did, the event would be handled twice, as jobs have to bear anyway.
  removeOnComplete: { age: 30, count: 10_000 },
  // A job that stayed would keep its id, and its event could not be offered again.
  removeOnFail: true,
};

function connection(url: string) {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 6379),
    db: Number(pathname.slice(1) || 0),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
    keepAlive: 10_000,
    retryStrategy: (times: number) => Math.min(times * 50, 1_000),
  };
}
