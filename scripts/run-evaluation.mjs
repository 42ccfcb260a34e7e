import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, compiled } from './compile.mjs';
import { interruption } from './interruption.mjs';
import { installPackages } from './packages.mjs';
import { sentenceFor } from './problem.mjs';
import { createProgress } from './progress.mjs';
import { fetchArtifacts } from './services/artifacts.mjs';
import { createChildren } from './services/children.mjs';
import { startNeo4j } from './services/neo4j.mjs';
import { freePort } from './services/ports.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PASSWORD = 'thrown-away-in-a-minute';

/** Starts a graph of its own, measures the rankings that the words name, and ends the process. */
export async function runEvaluation(words) {
  const children = createChildren();
  let code = 0;
  try {
    await Promise.race([evaluate(words, children), interruption()]);
  } catch (error) {
    process.stderr.write(`${sentenceFor(error, ROOT)}\n`);
    code = 1;
  }
  await children.close();
  process.exit(code);
}

async function evaluate(words, children) {
  const progress = createProgress(process.stderr);
  await installPackages(ROOT, progress, children);
  await progress.step('Compiling', () => compile(ROOT, children));
  const { evaluateRankings, readWords } = await compiled('scripts/evaluate/evaluate.js');
  const wanted = readWords(words);
  const directory = mkdtempSync(join(tmpdir(), 'paceline-evaluate-'));
  children.removeAtEnd(directory);
  const artifacts = await fetchArtifacts(progress, children);
  const neo4j = await progress.step('Starting Neo4j', async () =>
    startNeo4j(children, artifacts, {
      directory,
      boltPort: await freePort(),
      httpPort: await freePort(),
      password: PASSWORD,
      heapMegabytes: 1_024,
      pageCacheMegabytes: 256,
      isShortLived: false,
    }),
  );
  await evaluateRankings(neo4j.url, wanted);
  await neo4j.stop();
}
