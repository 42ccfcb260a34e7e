import { z } from 'zod';
import { AthleteSummaryView } from '../athletes/shapes.js';
import { PageQuery } from '../http/paging.js';

const Instant = z.iso.datetime().describe('UTC');

/** What came of wanting to follow. */
export const FollowState = z.object({
  athleteId: z.uuid(),
  state: z
    .enum(['following', 'requested'])
    .describe('`requested`: the profile is closed and its athlete decides'),
});

export const BlockedAthleteView = z.object({
  athleteId: z.uuid(),
  displayName: z.string(),
  since: Instant,
});

export const MutualQuery = PageQuery.extend({
  with: z
    .uuid()
    .optional()
    .describe('Another athlete, whose followers are compared instead of whom you follow'),
});

/** Where a page of mutual followers ended: in which of both lists, since when, and who. */
export const MutualCursor = z.tuple([z.enum(['athlete', 'other']), z.iso.datetime(), z.uuid()]);

export const PathQuery = z.strictObject({
  from: z.uuid().optional().describe('Where the path begins; you, if left out'),
});

/** A chain of follows: each athlete follows the next. */
export const PathView = z.object({
  athletes: z
    .array(AthleteSummaryView)
    .describe('From the first to the last, both included; empty when there is no such chain'),
});
