import type { Target } from '../policies/access.js';
import { Sealed } from '../policies/sealed.js';
import {
  type AthleteSummary,
  athleteTarget,
  type PairRelation,
  type Relation,
  sealedSummary,
} from './relations.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** The sort key of a list: since when, then who. */
export interface Since {
  readonly since: Date;
  readonly athleteId: string;
}

/** Which part of a list: so many after the end of the page before. */
export interface Slice<Key> {
  readonly limit: number;
  readonly after: Key | undefined;
}

/** A page as it was read; `next` is where the one after it begins, undefined at the end. */
export interface SealedPage<Item, Key> {
  readonly items: readonly Sealed<Item>[];
  readonly next: Key | undefined;
}

/** An athlete whom the viewer blocks. */
export interface BlockedAthlete {
  readonly athleteId: string;
  readonly displayName: string;
  readonly since: Date;
}

/** What every query of a list by `since` takes. */
export interface PageParameters {
  readonly limit: Whole;
  readonly beforeSince: Date;
  readonly beforeId: string;
}
type Ids = { readonly athleteId: string; readonly viewerId: string };

const relation = cypher<Ids, PairRelation>('athletes/relation.cypher');
const followersOf = cypher<PageParameters & Ids, Relation & Since>('follows/followers.cypher');
const followedBy = cypher<PageParameters & Ids, Relation & Since>('follows/following.cypher');
const requestsTo = cypher<PageParameters & { viewerId: string }, Relation & Since>('follows/requests.cypher');
const blockedBy = cypher<PageParameters & { viewerId: string }, BlockedAthlete>('follows/blocks.cypher');

/** What decides who may see whom an athlete follows and who follows them; undefined without such an athlete. */
export async function listsOf(graph: Graph, ids: Ids): Promise<Target | undefined> {
  const [row] = await graph.query(relation, ids);
  return row && athleteTarget(row);
}

/** The followers of an athlete, the latest first. */
export async function followers(
  graph: Graph,
  ids: Ids,
  slice: Slice<Since>,
): Promise<SealedPage<AthleteSummary, Since>> {
  const rows = await graph.query(followersOf, { ...ids, ...pageParameters(slice) });
  return pageOf(rows, slice, sealedSummary);
}

/** Whom an athlete follows, the latest first. */
export async function following(
  graph: Graph,
  ids: Ids,
  slice: Slice<Since>,
): Promise<SealedPage<AthleteSummary, Since>> {
  const rows = await graph.query(followedBy, { ...ids, ...pageParameters(slice) });
  return pageOf(rows, slice, sealedSummary);
}

/** Who asks to follow the viewer, the latest first. */
export async function followRequests(
  graph: Graph,
  viewerId: string,
  slice: Slice<Since>,
): Promise<SealedPage<AthleteSummary, Since>> {
  const rows = await graph.query(requestsTo, { viewerId, ...pageParameters(slice) });
  return pageOf(rows, slice, sealedSummary);
}

/** Whom the viewer blocks, the latest first. */
export async function blockedAthletes(
  graph: Graph,
  viewerId: string,
  slice: Slice<Since>,
): Promise<SealedPage<BlockedAthlete, Since>> {
  const rows = await graph.query(blockedBy, { viewerId, ...pageParameters(slice) });
  return pageOf(rows, slice, (row) => {
    const resource = { kind: 'block', id: row.athleteId, ownerId: viewerId };
    return new Sealed(resource, {}, () => row);
  });
}

const END_OF_TIME = new Date('9999-12-31T00:00:00Z');

/** The parameters of a slice: one row more than the page holds tells whether there is another page. */
export function pageParameters({ limit, after }: Slice<Since>): PageParameters {
  return {
    limit: whole(limit + 1),
    beforeSince: after?.since ?? END_OF_TIME,
    beforeId: after?.athleteId ?? '',
  };
}

/** The page in the rows of a slice. */
export function pageOf<Row extends Since, Item>(
  rows: readonly Row[],
  { limit }: Slice<Since>,
  seal: (row: Row) => Sealed<Item>,
): SealedPage<Item, Since> {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items: page.map(seal), next: last && { since: last.since, athleteId: last.athleteId } };
}
