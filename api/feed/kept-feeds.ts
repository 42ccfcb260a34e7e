import { randomUUID } from 'node:crypto';
import type { ActivityPosition } from '../../graph/activity-summaries.js';
import { type Redis, runScript, script } from '../stores/redis.js';

/** Older entries are read from the graph: hardly anyone scrolls so far. */
export const ENTRIES_PER_FEED = 1_000;

const KEPT_SECONDS = 14 * 86_400; // a feed that nobody reads is not worth filling
const TICKET_SECONDS = 60; // no rebuild takes so long

const push = script('api/feed/push.lua');
const keep = script('api/feed/keep.lua');

/**
 * Part of a feed, newest first. `below` tells what comes after it: more entries, whatever the graph has, or nothing.
 */
export interface KeptPart {
  readonly positions: readonly ActivityPosition[];
  readonly below: 'more' | 'graph' | 'nothing';
}

/*
 * A feed in Redis is a sorted set without scores, so in the order of its members, each the instant and the id of an
 * activity. Its lowest member is the floor: above it the set is complete, below it only the graph is. Members are
 * candidates: ids alone, whoever may see them; losing the set costs one query.
 */

/** Reads part of a feed that is kept; undefined when none is, or none that reaches so far down. */
export async function readKept(
  redis: Redis,
  athleteId: string,
  { below, count }: { readonly below: ActivityPosition | undefined; readonly count: number },
): Promise<KeptPart | undefined> {
  const from = below ? `(${entryOf(below)}` : '+';
  const range = { BY: 'LEX', REV: true, LIMIT: { offset: 0, count } } as const;
  const [entries] = await Promise.all([
    redis.zRange(feedKey(athleteId), from, '-', range),
    below ? undefined : redis.expire(feedKey(athleteId), KEPT_SECONDS),
  ]);
  const lowest = entries.at(-1);
  if (lowest === undefined) return undefined;
  if (!lowest.endsWith(FLOOR_MARK)) return { positions: entries.map(positionOf), below: 'more' };
  const positions = entries.slice(0, -1).map(positionOf);
  return { positions, below: lowest === FLOOR_MARK ? 'nothing' : 'graph' };
}

/** Lets a feed be kept as it will be read now, unless something happens to it before `keepFeed`. */
export async function takeTicket(redis: Redis, athleteId: string): Promise<string> {
  const ticket = randomUUID();
  await redis.set(ticketKey(athleteId), ticket, { expiration: { type: 'EX', value: TICKET_SECONDS } });
  return ticket;
}

/**
 * Keeps a feed.
 *
 * @param ticket taken before the graph was read
 * @param isComplete whether the graph has nothing below
 */
export async function keepFeed(
  redis: Redis,
  athleteId: string,
  feed: {
    readonly ticket: string;
    readonly positions: readonly ActivityPosition[];
    readonly isComplete: boolean;
  },
): Promise<void> {
  const entries = feed.positions.map(entryOf);
  const floor = feed.isComplete ? FLOOR_MARK : `${entries.at(-1) ?? ''}${FLOOR_MARK}`;
  const above = feed.isComplete ? entries : entries.slice(0, -1);
  await runScript(redis, keep, keysOf(athleteId), [feed.ticket, String(KEPT_SECONDS), floor, ...above]);
}

/** Adds an activity to those of some feeds that are kept. */
export async function pushToFeeds(
  redis: Redis,
  athleteIds: readonly string[],
  position: ActivityPosition,
): Promise<void> {
  const parameters = [entryOf(position), String(ENTRIES_PER_FEED)];
  await Promise.all(athleteIds.map((athleteId) => runScript(redis, push, keysOf(athleteId), parameters)));
}

/** Takes an activity out of some feeds. */
export async function removeFromFeeds(
  redis: Redis,
  athleteIds: readonly string[],
  position: ActivityPosition,
): Promise<void> {
  await Promise.all(athleteIds.map((athleteId) => redis.zRem(feedKey(athleteId), entryOf(position))));
}

/** Forgets a feed; it is read from the graph when it is wanted again. */
export async function dropFeed(redis: Redis, athleteId: string): Promise<void> {
  await redis.del([...keysOf(athleteId)]);
}

const FLOOR_MARK = '!'; // sorts before every digit, and right behind the entry that it follows

// The tag in braces keeps both on one node of a cluster.
const feedKey = (athleteId: string): string => `feed:{${athleteId}}`;
const ticketKey = (athleteId: string): string => `feed:{${athleteId}}:ticket`;
const keysOf = (athleteId: string) => [feedKey(athleteId), ticketKey(athleteId)] as const;

// Always fifteen digits, so that the order of texts is that of instants.
const MILLISECONDS_BEFORE_1970 = 1e14;

function entryOf({ startedAt, activityId }: ActivityPosition): string {
  return `${startedAt.getTime() + MILLISECONDS_BEFORE_1970}:${activityId}`;
}

function positionOf(entry: string): ActivityPosition {
  const [milliseconds, activityId = ''] = entry.split(':');
  return { startedAt: new Date(Number(milliseconds) - MILLISECONDS_BEFORE_1970), activityId };
}
