import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, line } from './line.js';
import { newAthlete } from './new-athlete.js';
import { withRunningApi } from './running-api.js';

const FILE_BYTES = 25 * 1024 * 1024;
const UPLOADS = 5;
const GOAL_MEGABYTES = 300;
const KIBIBYTES_PER_MEGABYTE = 1_000_000 / 1_024;

/** The most memory that the API holds while files of 25 MB are handed in, one after another. */
export const bench: Bench = async (settings, print) => {
  await withRunningApi(settings, async (url, pids) => {
    const athlete = await newAthlete(url);
    let highest = 0;
    let isDone = false;
    const watch = (async () => {
      while (!isDone) {
        highest = Math.max(highest, residentMegabytes(pids.http));
        await sleep(10);
      }
    })();
    for (let upload = 0; upload < UPLOADS; upload += 1) {
      // Nothing that a watch made; the worker will say so, and the API has to take it all the same.
      const file = new Uint8Array(randomBytes(FILE_BYTES - 4_096 - upload));
      await athlete.upload('noise.fit', file);
    }
    isDone = true;
    await watch;
    print(line('upload-memory', highest, 'MB', GOAL_MEGABYTES));
  });
};

/** Resident memory of a process; read from /proc, so on Linux alone. */
function residentMegabytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) / KIBIBYTES_PER_MEGABYTE;
}
