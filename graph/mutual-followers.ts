import type { Target } from '../policies/access.js';
import {
  type PageParameters,
  pageOf,
  pageParameters,
  type SealedPage,
  type Since,
  type Slice,
} from './follow-lists.js';
import { FOLLOWS_PER_ATHLETE } from './follows.js';
import { type AthleteSummary, athleteTarget, type Relation, sealedSummary } from './relations.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** The list whose follows are looked at one by one: the shorter one. A cursor keeps to it from page to page. */
export type Walked = 'athlete' | 'other';

/** The sort key of a list of mutual followers: the follow in the list that is looked at. */
export interface MutualSince extends Since {
  readonly walked: Walked;
}

/** Whose followers are compared: of one athlete those whom the viewer follows, or those of two athletes. */
export interface Mutual {
  readonly viewerId: string;
  readonly athleteId: string;
  /** Undefined compares with whom the viewer follows. */
  readonly withId: string | undefined;
}

/** What decides who may see the mutual followers, and which side is shorter. */
export interface MutualSides {
  /** The athlete first, then the one to compare with. */
  readonly targets: readonly Target[];
  readonly walked: Walked;
  /** Even the shorter list is longer than what is looked at for one page. */
  readonly isDeep: boolean;
}

interface SizedRelation extends Relation {
  readonly followers: number;
  readonly follows: number;
}

type WalkParameters = PageParameters & { athleteId: string; viewerId: string; depth: Whole };

const relationsWithSizes = cypher<{ athleteIds: readonly string[]; viewerId: string }, SizedRelation>(
  'people/relations-with-sizes.cypher',
);
const followersOfBoth = cypher<WalkParameters & { otherId: string }, Relation & Since>(
  'people/followers-of-both.cypher',
);
const followersFollowed = cypher<WalkParameters, Relation & Since>('people/followers-followed.cypher');
const followedWhoFollow = cypher<WalkParameters, Relation & Since>('people/followed-who-follow.cypher');
const followersLookedAt = cypher<Omit<PageParameters, 'limit'> & { athleteId: string; depth: Whole }, Since>(
  'people/followers-looked-at.cypher',
);

/** Followers looked at for one page of two athletes who both have very many: about 30 ms. */
const FOLLOWERS_PER_PAGE = 5_000;

/** Undefined when one of the athletes does not exist. */
export async function mutualSides(
  graph: Graph,
  { viewerId, athleteId, withId }: Mutual,
): Promise<MutualSides | undefined> {
  const rows = await graph.query(relationsWithSizes, {
    athleteIds: [athleteId, withId ?? viewerId],
    viewerId,
  });
  const athlete = rows.find((row) => row.athleteId === athleteId);
  const other = rows.find((row) => row.athleteId === (withId ?? viewerId));
  if (!athlete || !other) return undefined;
  const otherSize = withId === undefined ? other.follows : other.followers;
  return {
    targets: withId === undefined ? [athleteTarget(athlete)] : [athlete, other].map(athleteTarget),
    walked: athlete.followers <= otherSize ? 'athlete' : 'other',
    isDeep: Math.min(athlete.followers, otherSize) > FOLLOWERS_PER_PAGE,
  };
}

/**
 * The followers of an athlete whom the viewer follows or, with another athlete, who follow that one too. The shorter of
 * both lists is looked at, its latest follow first, and for each of its follows the other list is asked for the pair.
 *
 * A page of two athletes who both have very many followers may hold fewer than its limit and still not be the last.
 */
export async function mutualFollowers(
  graph: Graph,
  mutual: Mutual,
  { walked, isDeep }: Omit<MutualSides, 'targets'>,
  slice: Slice<Since>,
): Promise<SealedPage<AthleteSummary, MutualSince>> {
  const { viewerId, athleteId, withId } = mutual;
  if (withId !== undefined) {
    const [walkedId, otherId] = walked === 'athlete' ? [athleteId, withId] : [withId, athleteId];
    const page = await followersOfTwo(graph, { viewerId, athleteId: walkedId, otherId }, { isDeep, slice });
    return onSide(walked, page);
  }
  // The shorter list is no longer than the viewer's, who follows so many at most.
  const depth = whole(FOLLOWS_PER_ATHLETE);
  const query = walked === 'athlete' ? followersFollowed : followedWhoFollow;
  const rows = await graph.query(query, { viewerId, athleteId, depth, ...pageParameters(slice) });
  return onSide(walked, pageOf(rows, slice, sealedSummary));
}

async function followersOfTwo(
  graph: Graph,
  ids: { readonly viewerId: string; readonly athleteId: string; readonly otherId: string },
  { isDeep, slice }: { readonly isDeep: boolean; readonly slice: Slice<Since> },
): Promise<SealedPage<AthleteSummary, Since>> {
  const depth = whole(FOLLOWERS_PER_PAGE);
  const parameters = { ...ids, depth, ...pageParameters(slice) };
  const page = pageOf(await graph.query(followersOfBoth, parameters), slice, sealedSummary);
  if (page.next || !isDeep) return page;
  const { athleteId, beforeSince, beforeId } = parameters;
  const [last] = await graph.query(followersLookedAt, { athleteId, beforeSince, beforeId, depth });
  return { items: page.items, next: last };
}

function onSide<Item>(walked: Walked, page: SealedPage<Item, Since>): SealedPage<Item, MutualSince> {
  return { items: page.items, next: page.next && { ...page.next, walked } };
}
