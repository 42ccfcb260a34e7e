import type { Graph } from '../../graph/session.js';
import {
  completeVillage,
  type VillageBatch,
  villageProgress,
  writeVillageBatch,
} from '../../graph/village.js';
import type { Grant } from '../../policies/access.js';
import { randomFrom } from '../simulate/random.js';
import { companyRows } from './company.js';
import { livesIn } from './lives.js';
import { type AccountKeys, villagerRow } from './villager-rows.js';
import { blockRows, clubRows, followRows, type World } from './world.js';

const VILLAGERS_PER_BATCH = 1_000;
const RELATIONSHIPS_PER_BATCH = 20_000;
// While one is committed the server works on the other, and this process makes the next.
const WRITTEN_AT_ONCE = 2;

/** What a world needs to become one of ours. */
export interface Settling extends AccountKeys {
  readonly graph: Graph;
  readonly grant: Grant;
}

/**
 * Writes a world into the graph. Each batch is one transaction that notes its number, so that a run that was
 * interrupted goes on where it ended, and one that is complete does nothing.
 */
export async function settle(
  world: World,
  settling: Settling,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { graph, grant } = settling;
  const { name, until } = world;
  const written = new Set((await villageProgress(graph, name))?.written);
  const total = rowsOf(world);
  let number = 0;
  let done = 0;
  const writeFrom = async (batches: Generator<LazyBatch>) => {
    for (const { rows, make } of batches) {
      number += 1;
      if (!written.has(number)) await writeVillageBatch(graph, grant, { name, until, number, batch: make() });
      done += rows;
      onProgress(Math.min(done, total), total);
    }
  };
  for (const stage of stagesOf(world, settling)) {
    // All take from the same generator; when one fails it ends for the others too.
    const writers = Array.from({ length: WRITTEN_AT_ONCE }, () => writeFrom(stage));
    for (const { reason } of (await Promise.allSettled(writers)).filter(isFailure)) throw reason;
  }
  await completeVillage(graph, grant, name);
}

const isFailure = (result: PromiseSettledResult<void>): result is PromiseRejectedResult =>
  result.status === 'rejected';

interface LazyBatch {
  readonly rows: number;
  /** Made when it is written: what is there already needs no keys. */
  readonly make: () => VillageBatch;
}

const rowsOf = ({ villagers, follows, clubs }: World): number =>
  villagers.length + follows.count + clubs.reduce((sum, { members }) => sum + members.length, 0);

/** The batches of a world in stages, each of which needs all that is written in the one before. */
function* stagesOf(world: World, settling: Settling): Generator<Generator<LazyBatch>> {
  const lifeOf = livesIn(world);
  yield batches(world.villagers.entries(), {
    sizeOf: () => 1,
    wanted: VILLAGERS_PER_BATCH,
    batchOf: (part) => ({
      villagers: part.map(([index, villager]) => villagerRow(lifeOf(villager, index), world, settling)),
    }),
  });
  yield batches(followRows(world), {
    sizeOf: ({ followees }) => followees.length,
    wanted: RELATIONSHIPS_PER_BATCH,
    batchOf: (follows) => ({ follows }),
  });
  const { clubs, links } = clubRows(world);
  yield batches(clubs, {
    sizeOf: ({ members }) => members.length,
    wanted: RELATIONSHIPS_PER_BATCH,
    batchOf: (part) => ({ clubs: part }),
  });
  yield theseBatches(
    () => ({ links }),
    () => ({ blocks: blockRows(world, randomFrom(world.villagers.length)) }),
  );
  yield batches(companyRows(world), {
    sizeOf: ({ habits }) => habits.length,
    wanted: RELATIONSHIPS_PER_BATCH,
    batchOf: (company) => ({ company }),
  });
}

interface Parts<Item> {
  readonly sizeOf: (item: Item) => number;
  /** A part is closed when it is as large. */
  readonly wanted: number;
  readonly batchOf: (part: readonly Item[]) => VillageBatch;
}

function* batches<Item>(
  items: Iterable<Item>,
  { sizeOf, wanted, batchOf }: Parts<Item>,
): Generator<LazyBatch> {
  let part: Item[] = [];
  let rows = 0;
  const closed = (): LazyBatch => {
    const [those, size] = [part, rows];
    [part, rows] = [[], 0];
    return { rows: size, make: () => batchOf(those) };
  };
  for (const item of items) {
    part.push(item);
    rows += sizeOf(item);
    if (rows >= wanted) yield closed();
  }
  if (part.length > 0) yield closed();
}

function* theseBatches(...makes: readonly LazyBatch['make'][]): Generator<LazyBatch> {
  for (const make of makes) yield { rows: 0, make };
}
