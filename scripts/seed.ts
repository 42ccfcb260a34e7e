// Fills the graph with a believable world: `npm run seed -- --athletes N --seed S`. Works on the running demo, or on
// the stores that the environment names. Run again, it goes on where it ended.
import { parseArgs } from 'node:util';
import { readConfig } from '../api/config.js';
import { wire } from '../api/wiring.js';
import { progressBar } from './progress-bar.js';
import { runningSettings } from './running-settings.js';
import { seedWorld, VILLAGERS_PASSWORD } from './village/seed-world.js';
import { villagerEmail } from './village/villager-rows.js';

const USAGE = 'npm run seed -- [--athletes 2000] [--seed 1] [--until 2026-11-01, by default today]';
const MOST_ATHLETES = 1_000_000;
const DAY_MILLISECONDS = 86_400_000;

try {
  await seed(readArguments());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

async function seed(wanted: { athletes: number; seed: number; until: Date }): Promise<void> {
  const { app, close } = await wire(readConfig({ LOG_LEVEL: 'warn', ...runningSettings() }));
  try {
    const startedAt = Date.now();
    const world = await seedWorld(app, wanted, progressBar(process.stderr));
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    console.log(
      world
        ? `${world.villagers.length} athletes in ${world.towns.length} towns, ${world.follows.count} follows, in ${seconds} s.`
        : `${wanted.athletes} athletes of seed ${wanted.seed} are there already.`,
    );
    console.log(
      `Log in as ${villagerEmail(wanted, 1)} to ${villagerEmail(wanted, wanted.athletes)}, password ${VILLAGERS_PASSWORD}.`,
    );
  } finally {
    await close();
  }
}

function readArguments(): { athletes: number; seed: number; until: Date } {
  const { values } = parseArgs({
    options: {
      athletes: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      until: { type: 'string', default: today() },
    },
  });
  const [athletes, seed, until] = [Number(values.athletes), Number(values.seed), new Date(values.until)];
  const fits = Number.isInteger(athletes) && athletes >= 10 && athletes <= MOST_ATHLETES;
  if (!fits || !Number.isInteger(seed) || Number.isNaN(until.getTime())) throw new Error(USAGE);
  return { athletes, seed, until };
}

function today(): string {
  return new Date(Math.floor(Date.now() / DAY_MILLISECONDS) * DAY_MILLISECONDS).toISOString();
}
