import { job } from '../jobs/job.js';
import type { App } from '../wiring.js';
import { drainJournals } from './drain-journals.js';

/** Moves the access decisions of every process that shares the journal's directory into TimescaleDB. */
export const drainJournal = job({
  name: 'audit.drain',
  every: { seconds: 1 },
  run: async (app: App) => {
    await drainJournals(app, app.config.JOURNAL_DIRECTORY);
  },
});
