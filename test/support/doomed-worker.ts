import { readConfig } from '../../api/config.js';
import { startWorker } from '../../api/jobs/worker.js';
import { wire } from '../../api/wiring.js';

// A worker that is killed at one step of one job: `node doomed-worker.js upload.process stored`.

const [doomedJob, doomedStep] = process.argv.slice(2);
const { app } = await wire(readConfig());
await startWorker(app, {
  onStep: async (job, step) => {
    if (job === doomedJob && step === doomedStep) process.kill(process.pid, 'SIGKILL');
  },
});
