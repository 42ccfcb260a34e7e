import { finishEvent } from '../../graph/outbox.js';
import type { GraphEvent } from '../../graph/session.js';
import type { App } from '../wiring.js';
import { allJobs } from './all.js';
import type { EventJob, Job, ScheduledJob } from './job.js';
import type { QueuedJob } from './queue.js';
import { jobsThatHear, Relay } from './relay.js';
import { Schedule } from './schedule.js';

/** Hears of every step of every job; a test kills the process there. */
export type OnStep = (job: string, step: string) => Promise<void>;

export interface Worker {
  /** Ends after the jobs that run now. */
  close(): Promise<void>;
}

/**
 * Starts everything that happens without being asked: the relay of the outbox, the jobs that hear of events and
 * those on a schedule. The caller closes the queues of the app afterwards.
 */
export async function startWorker(
  app: App,
  { jobs = allJobs, onStep = async () => {} }: { jobs?: readonly Job[]; onStep?: OnStep } = {},
): Promise<Worker> {
  const eventJobs = jobs.filter(isEventJob);
  const scheduledJobs = jobs.filter(isScheduled);
  for (const each of eventJobs) {
    each.start?.();
    app.queues.process<GraphEvent>(each.name, each.concurrency?.(app.config) ?? 1, (queued) =>
      handleEvent(app, { job: each, jobs: eventJobs, queued, onStep }),
    );
  }
  for (const each of scheduledJobs) app.queues.process(each.name, 1, () => runScheduled(app, each));
  const relay = new Relay(app, eventJobs);
  const schedule = new Schedule(app, scheduledJobs);
  await relay.start();
  schedule.start();
  return {
    close: async () => {
      schedule.stop();
      await relay.stop();
      await app.queues.stopProcessing();
    },
  };
}

async function handleEvent(
  app: App,
  {
    job,
    jobs,
    queued,
    onStep,
  }: {
    job: EventJob;
    jobs: readonly EventJob[];
    queued: QueuedJob<GraphEvent>;
    onStep: OnStep;
  },
): Promise<void> {
  const { payload: event, attempt, isLastAttempt } = queued;
  const log = app.log.child({ job: job.name, eventId: event.eventId, attempt });
  const startedAt = performance.now();
  let hasFailed = false;
  try {
    const step = (name: string) => onStep(job.name, name);
    await app.queues.withPrecedence(() => job.run(app, event, { attempt, isLastAttempt, step }));
    log.info({ milliseconds: Math.round(performance.now() - startedAt) }, 'done');
  } catch (error) {
    if (!isLastAttempt) {
      log.warn({ err: error }, 'failed; it will be tried again');
      throw error;
    }
    log.error({ err: error }, 'failed and given up; the event stays in the graph');
    hasFailed = true;
  }
  await onStep(job.name, 'finish');
  const hasNext = await finishEvent(app.graph, {
    eventId: event.eventId,
    job: job.name,
    jobs: jobsThatHear(jobs, event.type),
    hasFailed,
  });
  if (hasNext) app.queues.wakeRelays();
}

async function runScheduled(app: App, { name, run }: ScheduledJob): Promise<void> {
  try {
    await run(app);
  } catch (error) {
    app.log.error({ err: error, job: name }, 'failed; it will be tried at its next time');
  }
}

const isEventJob = (job: Job): job is EventJob => 'on' in job;
const isScheduled = (job: Job): job is ScheduledJob => 'every' in job;
