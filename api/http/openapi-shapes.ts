import { z } from 'zod';
import { type Json, PROBLEM_SCHEMA } from './openapi-problems.js';

/** Which side of a shape is meant: what a caller may send, or what we answer. */
type Side = 'input' | 'output';

// Marks the parts of an input until all are known; removed where input and output turn out to be the same.
const INPUT_MARK = '~input';

/**
 * Turns zod shapes into JSON Schema. Shapes with an id in the global registry become named components, once;
 * where defaults make what is sent differ from what is answered, the former is named `ActivityInput`.
 */
export class ShapeComponents {
  readonly #parts = new Map<string, Json>();

  /** The schema of a shape, with references to named components. */
  schemaOf(shape: z.ZodType, side: Side): Json {
    const {
      $schema: _dialect,
      $defs: parts = {},
      ...schema
    } = z.toJSONSchema(shape, {
      io: side,
      override: ({ jsonSchema }) => simplify(jsonSchema, side),
    });
    const mark = side === 'input' ? INPUT_MARK : '';
    for (const [name, part] of Object.entries(parts)) {
      const { id: _id, ...rest } = part;
      this.#add(`${name}${mark}`, relinked(rest, mark));
    }
    const { id: _id, ...rest } = schema;
    return relinked(rest, mark);
  }

  #add(name: string, part: Json): void {
    const known = this.#parts.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(part)) {
      throw new Error(`two shapes share the id ${name.replace(INPUT_MARK, '')}`);
    }
    this.#parts.set(name, part);
  }

  /** Finishes a document that was built with `schemaOf`: adds the components and settles their names. */
  complete({ components, ...document }: Json & { components: Json }): Json {
    const names = new Map<string, string>();
    for (const [name, part] of this.#parts) {
      if (!name.endsWith(INPUT_MARK)) continue;
      const plain = name.slice(0, -INPUT_MARK.length);
      const output = this.#parts.get(plain);
      const isSame = output === undefined || unmarked(part) === JSON.stringify(output);
      names.set(name, isSame ? plain : `${plain}Input`);
    }
    const schemas: Json = { Problem: PROBLEM_SCHEMA };
    for (const [name, part] of [...this.#parts].sort(byName)) schemas[names.get(name) ?? name] = part;
    const text = JSON.stringify({ ...document, components: { ...components, schemas } });
    return JSON.parse(text, (key, value) => {
      if (key !== '$ref' || typeof value !== 'string') return value;
      const name = value.slice(SCHEMAS.length);
      return value.startsWith(SCHEMAS) ? `${SCHEMAS}${names.get(name) ?? name}` : value;
    });
  }
}

const SCHEMAS = '#/components/schemas/';

function relinked(schema: object, mark: string): Json {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === '$ref' && typeof value === 'string' ? `${value.replace('#/$defs/', SCHEMAS)}${mark}` : value,
  );
}

function unmarked(part: Json): string {
  return JSON.stringify(part).replaceAll(INPUT_MARK, '');
}

function byName([a]: readonly [string, Json], [b]: readonly [string, Json]): number {
  return a < b ? -1 : 1;
}

// Patterns that only spell out a format, and the bounds of a safe integer, tell a reader nothing.
function simplify(schema: z.core.JSONSchema.BaseSchema, side: Side): void {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  // Unknown fields are refused on the way in, whichever way the shape was declared.
  if (side === 'input' && schema.properties !== undefined) schema.additionalProperties ??= false;
}
