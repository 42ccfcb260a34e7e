import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DueEvent,
  dropEvents,
  dueEvents,
  type Offer,
  offerEverythingAgain,
  recordOffers,
} from '../../graph/outbox.js';
import type { App } from '../wiring.js';
import type { EventJob } from './job.js';

/**
 * Hands events from the outbox to the queues, each to every job that hears of its type, one event of a key at a
 * time. Several relays may run at once.
 *
 * The event stays in the graph until all of its jobs have finished. Until then it is offered again and again, at
 * growing intervals; the queue ignores an offer that it still has. So nothing is lost with Redis or a process.
 */
export class Relay {
  readonly #app: App;
  readonly #jobs: readonly EventJob[];
  #wakeUp: () => void = () => {};
  #isWoken = false;
  #isStopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(app: App, jobs: readonly EventJob[]) {
    this.#app = app;
    this.#jobs = jobs;
  }

  async start(): Promise<void> {
    await this.#app.queues.onWake(this.#wake);
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#app.queues.offWake(this.#wake);
    this.#wake();
    await this.#running;
  }

  readonly #wake = (): void => {
    this.#isWoken = true;
    this.#wakeUp();
  };

  async #run(): Promise<void> {
    let nextRoundAt = 0;
    while (!this.#isStopping) {
      this.#isWoken = false;
      try {
        await this.#refillLostQueues();
        let count = BATCH;
        while (!this.#isStopping && count === BATCH) {
          count = await this.#handOver();
          if (count > 0) nextRoundAt = performance.now() + BETWEEN_ROUNDS_MILLISECONDS;
        }
      } catch (error) {
        this.#app.log.warn({ err: error }, 'the outbox could not be relayed; it will be tried again');
      }
      await this.#untilWokenOr(POLL_MILLISECONDS);
      const pauseMilliseconds = nextRoundAt - performance.now();
      if (pauseMilliseconds > 0) await sleep(pauseMilliseconds);
    }
  }

  async #refillLostQueues(): Promise<void> {
    const { queues, graph, log } = this.#app;
    if (await queues.areMarked()) return;
    const eventCount = await offerEverythingAgain(graph);
    await queues.mark();
    if (eventCount > 0)
      log.warn({ eventCount }, 'Redis was empty; the queues are filled again from the graph');
  }

  async #handOver(): Promise<number> {
    const events = await dueEvents(this.#app.graph, BATCH);
    if (events.length === 0) return 0;
    const offers = events.map((event) => this.#offer(event));
    await Promise.all(
      events.flatMap((event, index) => {
        if (event.isBlocked) return [];
        const { eventId, type, key, payload } = event;
        const jobs = offers[index]?.jobs ?? [];
        return jobs.map((name) => this.#app.queues.add(name, eventId, { eventId, type, key, payload }));
      }),
    );
    const [heard, unheard] = [offers.filter(isHeard), offers.filter((offer) => !isHeard(offer))];
    if (heard.length > 0) await recordOffers(this.#app.graph, heard);
    if (unheard.length > 0)
      await dropEvents(
        this.#app.graph,
        unheard.map(({ eventId }) => eventId),
      );
    return events.length;
  }

  #offer({ eventId, type, offers, waitingFor, isBlocked }: DueEvent): Offer {
    const jobs = waitingFor ?? jobsThatHear(this.#jobs, type);
    return {
      eventId,
      isBlocked,
      jobs,
      pauseSeconds: Math.min(FIRST_PAUSE_SECONDS * 2 ** offers, LAST_PAUSE_SECONDS),
    };
  }

  async #untilWokenOr(milliseconds: number): Promise<void> {
    if (this.#isWoken || this.#isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Names of the jobs that hear of a type of event. */
export function jobsThatHear(jobs: readonly EventJob[], type: string): string[] {
  return jobs.filter(({ on }) => on.includes(type)).map(({ name }) => name);
}

const isHeard = ({ jobs }: Offer): boolean => jobs.length > 0;

const BATCH = 200;
const POLL_MILLISECONDS = 1_000; // only when a wake-up was lost, and for offers whose pause is over
// Under load whatever is made meanwhile goes along, for a third fewer questions; a request that comes alone does not wait.
const BETWEEN_ROUNDS_MILLISECONDS = 40;
const FIRST_PAUSE_SECONDS = 5;
const LAST_PAUSE_SECONDS = 300;
