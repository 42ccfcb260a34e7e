import { z } from 'zod';
import { ACTIONS } from '../../policies/actions.js';
import { PageQuery } from '../http/paging.js';

const Instant = z.iso.datetime().describe('UTC');

export const DecisionKey = z.object({ decisionId: z.uuid() });

/** Which decisions an auditor looks for. */
export const DecisionsQuery = PageQuery.extend({
  subject: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('Id of the athlete, or name of the part of Paceline, who asked'),
  resource: z.string().min(1).max(128).optional().describe('Id of what was asked for'),
  action: z.enum(ACTIONS).optional(),
  since: Instant.optional().describe('Leave it out for all that are kept'),
});

const Fact = z.union([z.boolean(), z.number(), z.string(), z.array(z.string()).readonly()]);

/** An access decision: who asked for what, on which facts, and which rules of which bundle decided. */
export const DecisionView = z.object({
  decisionId: z.uuid(),
  decidedAt: Instant,
  action: z.string(),
  subject: z.object({
    kind: z.string().describe('`athlete`, `anonymous` or `system`'),
    id: z.string().nullable().describe('Null for somebody who was not logged in'),
    sessionId: z.string().nullable(),
    standing: z.string(),
    scopes: z.array(z.string()),
    roles: z.array(z.string()),
  }),
  resource: z.object({ kind: z.string(), id: z.string(), ownerId: z.string().nullable() }),
  isListed: z.boolean().describe('Decided as one of a page: it was shown in passing'),
  facts: z.record(z.string(), Fact).nullable(),
  factsState: z
    .enum(['whole', 'trimmed', 'forgotten', 'broken'])
    .describe('`trimmed`: there were too many; `forgotten`: the athlete was; `broken`: run the verification'),
  allowed: z.boolean(),
  revealed: z.boolean().describe('Whether a refused caller was told that the thing exists'),
  rules: z.array(z.string()).describe('Ids of the rules that decided'),
  withheld: z.array(z.string()).describe('Parts that an allowed caller did not get'),
  bundle: z.string(),
  engine: z.string(),
  requestId: z.string(),
  writer: z.uuid(),
  sequence: z.int(),
});
export type DecisionView = z.output<typeof DecisionView>;

/** Kinds of viewers, the nearest first; an athlete is of the first that fits. */
export const VIEWER_KINDS = ['follower', 'clubMate', 'moderator', 'stranger', 'signedOut'] as const;

/** Which kinds of viewers opened an activity. */
export const ViewersView = z.object({
  since: Instant,
  until: Instant.describe('The last full hour'),
  kinds: z.array(
    z.object({
      kind: z.enum(VIEWER_KINDS),
      atLeast: z
        .int()
        .nullable()
        .describe('Athletes, or times for `signedOut`, rounded down; null for fewer than three, or none'),
    }),
  ),
});
