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
      'yourTraining',
    ])
    .describe('More may be added'),
  words: z.string().describe('The same, for people'),
  count: z.int().min(1).max(20).optional().describe('How many athletes it is about; 20 may be more'),
  athletes: z.array(AthleteSummaryView).optional().describe('Up to three of them'),
  sport: z.string().optional().describe('Of `yourTraining`'),
  weekdays: z.array(z.int().min(1).max(7)).optional().describe('Of `yourTraining`; 1 is Monday'),
  places: z
    .array(z.tuple([z.number(), z.number()]).readonly())
    .optional()
    .describe(
      'Of `yourTraining`: latitude and longitude in the middle of some eleven kilometres, up to three',
    ),
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

/** One thing that is worth being told unasked. */
export const DailySuggestion = z.object({
  kind: z.enum(['athleteToFollow', 'clubToJoin', 'trainingPartner']),
  suggestedAt: z.iso.datetime().describe('UTC'),
  athlete: AthleteSummaryView.optional().describe('To follow or to train with'),
  club: ClubView.optional().describe('To join'),
  reasons: z.array(ReasonView).describe('The strongest first'),
});
