import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { isLocked } from './services/timescale/lock.js';

/** Where a running demo says how it is configured, and holds a lock as long as it lives. */
const DEMO = fileURLToPath(new URL('../../.paceline/demo/', import.meta.url));
const FILE = 'running.json';
const LOCK = 'lock';

/** Neither the environment nor a running demo names the stores that a script is to work on. */
export class NothingRuns extends Error {
  override name = 'NothingRuns';
  constructor() {
    super('Run `npm run demo` in another terminal, or name the stores as for `npm start` (NEO4J_URL, …).');
  }
}

/**
 * The configuration that a script works with, to be read by `readConfig`. When the environment names a store, it is
 * the environment's alone: the keys of a demo fit no other graph. Otherwise it is the running demo's; one that was
 * killed leaves its file behind, but nobody holds its lock.
 *
 * @param demo the folder of the demo
 * @throws {NothingRuns} with what to do
 */
export function runningSettings(demo = DEMO): Record<string, string> {
  if (process.env.NEO4J_URL || process.env.TIMESCALE_URL) return {};
  if (!isLocked(join(demo, LOCK))) throw new NothingRuns();
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(demo, FILE), 'utf8')));
  } catch {
    throw new NothingRuns();
  }
}

/** Says how the demo is configured, its keys too, so the file is for this user only. */
export function announceRunning(settings: Readonly<Record<string, string>>): void {
  writeFileSync(join(DEMO, FILE), JSON.stringify(settings, null, 2), { mode: 0o600 });
}

/** Says that no demo runs any more. */
export function withdrawRunning(): void {
  rmSync(join(DEMO, FILE), { force: true });
}
