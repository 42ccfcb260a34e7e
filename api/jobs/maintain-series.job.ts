import { runDueJobs } from '../../timeseries/maintenance.js';
import type { App } from '../wiring.js';
import { job } from './job.js';

/** Runs the policies of a TimescaleDB that has no scheduler of its own. */
export const maintainSeries = job({
  name: 'series.maintain',
  every: { seconds: 60 },
  run: async ({ series, now, log }: App) => {
    for (const run of await runDueJobs(series, now)) {
      if (run.failure === undefined) log.info(run, 'a job of TimescaleDB ran');
      else log.error(run, 'a job of TimescaleDB failed');
    }
  },
});
