import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRoles } from '../demo/processes.js';

/** Runs the API and one worker as processes of their own, as in production, and answers what the work says. */
export async function withRunningApi<Result>(
  settings: Readonly<Record<string, string>>,
  work: (url: string, pids: Readonly<Record<'http' | 'worker', number>>) => Promise<Result>,
): Promise<Result> {
  const processes = startRoles(settings, await mkdtemp(join(tmpdir(), 'paceline-bench-')), () => {});
  try {
    const url = await processes.start(['http', 'worker']);
    return await work(url, { http: processes.pidOf('http'), worker: processes.pidOf('worker') });
  } finally {
    await processes.stop();
  }
}
