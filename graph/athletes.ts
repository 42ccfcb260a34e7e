import type { MasterKey } from '../policies/keys.js';
import { Sealed } from '../policies/sealed.js';
import type { SealedPage, Slice } from './follow-lists.js';
import { prefixQuery } from './prefix-query.js';
import { ageIn, openedProfile, type PrivateRow, type Profile, profileFacts } from './profiles.js';
import { type AthleteSummary, athleteTarget, type Relation, sealedSummary, summaryOf } from './relations.js';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** An athlete by itself; the policy withholds the profile from everyone else. */
export interface Athlete extends AthleteSummary, Profile {
  /** By the end of the year; null when they don't say when they were born. */
  readonly ageYears: number | null;
  readonly followerCount: number;
  readonly followingCount: number;
  /** The viewer mutes them. */
  readonly muted: boolean;
  readonly createdAt: Date;
  readonly version: number;
}

interface AthleteRow extends Relation {
  readonly isClubMate: boolean;
  readonly profile: PrivateRow;
  readonly wrappedKey: Uint8Array;
  readonly followerCount: number;
  readonly followingCount: number;
  readonly muted: boolean;
  readonly createdAt: Date;
  readonly version: number;
}

const byId = cypher<{ athleteId: string; viewerId: string | null }, AthleteRow>(
  'athletes/athlete-by-id.cypher',
);

/**
 * One athlete, as a viewer may come to see them; undefined when there is none, or none any more.
 *
 * @param year the age is that of its end
 */
export async function athleteById(
  graph: Graph,
  masterKey: MasterKey,
  { year, ...ids }: { readonly athleteId: string; readonly viewerId: string | null; readonly year: number },
): Promise<Sealed<Athlete> | undefined> {
  const [row] = await graph.query(byId, ids);
  if (!row) return undefined;
  const { profile, wrappedKey, followerCount, followingCount, muted, createdAt, version } = row;
  const { resource, facts } = athleteTarget(row);
  const { isClubMate } = row;
  return new Sealed(resource, { ...facts, isClubMate, ...profileFacts(profile) }, () => {
    const opened = openedProfile(profile, masterKey.unwrap(row.athleteId, wrappedKey), row.athleteId);
    return {
      ...summaryOf(row),
      ...opened,
      ageYears: ageIn(year, opened.birthDate),
      followerCount,
      followingCount,
      muted,
      createdAt,
      version,
    };
  });
}

/** The sort key of a search: how well a name fits, then whose it is. */
export interface Match {
  readonly score: number;
  readonly athleteId: string;
}

const byName = cypher<
  { words: string; viewerId: string; depth: Whole; limit: Whole; afterScore: number; afterId: string },
  Relation & Match
>('athletes/athletes-by-name.cypher');

// Lucene ranks; nobody pages further than this through people of one name, and the work of a request stays bounded.
const SEARCH_DEPTH = 1_000;

/**
 * Athletes by name, best match first.
 *
 * @param text what somebody typed: every word of it must begin a word of the name
 */
export async function athletesByName(
  graph: Graph,
  { viewerId, text }: { readonly viewerId: string; readonly text: string },
  { limit, after }: Slice<Match>,
): Promise<SealedPage<AthleteSummary, Match>> {
  const words = prefixQuery(text);
  if (words === '') return { items: [], next: undefined };
  const rows = await graph.query(byName, {
    words,
    viewerId,
    depth: whole(SEARCH_DEPTH),
    limit: whole(limit + 1),
    afterScore: after?.score ?? Number.MAX_VALUE,
    afterId: after?.athleteId ?? '',
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items: page.map(sealedSummary), next: last && { score: last.score, athleteId: last.athleteId } };
}
