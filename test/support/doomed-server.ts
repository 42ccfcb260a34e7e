import { drainJournal } from '../../api/audit/drain.job.js';
import { readConfig } from '../../api/config.js';
import { listen } from '../../api/http/listen.js';
import { buildServer } from '../../api/http/server.js';
import { wire } from '../../api/wiring.js';

// An API that drains its own journal all the time, until a test kills it. Tells its URL.

const { app } = await wire(readConfig());
const { url } = await listen(app, buildServer(app), 0);
process.stdout.write(`${url}\n`);
for (;;) {
  await drainJournal.run(app);
  await new Promise((resolve) => setTimeout(resolve, 20));
}
