import { z } from 'zod';
import type { AnalystQuery } from '../../graph/analyst-queries.js';
import { whole } from '../../graph/session.js';
import type { Mistake } from '../http/problems.js';

type Values = Readonly<Record<string, unknown>>;

const LARGEST_INTEGER = 1_000_000;

// What JSON holds for each type of Cypher, and what the driver takes for it.
const TYPES: Readonly<Record<string, z.ZodType>> = {
  STRING: z.string(),
  INTEGER: z.int().min(-LARGEST_INTEGER).max(LARGEST_INTEGER).transform(whole),
  FLOAT: z.number(),
  BOOLEAN: z.boolean(),
  DATETIME: z.iso.datetime().transform((instant) => new Date(instant)),
  'LIST<STRING>': z.array(z.string()),
};

/** The parameters as the graph takes them, or everything that is wrong with them: missing, unknown, of another type. */
export function parametersOf(
  { parameters }: AnalystQuery,
  given: Values,
): { readonly values: Values } | { readonly mistakes: readonly Mistake[] } {
  const shape = z.strictObject(
    Object.fromEntries(parameters.map(({ name, type }) => [name, TYPES[type] ?? z.never()])),
  );
  const result = shape.safeParse(given);
  if (result.success) return { values: result.data };
  return {
    mistakes: result.error.issues.map(({ path, message }) => ({
      path: ['parameters', ...path.map(String)].join('.'),
      message,
    })),
  };
}
