import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Where a running demo says how it is configured; it is gone when the demo is over. */
const RUNNING = new URL('../../.paceline/demo/running.json', import.meta.url);

/** Neither the environment nor a running demo names the stores that a script is to work on. */
export class NothingRuns extends Error {
  override name = 'NothingRuns';
  constructor() {
    super('Run `npm run demo` in another terminal, or name the stores as for `npm start` (NEO4J_URL, …).');
  }
}

/**
 * The configuration that a script works with, to be read by `readConfig`. When the environment names a store, it is
 * the environment's alone: the keys of a demo fit no other graph. Otherwise it is the running demo's.
 *
 * @throws {NothingRuns} with what to do
 */
export function runningSettings(): Record<string, string> {
  if (process.env.NEO4J_URL || process.env.TIMESCALE_URL) return {};
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(RUNNING, 'utf8')));
  } catch {
    throw new NothingRuns();
  }
}

/** Says how the demo is configured, its keys too, so the file is for this user only. */
export function announceRunning(settings: Readonly<Record<string, string>>): void {
  writeFileSync(RUNNING, JSON.stringify(settings, null, 2), { mode: 0o600 });
}

/** Says that no demo runs any more. */
export function withdrawRunning(): void {
  rmSync(RUNNING, { force: true });
}
