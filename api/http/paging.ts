import { z } from 'zod';

/** The largest page; a page is decided in one evaluation and answered in one piece. */
const MAX_PAGE_ITEMS = 100;
const DEFAULT_PAGE_ITEMS = 20;
const MAX_CURSOR_LENGTH = 512;

/** Query of every page: `limit` items after `cursor`. */
export const PageQuery = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_PAGE_ITEMS)
    .default(DEFAULT_PAGE_ITEMS)
    .describe('How many items at most'),
  cursor: z
    .string()
    .min(1)
    .max(MAX_CURSOR_LENGTH)
    .optional()
    .describe('`nextCursor` of the page before; leave it out for the first page'),
});

/** The shape of a page of one kind of item; `nextCursor` is null at the end. */
export function Page<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe('Send it as `cursor` for the next page; null at the end'),
  });
}

/** The cursor is not one that this route has given out. */
export class BadCursor extends Error {
  override name = 'BadCursor';
  readonly problem = 'bad-cursor';
  constructor() {
    super('the cursor cannot be read');
  }
}

/**
 * An opaque cursor from the sort key of the last item on the page. It is not signed: it may hold only what
 * its reader has seen, and whoever decodes it checks its shape and decides access as for any other read.
 */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/**
 * The sort key in a cursor.
 *
 * @param shape what the route put in, for example `z.tuple([z.iso.datetime(), z.uuid()])`
 * @throws {BadCursor} it is not of that shape
 */
export function decodeCursor<Parts>(cursor: string, shape: z.ZodType<Parts>): Parts {
  const parts = shape.safeParse(parsed(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parts.success) throw new BadCursor();
  return parts.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
