// Writes the analysts' copy of the graph: `npm run analyst:refresh`, from the running demo or the stores that the
// environment names to the server in ANALYST_NEO4J_URL.
import { readConfig } from '../api/config.js';
import { refreshAnalystCopy } from '../graph/analyst-copy.js';
import { migrateGraph } from '../graph/migrate.js';
import { Graph } from '../graph/session.js';
import { MasterKey } from '../policies/keys.js';
import { runningSettings } from './running-settings.js';

try {
  await refresh();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

async function refresh(): Promise<void> {
  const settings = runningSettings();
  const config = readConfig(settings);
  const url = process.env.ANALYST_NEO4J_URL || settings.ANALYST_NEO4J_URL;
  if (!url) throw new Error('Name the server for the copy in ANALYST_NEO4J_URL; it is overwritten.');
  const graph = new Graph(config.NEO4J_URL);
  const copy = new Graph(url);
  try {
    const startedAt = Date.now();
    // The same indexes as in the live graph, so that a query that is tried here is as quick there.
    await migrateGraph(copy);
    const key = new MasterKey(config.MASTER_KEY).pseudonymKey('the copy for analysts');
    const { athletes, clubs } = await refreshAnalystCopy(graph, copy, key);
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    console.log(`${athletes} athletes and ${clubs} clubs, in ${seconds} s.`);
  } finally {
    await Promise.all([graph.close(), copy.close()]);
  }
}
