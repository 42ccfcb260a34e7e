/**
 * Outlives whoever started it by a few seconds. It reads lines of JSON on standard input; when that pipe
 * closes, even because its writer was killed with SIGKILL, it stops the processes it was told about and removes
 * the folders it was told about. Started by `children.mjs`, in a session of its own so that Ctrl-C passes it by.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { processStartedAt } from './process-identity.mjs';

const PATIENCE_MILLISECONDS = 8_000;
const watched = new Map();
const folders = new Set();

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  if (order.watch) watched.set(order.watch, processStartedAt(order.watch));
  if (order.forget) watched.delete(order.forget);
  if (order.remove) folders.add(order.remove);
}

const living = () =>
  [...watched].filter(([pid, startedAt]) => startedAt && processStartedAt(pid) === startedAt);
const signalAll = (signal) => {
  for (const [pid] of living()) {
    // The whole group where it leads one, for what it started has to go too.
    for (const target of [-pid, pid]) {
      try {
        process.kill(target, signal);
      } catch {
        // It leads no group, or ended between the look and the signal.
      }
    }
  }
};

// What works on a throw-away folder need not save anything.
signalAll(folders.size > 0 ? 'SIGKILL' : 'SIGTERM');
const deadline = Date.now() + PATIENCE_MILLISECONDS;
while (living().length > 0 && Date.now() < deadline) await new Promise((done) => setTimeout(done, 100));
signalAll('SIGKILL');
for (const folder of folders)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
