import type { Grant } from '../policies/access.js';
import type { MemberRole } from './clubs.js';
import type { StoredHabit } from './habits.js';
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

/** Whom somebody follows. */
export interface FollowsRow {
  readonly followerId: string;
  readonly followees: readonly { readonly followeeId: string; readonly since: Date }[];
}

/** Somebody blocks somebody else. */
export interface BlockRow {
  readonly blockerId: string;
  readonly blockedId: string;
  readonly since: Date;
}

/** A club; properties as `graph/model.md` lists them. */
export interface ClubRow {
  readonly club: Readonly<Record<string, unknown>> & { readonly clubId: string };
  readonly members: readonly {
    readonly athleteId: string;
    readonly role: MemberRole;
    readonly since: Date;
  }[];
}

/** A club is part of another one. */
export interface ClubLinkRow {
  readonly clubId: string;
  readonly parentId: string;
}

/** Somebody who looks for company to train with. */
export interface CompanyRow {
  readonly athleteId: string;
  readonly habits: readonly StoredHabit[];
}

/** What a batch of a village can hold. */
export type VillageBatch =
  | { readonly villagers: readonly VillagerRow[] }
  | { readonly follows: readonly FollowsRow[] }
  | { readonly clubs: readonly ClubRow[] }
  | { readonly links: readonly ClubLinkRow[] }
  | { readonly blocks: readonly BlockRow[] }
  | { readonly company: readonly CompanyRow[] };

const athletes = cypher<object, Made>('village/create-athletes.cypher');
const follows = cypher<object, Made>('village/create-follows.cypher');
const clubs = cypher<object, Made>('village/create-clubs.cypher');
const links = cypher<object, Made>('village/link-clubs.cypher');
const blocks = cypher<object, Made>('village/create-blocks.cypher');
const company = cypher<object, Made>('village/create-habits.cypher');
const progress = cypher<{ name: string }, VillageProgress>('village/progress.cypher');
const note = cypher<{ name: string; number: Whole; until: Date }, { batches: number }>(
  'village/note-batch.cypher',
);
const complete = cypher<{ name: string }, { isComplete: boolean }>('village/complete.cypher');
const replan = cypher<object, { isReady: boolean }>('village/replan.cypher');

/** How much of a village is written, so that one that was interrupted goes on where it ended. */
export interface VillageProgress {
  /** Numbers of the batches that are written: of two that are written at once either may be first. */
  readonly written: readonly number[];
  /** The day up to which everything in it has happened; whoever goes on with it has to keep to it. */
  readonly until: Date;
  readonly isComplete: boolean;
}

/** Undefined when nothing of the village is written. */
export async function villageProgress(graph: Graph, name: string): Promise<VillageProgress | undefined> {
  const [row] = await graph.query(progress, { name });
  return row;
}

/**
 * Writes one batch of a generated village, and that it was written, in one transaction.
 *
 * @param number from 1; the same batch must have the same number whenever it is made
 */
export async function writeVillageBatch(
  graph: Graph,
  grant: Grant,
  {
    name,
    until,
    number,
    batch,
  }: {
    readonly name: string;
    readonly until: Date;
    readonly number: number;
    readonly batch: VillageBatch;
  },
): Promise<void> {
  grant.assertFor('village.seed');
  await graph.write(async ({ run }) => {
    await run(queryFor(batch), batch);
    await run(note, { name, number: whole(number), until });
  });
}

/** Notes that every batch of a village is written, and lets questions be planned for what there is now. */
export async function completeVillage(graph: Graph, grant: Grant, name: string): Promise<void> {
  grant.assertFor('village.seed');
  await graph.execute(replan, {});
  await graph.write(({ run }) => run(complete, { name }));
}

function queryFor(batch: VillageBatch): Query<object, Made> {
  if ('villagers' in batch) return athletes;
  if ('follows' in batch) return follows;
  if ('clubs' in batch) return clubs;
  if ('links' in batch) return links;
  return 'blocks' in batch ? blocks : company;
}
