import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compile, compiled } from './compile.mjs';
import { demoSecrets } from './demo-secrets.mjs';
import { interruption } from './interruption.mjs';
import { keptWorldDirectory } from './kept-world.mjs';
import { installPackages } from './packages.mjs';
import { preflight } from './preflight.mjs';
import { Problem, sentenceFor } from './problem.mjs';
import { createProgress } from './progress.mjs';
import { fetchArtifacts } from './services/artifacts.mjs';
import { createChildren } from './services/children.mjs';
import { freePort } from './services/ports.mjs';
import { startStores } from './services/stores.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

// A graph of a real size does not fit into what the demo gives to Neo4j.
const MEMORY = { heapMegabytes: 2_048, pageCacheMegabytes: 1_600 };

// Their world takes minutes to make, so they have stores of their own that stay.
const KEEPS_WORLD = ['graph'];

/** Sets up stores with throw-away data, runs the named benches one after another and ends the process. */
export async function runBenches(names) {
  const children = createChildren();
  let code = 0;
  try {
    await Promise.race([measure(names, children), interruption()]);
  } catch (error) {
    process.stderr.write(`${sentenceFor(error, ROOT)}\n`);
    code = 1;
  }
  await children.close();
  process.exit(code);
}

async function measure(names, children) {
  // Standard output is for the figures alone, so that they can be piped.
  const progress = createProgress(process.stderr);
  await preflight({ directory: tmpdir() });
  const fetching = fetchArtifacts(progress, children);
  fetching.catch(() => {});
  await installPackages(ROOT, progress, children);
  await progress.step('Compiling', () => compile(ROOT, children));
  const { BENCHES } = await compiled('scripts/bench/all.js');
  const unknown = names.filter((name) => !(name in BENCHES));
  if (unknown.length > 0) {
    throw new Problem(
      `No bench is called ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.`,
    );
  }

  const wanted = names.length > 0 ? names : Object.keys(BENCHES);
  const stage = { children, progress, artifacts: await fetching };
  const kept = wanted.filter((name) => KEEPS_WORLD.includes(name));
  if (kept.length > 0) await measureOn(keptWorldDirectory(), kept, BENCHES, stage);
  const others = wanted.filter((name) => !kept.includes(name));
  if (others.length === 0) return;
  const directory = mkdtempSync(join(tmpdir(), 'paceline-bench-'));
  children.removeAtEnd(directory);
  await measureOn(directory, others, BENCHES, stage);
}

async function measureOn(directory, names, benches, { children, progress, artifacts }) {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const secrets = demoSecrets(join(directory, 'secrets.json'));
  const stores = await startStores({
    children,
    artifacts,
    progress,
    directory,
    password: secrets.storesPassword,
    memory: MEMORY,
    environment: process.env,
  });
  const { catchMail } = await compiled('scripts/services/mail-catcher.js');
  const mail = await catchMail(() => {});
  const settings = {
    ...secrets.environment,
    ...stores.environment,
    ...(await places(directory)),
    SMTP_URL: mail.url,
  };
  const { readConfig } = await compiled('api/config.js');
  const { migrate } = await compiled('api/wiring.js');
  await progress.step('Migrating', () => migrate(readConfig(settings)));
  for (const name of names) {
    process.stderr.write(`Measuring ${name}\n`);
    await benches[name](settings, (line) => console.log(JSON.stringify(line)));
  }
  await mail.close();
  await stores.stop();
}

async function places(directory) {
  const folder = (name) => {
    mkdirSync(join(directory, name), { recursive: true });
    return join(directory, name);
  };
  return {
    PORT: String(await freePort()),
    OBJECTS_URL: pathToFileURL(folder('objects')).href,
    JOURNAL_DIRECTORY: folder('journal'),
    LOG_LEVEL: 'warn',
    // A bench asks faster than any athlete does.
    READS_PER_MINUTE: '1000000',
    WRITES_PER_MINUTE: '1000000',
    ANONYMOUS_PER_MINUTE: '1000000',
    UPLOADS_PER_HOUR: '1000000',
  };
}
