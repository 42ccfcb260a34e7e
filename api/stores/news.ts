import type { Logger } from 'pino';
import { connectRedis, type Redis } from './redis.js';

const CHANNEL = '{paceline}:news';

/**
 * Tells other processes that something has changed, over Redis, so that a client need not ask again and again. It tells
 * no more than that: whoever waits looks at the truth, and looks once more at the end, since a word may be lost.
 */
export class News {
  readonly #redis: Redis;
  readonly #url: string;
  readonly #log: Logger;
  readonly #waiting = new Map<string, Set<() => void>>();
  #subscriber: Promise<Redis> | undefined;
  #isOver = false;

  /** @param url of the same Redis: who listens needs a connection of their own */
  constructor(redis: Redis, url: string, log: Logger) {
    this.#redis = redis;
    this.#url = url;
    this.#log = log;
  }

  /** Wakes everyone, in every process, who waits for this topic; never fails. */
  tell(topic: string): void {
    this.#redis.publish(CHANNEL, topic).catch((error: unknown) => {
      this.#log.warn({ err: error, topic }, 'news were not told; whoever waits will look by themselves');
    });
  }

  /**
   * Looks now, and again at every word of the topic, until what it sees is enough or the time is over.
   *
   * @returns what it saw last
   */
  async watch<Seen>(
    topic: string,
    {
      seconds,
      look,
      isEnough,
    }: {
      readonly seconds: number;
      readonly look: () => Promise<Seen>;
      readonly isEnough: (seen: Seen) => boolean;
    },
  ): Promise<Seen> {
    if (seconds === 0) return look();
    await this.#subscribe();
    const deadline = performance.now() + seconds * 1_000;
    for (let isTimeOver = false; ; ) {
      const isLast = isTimeOver || this.#isOver;
      // Waits before it looks: what happens in between is not missed.
      const word = this.#nextWord(topic, deadline);
      try {
        const seen = await look();
        if (isLast || isEnough(seen)) return seen;
        isTimeOver = await word.isTimeOver;
      } finally {
        word.forget();
      }
    }
  }

  /** Lets everyone who waits look for the last time: the process ends. */
  endWaiting(): void {
    this.#isOver = true;
    for (const wakers of this.#waiting.values()) for (const wake of wakers) wake();
  }

  async close(): Promise<void> {
    const subscriber = await this.#subscriber?.catch(() => undefined);
    await subscriber?.close();
  }

  /** Waits for the next word of a topic, or for the end of the time. */
  #nextWord(topic: string, deadline: number): { isTimeOver: Promise<boolean>; forget: () => void } {
    const wakers = this.#waiting.get(topic) ?? new Set();
    this.#waiting.set(topic, wakers);
    let forget = () => {};
    const isTimeOver = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(true), Math.max(0, deadline - performance.now()));
      const wake = () => resolve(false);
      wakers.add(wake);
      forget = () => {
        clearTimeout(timer);
        wakers.delete(wake);
        if (wakers.size === 0) this.#waiting.delete(topic);
      };
    });
    return { isTimeOver, forget };
  }

  /** Once a process, when somebody waits for the first time; without Redis the last look has to do. */
  async #subscribe(): Promise<void> {
    this.#subscriber ??= this.#connected();
    try {
      await this.#subscriber;
    } catch (error) {
      this.#subscriber = undefined;
      this.#log.warn({ err: error }, 'no news are heard; whoever waits will look by themselves');
    }
  }

  async #connected(): Promise<Redis> {
    const subscriber = await connectRedis(this.#url, this.#log);
    try {
      await subscriber.subscribe(CHANNEL, (topic) => {
        for (const wake of this.#waiting.get(topic) ?? []) wake();
      });
    } catch (error) {
      subscriber.destroy();
      throw error;
    }
    return subscriber;
  }
}
