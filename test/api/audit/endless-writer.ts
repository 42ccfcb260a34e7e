// Records pages until it is killed, and tells its parent of each only after it was recorded.
import { writeSync } from 'node:fs';
import { pageOfDecisions } from './decisions.js';
import { openJournal } from './journals.js';

const [, , directory = '', requestId = ''] = process.argv;
const journal = openJournal(directory);
for (let answered = 0; ; ) {
  journal.record(pageOfDecisions(20, requestId));
  answered += 20;
  writeSync(1, `${answered}\n`);
  // Lets the timer of the journal run, so that segments are closed and flushed as in life.
  if (answered % 200 === 0) await new Promise(setImmediate);
}
