import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { announceRunning } from '../running-settings.js';
import type { Narrator } from './narrator.js';

/** A Neo4j of the analysts' own. */
export interface AnalystServer {
  readonly url: string;
  readonly browserUrl: string;
}

const run = promisify(execFile);
const command = fileURLToPath(new URL('../analyst-refresh.js', import.meta.url));

/** Starts the server for analysts and writes the copy of the graph; `npm run analyst:refresh` writes it anew. */
export async function openAnalystsDoor(
  tell: Narrator,
  start: () => Promise<AnalystServer>,
  settings: Readonly<Record<string, string>>,
): Promise<AnalystServer> {
  const server = await tell.step('Start the server for analysts', start);
  const all = { ...settings, ANALYST_NEO4J_URL: server.url };
  announceRunning(all);
  await tell.step('Write their copy of the graph', () =>
    run(process.execPath, [command], { env: { ...process.env, ...all } }),
  );
  return server;
}
