import { z } from 'zod';

const Named = z.object({ name: z.string(), type: z.string().describe('As Cypher writes it') });

const AnalystQueryView = z.object({
  name: z.string(),
  answers: z.string().describe('What it answers'),
  parameters: z.array(Named).describe('All of them have to be sent'),
  columns: z.array(Named),
});

export const AnalystQueriesView = z.object({ items: z.array(AnalystQueryView) });

export const AnalystQueryKey = z.object({ name: z.string().regex(/^[a-z0-9-]{1,100}$/) });

const Value = z.union([
  z.string().max(1_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(100)).max(1_000),
]);
const Parameters = z.record(z.string().max(100), Value);

/** The parameters of a query, by name. */
export const AnalystQuestion = z.strictObject({ parameters: Parameters });

export const AnalystQuestionQuery = z.strictObject({
  parameters: z
    .string()
    .max(8_000)
    .optional()
    .describe('JSON object with the parameters of the query, by name; none if left out'),
});

export const AnalystAnswerView = z.object({
  name: z.string(),
  isPseudonymous: z
    .boolean()
    .describe(
      'Ids are pseudonyms that are the same in all your answers, and texts that somebody typed are null',
    ),
  isCut: z.boolean().describe('There are more rows than one answer holds'),
  rows: z.array(z.record(z.string(), z.unknown())),
});
