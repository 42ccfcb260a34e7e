import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// People recorded them, so they are read where they lie, beside the repository, and never copied in.
const folder = fileURLToPath(new URL('../../../../../shared/tracks/', import.meta.url));

/** Options of a test that reads recordings of real watches: it says so when they are not there. */
export const needsSharedTracks = {
  skip: existsSync(join(folder, 'same-ride.fit')) ? false : `no recordings in ${folder}`,
};

/** One recording, whole. */
export function sharedTrack(name: string): Uint8Array {
  return readFileSync(join(folder, name));
}
