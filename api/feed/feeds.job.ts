import { z } from 'zod';
import { feedPosition, feedReaders } from '../../graph/feed.js';
import { job } from '../jobs/job.js';
import { dropFeed, pushToFeeds, removeFromFeeds } from './kept-feeds.js';

const Created = z.object({ activityId: z.uuid() });
const Deleted = z.object({ activityId: z.uuid(), athleteId: z.uuid(), startedAtMilliseconds: z.number() });
const Updated = Deleted.partial({ startedAtMilliseconds: true });
const Follow = z.object({ followerId: z.uuid() });
const Mute = z.object({ muterId: z.uuid() });
const OfAthlete = z.object({ athleteId: z.uuid() });

const FEEDS_AT_ONCE = 4;

/** Adds a new activity to the feeds of its athlete and of everyone who follows them. */
export const fanOut = job({
  name: 'feed.fanOut',
  on: ['activity.created'],
  concurrency: () => FEEDS_AT_ONCE,
  run: async ({ graph, redis }, { payload }) => {
    const position = await feedPosition(graph, Created.parse(payload).activityId);
    if (!position) return;
    for await (const readers of feedReaders(graph, position.athleteId)) {
      await pushToFeeds(redis, readers, position);
    }
  },
});

/** Takes a deleted activity out of all feeds; nobody sees it there already. */
export const takeOut = job({
  name: 'feed.takeOut',
  on: ['activity.deleted'],
  concurrency: () => FEEDS_AT_ONCE,
  run: async ({ graph, redis }, { payload }) => {
    const { activityId, athleteId, startedAtMilliseconds } = Deleted.parse(payload);
    const position = { activityId, startedAt: new Date(startedAtMilliseconds) };
    for await (const readers of feedReaders(graph, athleteId)) {
      await removeFromFeeds(redis, readers, position);
    }
  },
});

/** Moves an activity to where it is now: its start may have become hidden, or shown again. */
export const move = job({
  name: 'feed.move',
  on: ['activity.updated'],
  concurrency: () => FEEDS_AT_ONCE,
  run: async ({ graph, redis }, { payload }) => {
    const { activityId, athleteId, startedAtMilliseconds } = Updated.parse(payload);
    if (startedAtMilliseconds === undefined) return; // told by a version that moved nothing
    const before = { activityId, startedAt: new Date(startedAtMilliseconds) };
    const now = await feedPosition(graph, activityId);
    if (!now || now.startedAt.getTime() === startedAtMilliseconds) return;
    for await (const readers of feedReaders(graph, athleteId)) {
      await removeFromFeeds(redis, readers, before);
      await pushToFeeds(redis, readers, now);
    }
  },
});

/** Forgets the feed of somebody who follows others than before; it is made anew when they read it. */
export const followAnew = job({
  name: 'feed.followAnew',
  on: ['athlete.followed', 'athlete.unfollowed'],
  run: async ({ redis }, { payload }) => dropFeed(redis, Follow.parse(payload).followerId),
});

/** Forgets the feed of somebody who mutes others than before. */
export const muteAnew = job({
  name: 'feed.muteAnew',
  on: ['athlete.muted', 'athlete.unmuted'],
  run: async ({ redis }, { payload }) => dropFeed(redis, Mute.parse(payload).muterId),
});

/** Forgets the feed of an athlete who was deleted. */
export const forgetFeed = job({
  name: 'feed.forget',
  on: ['athlete.deleted'],
  run: async ({ redis }, { payload }) => dropFeed(redis, OfAthlete.parse(payload).athleteId),
});
