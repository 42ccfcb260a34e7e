import type { GraphEvent } from '../../graph/session.js';
import type { Config } from '../config.js';
import type { App } from '../wiring.js';

/** What one run of a job may know about itself. */
export interface Run {
  /** 1 for the first. */
  readonly attempt: number;
  /** After this one the event is given up. */
  readonly isLastAttempt: boolean;
  /** Names a point that a run passes: between any two of them the process may be killed. */
  step(name: string): Promise<void>;
}

/** Handles events. At least once, one after another per key, so it must be idempotent: it reads the truth again. */
export interface EventJob {
  /** Noun and verb: `upload.process`. */
  readonly name: string;
  /** Types of events that it hears of. */
  readonly on: readonly string[];
  /** How many events one worker handles at once; 1 when absent. */
  readonly concurrency?: (config: Config) => number;
  /** Gets ready when a worker starts, so that the first event does not wait for it. */
  readonly start?: () => void;
  readonly run: (app: App, event: GraphEvent, run: Run) => Promise<void>;
}

/** Runs on a schedule, one run at a time over all workers. */
export interface ScheduledJob {
  readonly name: string;
  readonly every: { readonly seconds: number };
  readonly run: (app: App) => Promise<void>;
}

export type Job = EventJob | ScheduledJob;

/** Declares a job; it also has to stand in `api/jobs/all.ts`. */
export function job<Definition extends Job>(definition: Definition): Definition {
  return definition;
}
