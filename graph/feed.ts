import type { MasterKey } from '../policies/keys.js';
import type { Sealed } from '../policies/sealed.js';
import {
  type ActivityPosition,
  type ActivitySummary,
  type SummaryRow,
  sealedSummary,
} from './activity-summaries.js';
import { cypher, type Graph, type Whole, whole } from './session.js';
import type { StoredSharing } from './sharing.js';

/** A row whose sharing lies beside its other fields. */
type ItemRow = Omit<SummaryRow, 'sharing'> & StoredSharing;

const items = cypher<{ viewerId: string; activityIds: readonly string[]; isHome: boolean }, ItemRow>(
  'feed/items.cypher',
);
const candidates = cypher<
  { viewerId: string; startedAt: Date; activityId: string; limit: Whole },
  ActivityPosition
>('feed/candidates.cypher');
const followers = cypher<
  { athleteId: string; afterFollowerId: string; limit: Whole },
  { followerId: string }
>('feed/followers.cypher');
const position = cypher<{ activityId: string }, { athleteId: string; startedAt: Date }>(
  'feed/position.cypher',
);

/**
 * What a feed shows of the given activities, newest first: those of the viewer and of athletes whom the viewer
 * follows right now. Whatever is gone, or has left the feed since its id was noted, is left out.
 */
export async function feedItems(
  graph: Graph,
  masterKey: MasterKey,
  wanted: { readonly viewerId: string; readonly activityIds: readonly string[] },
): Promise<readonly Sealed<ActivitySummary>[]> {
  return sealedItems(masterKey, await graph.query(items, { ...wanted, isHome: true }));
}

/** The same of any activities, whoever the viewer follows: for the feed of a club. */
export async function sharedItems(
  graph: Graph,
  masterKey: MasterKey,
  wanted: { readonly viewerId: string; readonly activityIds: readonly string[] },
): Promise<readonly Sealed<ActivitySummary>[]> {
  return sealedItems(masterKey, await graph.query(items, { ...wanted, isHome: false }));
}

function sealedItems(masterKey: MasterKey, rows: readonly ItemRow[]): readonly Sealed<ActivitySummary>[] {
  return rows.map((row) => sealedSummary(masterKey, { ...row, sharing: row }));
}

// What follows is read where it is written: a follower of the cluster may lag behind the event that asks for it.

/**
 * Where the newest activities of a viewer and of everyone they follow are, whoever may see them.
 *
 * @param below only those that are older than this
 */
export async function feedCandidates(
  graph: Graph,
  viewerId: string,
  { below, limit }: { readonly below: ActivityPosition; readonly limit: number },
): Promise<readonly ActivityPosition[]> {
  return graph.execute(candidates, { viewerId, ...below, limit: whole(limit) });
}

/** An activity's place in every feed that it is in; undefined when it is gone. */
export async function feedPosition(
  graph: Graph,
  activityId: string,
): Promise<(ActivityPosition & { readonly athleteId: string }) | undefined> {
  const [row] = await graph.execute(position, { activityId });
  return row && { ...row, activityId };
}

/** Everyone in whose feed an athlete's activities are, in pages: the followers, and first the athlete. */
export async function* feedReaders(graph: Graph, athleteId: string): AsyncGenerator<readonly string[]> {
  yield [athleteId];
  let afterFollowerId = '';
  for (;;) {
    const page = await graph.query(followers, { athleteId, afterFollowerId, limit: whole(READERS_PER_PAGE) });
    const followerIds = page.map(({ followerId }) => followerId);
    if (followerIds.length > 0) yield followerIds;
    if (followerIds.length < READERS_PER_PAGE) return;
    afterFollowerId = followerIds.at(-1) ?? '';
  }
}

const READERS_PER_PAGE = 1_000; // a page is one query and one burst of commands to Redis
