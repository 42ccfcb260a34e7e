import { drainJournal } from '../audit/drain.job.js';
import type { Job } from './job.js';

/** Every job that a worker runs. */
export const allJobs: readonly Job[] = [drainJournal];
