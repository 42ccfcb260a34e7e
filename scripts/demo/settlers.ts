import { readConfig } from '../../api/config.js';
import { wire } from '../../api/wiring.js';
import { Graph } from '../../graph/session.js';
import { villageProgress } from '../../graph/village.js';
import { seedWorld } from '../village/seed-world.js';
import { worldName } from '../village/world.js';
import type { Progress } from './narrator.js';

/** How many generated athletes live around the village of the demo. */
export const SETTLERS = 300;
const SEED = 1;

/** Settles the generated athletes; safe to run again: one query finds them there. */
export async function seedSettlers(
  settings: Readonly<Record<string, string>>,
  progress: Progress,
): Promise<void> {
  if (await areSettled(settings)) return;
  const { app, close } = await wire(readConfig({ ...settings, LOG_LEVEL: 'error' }));
  try {
    const wanted = { athletes: SETTLERS, seed: SEED, until: app.now() };
    await seedWorld(app, wanted, () => (done, total) => progress(done, total, 'rows'));
  } finally {
    await close();
  }
}

// Asked before everything else is opened, which takes longer than the answer.
async function areSettled(settings: Readonly<Record<string, string>>): Promise<boolean> {
  const graph = new Graph(settings.NEO4J_URL ?? '');
  try {
    return (await villageProgress(graph, worldName(SETTLERS, SEED)))?.isComplete ?? false;
  } finally {
    await graph.close();
  }
}
