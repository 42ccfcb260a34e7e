import { z } from 'zod';

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
