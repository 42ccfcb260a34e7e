import { z } from 'zod';
import type { Since, Slice } from '../../graph/follow-lists.js';
import { decodeCursor, encodeCursor, type PageQuery } from './paging.js';

const SinceCursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** The part of a list that a page asks for. @throws {BadCursor} */
export function sliceOf({ limit, cursor }: z.output<typeof PageQuery>): Slice<Since> {
  if (cursor === undefined) return { limit, after: undefined };
  const [since, athleteId] = decodeCursor(cursor, SinceCursor);
  return { limit, after: { since: new Date(since), athleteId } };
}

/** The cursor of the page that begins behind an entry; null at the end. */
export function cursorTo(next: Since | undefined): string | null {
  return next ? encodeCursor([next.since.toISOString(), next.athleteId]) : null;
}
