import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone after the test. */
export async function temporaryFolder(test: { after(done: () => Promise<void>): void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'paceline-test-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
