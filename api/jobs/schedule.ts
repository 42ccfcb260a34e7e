import type { App } from '../wiring.js';
import type { ScheduledJob } from './job.js';

/**
 * Queues the jobs that run on a schedule. Every worker has the timers, one of them wins each slot; and as a job is
 * queued under its own name, one that takes longer than its interval is not started twice.
 */
export class Schedule {
  readonly #app: App;
  readonly #jobs: readonly ScheduledJob[];
  #timers: NodeJS.Timeout[] = [];

  constructor(app: App, jobs: readonly ScheduledJob[]) {
    this.#app = app;
    this.#jobs = jobs;
  }

  start(): void {
    this.#timers = this.#jobs.map((job) => {
      void this.#queue(job);
      return setInterval(() => void this.#queue(job), job.every.seconds * 1_000);
    });
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  async #queue({ name, every: { seconds } }: ScheduledJob): Promise<void> {
    const { queues, now, log } = this.#app;
    try {
      const slot = Math.floor(now().getTime() / 1_000 / seconds);
      if (await queues.takeSlot(name, slot, seconds)) await queues.addOnce(name);
    } catch (error) {
      log.warn({ err: error, job: name }, 'could not be queued; it will be at its next time');
    }
  }
}
