import type { Grant } from '../policies/access.js';
import { cypher, type Graph, type Query, type Whole, whole } from './session.js';

/** Somebody who lives in a generated village, with all that is theirs; properties as `graph/model.md` lists them. */
export interface VillagerRow {
  readonly athlete: Readonly<Record<string, unknown>>;
  readonly account: Readonly<Record<string, unknown>>;
  readonly wrappedKey: Uint8Array;
  readonly activities: readonly Readonly<Record<string, unknown>>[];
}

interface Made {
  readonly made: number;
}

/** What a batch of a village can hold. */
export type VillageBatch =
  | { readonly villagers: readonly VillagerRow[] }
  | {
      readonly follows: readonly {
        readonly followerId: string;
        readonly followeeId: string;
        readonly since: Date;
      }[];
    }
  | {
      readonly blocks: readonly {
        readonly blockerId: string;
        readonly blockedId: string;
        readonly since: Date;
      }[];
    };

const athletes = cypher<object, Made>('village/create-athletes.cypher');
const follows = cypher<object, Made>('village/create-follows.cypher');
const blocks = cypher<object, Made>('village/create-blocks.cypher');
const written = cypher<{ name: string }, { batches: number }>('village/batches.cypher');
const note = cypher<{ name: string; batches: Whole }, { batches: number }>('village/note-batch.cypher');

/** How many batches of a village are there already, so that one that was interrupted goes on where it ended. */
export async function villageBatches(graph: Graph, name: string): Promise<number> {
  const [row] = await graph.query(written, { name });
  return row?.batches ?? 0;
}

/**
 * Writes one batch of a generated village, and that it was written, in one transaction.
 *
 * @param number from 1; the same batch must have the same number whenever it is made
 */
export async function writeVillageBatch(
  graph: Graph,
  grant: Grant,
  { name, number, batch }: { readonly name: string; readonly number: number; readonly batch: VillageBatch },
): Promise<void> {
  grant.assertFor('village.seed');
  await graph.write(async ({ run }) => {
    await run(queryFor(batch), batch);
    await run(note, { name, batches: whole(number) });
  });
}

function queryFor(batch: VillageBatch): Query<object, Made> {
  if ('villagers' in batch) return athletes;
  return 'follows' in batch ? follows : blocks;
}
