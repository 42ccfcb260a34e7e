import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDirectory } from './services/artifacts.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
// What a generated world and its place in the graph depend on.
const SOURCES = ['scripts/village', 'scripts/simulate', 'graph/migrations', 'graph/queries/village'];

/** Where the stores with a generated world stay from run to run; another generator, another folder. */
export function keptWorldDirectory() {
  const version = createHash('sha256');
  for (const folder of SOURCES) {
    for (const file of readdirSync(join(ROOT, folder)).sort()) {
      version.update(file).update(readFileSync(join(ROOT, folder, file)));
    }
  }
  return join(cacheDirectory(), `world-${version.digest('hex').slice(0, 12)}`);
}
