// Records pages until it is killed, and tells its parent of each only after it was recorded.
import { writeSync } from 'node:fs';
import { Journal } from '../../../api/stores/journal.js';
import { pageOfDecisions } from './decisions.js';

const [, , directory = '', requestId = ''] = process.argv;
const journal = new Journal({ directory, maxBytes: 1e9, flush: 'background', log: console });
for (let answered = 0; ; ) {
  journal.record(pageOfDecisions(20, requestId));
  answered += 20;
  writeSync(1, `${answered}\n`);
  // Lets the timer of the journal run, so that segments are closed and flushed as in life.
  if (answered % 200 === 0) await new Promise(setImmediate);
}
