import { z } from 'zod';
import { AthleteSummaryView } from '../athletes/shapes.js';
import { ClubView } from '../clubs/shapes.js';

const MAX_RECOMMENDATIONS = 50;

export const RecommendationsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_RECOMMENDATIONS).default(10),
});

const ReasonView = z.object({
  kind: z
    .enum([
      'followsYou',
      'followedByYours',
      'nearYours',
      'yoursAreMembers',
      'clubMatesAreMembers',
      'belowYourClub',
      'yourRegion',
      'yourSport',
    ])
    .describe('More may be added'),
  words: z.string().describe('The same, for people'),
  count: z.int().min(1).max(20).optional().describe('How many athletes it is about; 20 may be more'),
  athletes: z.array(AthleteSummaryView).optional().describe('Up to three of them'),
});

/** Why something is recommended. */
export type Reason = z.input<typeof ReasonView>;

export const AthleteRecommendation = z.object({
  athlete: AthleteSummaryView,
  reasons: z.array(ReasonView).describe('The strongest first'),
});
export const ClubRecommendation = z.object({
  club: ClubView,
  reasons: z.array(ReasonView).describe('The strongest first; empty if you may not know it'),
});
