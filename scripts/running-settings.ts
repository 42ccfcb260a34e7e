import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Where a running demo says how it is configured; it is gone when the demo is over. */
const DEMO = new URL('../../.paceline/demo/running.json', import.meta.url);

/** Neither the environment nor a running demo names the stores that a script is to work on. */
class NothingRuns extends Error {
  override name = 'NothingRuns';
  constructor() {
    super('Run `npm run demo` in another terminal, or name the stores as for `npm start` (NEO4J_URL, …).');
  }
}

/**
 * The configuration that a script works with, to be read by `readConfig`: the environment's when that names a graph,
 * else the running demo's.
 *
 * @throws {NothingRuns} with what to do
 */
export function runningSettings(): Record<string, string> {
  if (process.env.NEO4J_URL) return {};
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(DEMO, 'utf8')));
  } catch {
    throw new NothingRuns();
  }
}
