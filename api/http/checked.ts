import { parse } from 'node:querystring';
import { z } from 'zod';
import { BadBody, BadQuery, type Mistake } from './problems.js';

/** More mistakes than this help nobody; the answer stays small whatever was sent. */
const MAX_MISTAKES = 20;
const MAX_PATH_CHARACTERS = 100;

const NOTHING = z.strictObject({});

/** A shape that refuses unknown fields, whichever way it was declared. */
export function strict(shape: z.ZodType | undefined): z.ZodType {
  if (shape === undefined) return NOTHING;
  return shape instanceof z.ZodObject && shape.def.catchall === undefined ? shape.strict() : shape;
}

/** The body in the declared shape. @throws {BadBody} with every mistake */
export function checkedBody<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
  const result = shape.safeParse(body);
  if (result.success) return result.data;
  throw new BadBody(mistakesOf(result.error));
}

/**
 * The query of a URL in the declared shape.
 *
 * @throws {BadQuery} with every unknown, repeated or wrong parameter
 */
export function checkedQuery(shape: z.ZodType, url: string): unknown {
  const start = url.indexOf('?');
  const given = start < 0 ? {} : parse(url.slice(start + 1));
  // Coercion would join what is given twice; lists are one value with commas.
  const repeated = Object.keys(given).filter((name) => Array.isArray(given[name]));
  if (repeated.length > 0) {
    throw new BadQuery(repeated.slice(0, MAX_MISTAKES).map((name) => mistake(name, 'given more than once')));
  }
  const result = shape.safeParse({ ...given });
  if (result.success) return result.data;
  throw new BadQuery(mistakesOf(result.error));
}

// The first mistake of each field: what else is wrong with it often only follows from that.
function mistakesOf({ issues }: z.ZodError): Mistake[] {
  const byPath = new Map<string, Mistake>();
  for (const issue of issues) {
    const at = issue.path.map(String);
    const found =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => mistake([...at, key].join('.'), 'is not known here'))
        : [mistake(at.join('.'), issue.message)];
    for (const each of found) if (!byPath.has(each.path)) byPath.set(each.path, each);
  }
  return [...byPath.values()].slice(0, MAX_MISTAKES);
}

function mistake(path: string, message: string): Mistake {
  return { path: path.slice(0, MAX_PATH_CHARACTERS), message };
}
