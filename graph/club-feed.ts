import type { ActivityPosition } from './activity-summaries.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

const candidates = cypher<
  {
    clubId: string;
    viewerId: string;
    depth: Whole;
    startedAt: Date;
    activityId: string;
    limit: Whole;
  },
  ActivityPosition
>('clubs/feed-candidates.cypher');

const MEMBERS_WALKED = 500; // each is a seek; of a larger club those who joined last, and whom the viewer follows

/**
 * Where the newest activities of the members of a club are, whoever may see them.
 *
 * @param below only those that are older than this
 */
export async function clubFeedCandidates(
  graph: Graph,
  ids: { readonly clubId: string; readonly viewerId: string },
  { below, limit }: { readonly below: ActivityPosition | undefined; readonly limit: number },
): Promise<readonly ActivityPosition[]> {
  const { startedAt, activityId } = below ?? TOP;
  return graph.query(candidates, {
    ...ids,
    depth: whole(MEMBERS_WALKED),
    startedAt,
    activityId,
    limit: whole(limit),
  });
}

/** Newer than everything. */
const TOP: ActivityPosition = { startedAt: new Date('9999-12-31T00:00:00Z'), activityId: '' };
