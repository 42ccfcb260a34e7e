import type { Grant, Target } from '../policies/access.js';
import type { PseudonymKey } from '../policies/keys.js';
import { cypher, type Graph, type Query, type Whole, whole } from './session.js';

/** Somebody named a graph in which people live as the one to be overwritten by a copy. */
export class NoCopy extends Error {
  override name = 'NoCopy';
  constructor() {
    super(
      'ANALYST_NEO4J_URL names a graph in which athletes have accounts: name an empty server for the copy.',
    );
  }
}

/** How much a copy holds. */
export interface CopiedRows {
  readonly athletes: number;
  readonly clubs: number;
}

type Page = { readonly afterId: string; readonly limit: Whole };
type Rows<Row> = { readonly rows: readonly Row[] };
type Properties = Readonly<Record<string, unknown>>;

interface AthleteRow {
  readonly athleteId: string;
  readonly homeRegionKey: string | null;
  readonly properties: Properties;
  readonly activities: readonly (Properties & { readonly activityId: string })[];
  readonly memberships: readonly (Properties & { readonly clubId: string })[];
}

interface FollowsRow {
  readonly followerId: string;
  readonly followees: readonly { readonly followeeId: string; readonly since: Date }[];
}

interface SimilarRow {
  readonly athleteId: string;
  readonly similar: readonly {
    readonly athleteId: string;
    readonly score: number;
    readonly modelVersion: number;
  }[];
}

interface ClubRow {
  readonly clubId: string;
  readonly parentId: string | null;
  readonly placeKey: string | null;
  readonly properties: Properties;
}

type Made = { readonly made: number };

const athletes = cypher<Page, AthleteRow>('copy/athletes.cypher');
const follows = cypher<Page, FollowsRow>('copy/follows.cypher');
const resemblances = cypher<Page, SimilarRow>('copy/resemblances.cypher');
const clubs = cypher<Page, ClubRow>('copy/clubs.cypher');
const writeAthletes = cypher<Rows<AthleteRow>, Made>('copy/write-athletes.cypher');
const writeFollows = cypher<Rows<FollowsRow>, Made>('copy/write-follows.cypher');
const writeResemblances = cypher<Rows<SimilarRow>, Made>('copy/write-resemblances.cypher');
const writeClubs = cypher<Rows<ClubRow>, Made>('copy/write-clubs.cypher');
const linkClubs = cypher<Rows<ClubRow>, Made>('copy/link-clubs.cypher');
const holdsPeople = cypher<object, { isLive: boolean }>('copy/holds-people.cypher');
const clear = cypher<{ limit: Whole }, { deleted: number }>('copy/clear.cypher');

const ATHLETES_PER_PAGE = 500;
const CLUBS_PER_PAGE = 2_000;
const DELETED_AT_ONCE = 5_000;

/** What the policy decides on: there is one copy, and it is nobody's. */
export const ANALYST_COPY: Target = { resource: { kind: 'analystCopy', id: 'analystCopy' }, facts: {} };

/**
 * Writes a copy of the graph that names nobody, in place of the one before: keyed ids, days instead of instants, no
 * text, no places, no secret clubs. What it takes over is listed in `graph/queries/copy/`; whatever is not listed there
 * stays behind, so a new property stays behind too.
 *
 * @param from the graph in which people live
 * @param key makes the pseudonyms: the same ids in every copy, and in no answer of the API
 * @throws {NoCopy} before anything is deleted
 */
export async function refreshAnalystCopy(
  grant: Grant,
  { from: graph, to: copy, key }: { from: Graph; to: Graph; key: PseudonymKey },
): Promise<CopiedRows> {
  grant.assertFor('analystCopy.refresh');
  const [server] = await copy.query(holdsPeople, {});
  if (server?.isLive !== false) throw new NoCopy();
  while (((await copy.execute(clear, { limit: whole(DELETED_AT_ONCE) }))[0]?.deleted ?? 0) > 0);

  // As hexadecimal digits, so that a sample by the end of an id works on them as on ours.
  const id = (value: string) => Buffer.from(key.pseudonym(value), 'base64url').toString('hex');
  const clubRows: ClubRow[] = [];
  for await (const page of pagesOf(graph, clubs, CLUBS_PER_PAGE, ({ clubId }) => clubId)) {
    const rows = page.map(({ clubId, parentId, placeKey, properties }) => ({
      clubId: id(clubId),
      parentId: parentId === null ? null : id(parentId),
      // As a home region, so that clubs near an athlete are found.
      placeKey: placeKey === null ? null : id(placeKey),
      properties,
    }));
    await copy.write(({ run }) => run(writeClubs, { rows }));
    clubRows.push(...rows);
  }
  await copy.write(({ run }) => run(linkClubs, { rows: clubRows }));

  let copied = 0;
  for await (const page of pagesOf(graph, athletes, ATHLETES_PER_PAGE, ({ athleteId }) => athleteId)) {
    const rows = page.map((row) => pseudonymous(row, id));
    await copy.write(({ run }) => run(writeAthletes, { rows }));
    copied += rows.length;
  }
  for await (const page of pagesOf(graph, follows, ATHLETES_PER_PAGE, ({ followerId }) => followerId)) {
    const rows = page.map(({ followerId, followees }) => ({
      followerId: id(followerId),
      followees: followees.map(({ followeeId, since }) => ({ followeeId: id(followeeId), since })),
    }));
    await copy.write(({ run }) => run(writeFollows, { rows }));
  }
  for await (const page of pagesOf(graph, resemblances, ATHLETES_PER_PAGE, ({ athleteId }) => athleteId)) {
    const rows = page.map(({ athleteId, similar }) => ({
      athleteId: id(athleteId),
      similar: similar.map((each) => ({ ...each, athleteId: id(each.athleteId) })),
    }));
    await copy.write(({ run }) => run(writeResemblances, { rows }));
  }
  return { athletes: copied, clubs: clubRows.length };
}

function pseudonymous(row: AthleteRow, id: (value: string) => string): AthleteRow {
  return {
    athleteId: id(row.athleteId),
    homeRegionKey: row.homeRegionKey === null ? null : id(row.homeRegionKey),
    properties: row.properties,
    activities: row.activities.map((activity) => ({ ...activity, activityId: id(activity.activityId) })),
    memberships: row.memberships.map((membership) => ({ ...membership, clubId: id(membership.clubId) })),
  };
}

async function* pagesOf<Row extends object>(
  graph: Graph,
  query: Query<Page, Row>,
  limit: number,
  keyOf: (row: Row) => string,
): AsyncGenerator<readonly Row[]> {
  let afterId = '';
  for (;;) {
    const page = await graph.query(query, { afterId, limit: whole(limit) });
    const last = page.at(-1);
    if (!last) return;
    yield page;
    afterId = keyOf(last);
  }
}
