import { hashPassword } from '../../api/accounts/passwords.js';
import type { App } from '../../api/wiring.js';
import { villageProgress } from '../../graph/village.js';
import { systemSubject } from '../../policies/subject.js';
import { settle } from './settle.js';
import { type World, worldName, worldOf } from './world.js';

/** Of everybody in a generated world. */
export const VILLAGERS_PASSWORD = 'village-password';

/**
 * Makes a world and writes it into the graph. Run again, it goes on where it ended; a world that is whole is left
 * alone.
 *
 * @param until the day up to which everything has happened; a world that was begun keeps its own
 * @param progress called with the title of what is done, for a function that is told how much of it is
 * @returns undefined when the world was there already
 */
export async function seedWorld(
  { graph, access, masterKey, emailKey }: App,
  { athletes, seed, until }: { readonly athletes: number; readonly seed: number; readonly until: Date },
  progress: (title: string) => (done: number, total: number) => void,
): Promise<World | undefined> {
  const name = worldName(athletes, seed);
  const begun = await villageProgress(graph, name);
  if (begun?.isComplete) return undefined;
  const world = worldOf({ athletes, seed, until: begun?.until ?? until }, progress('Who follows whom'));
  const target = { resource: { kind: 'village', id: name }, facts: {} };
  const settling = {
    graph,
    masterKey,
    emailKey,
    grant: access.require(systemSubject('seed', name), 'village.seed', target),
    passwordHash: await hashPassword(VILLAGERS_PASSWORD),
  };
  await settle(world, settling, progress('Settling'));
  return world;
}
