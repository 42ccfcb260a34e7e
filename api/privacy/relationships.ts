import type { Field, Holding } from './holding.js';

/** Relationship types of Neo4j. */
export const RELATIONSHIPS = {
  FOLLOWS: pair({ followerId: 'social', followeeId: 'social' }),
  REQUESTS: pair({ followerId: 'social', followeeId: 'social' }),
  BLOCKS: pair({ blockerId: 'social', blockedId: 'social' }),
  MUTES: pair({ muterId: 'social', mutedId: 'social' }),
  DISMISSED: pair({ dismisserId: 'social', dismissedId: 'social' }),
  SUGGESTED: pair({ athleteId: 'social', itemId: 'social', kind: 'machine' }),
  HABITUALLY: {
    isExported: true,
    erased: 'job',
    fields: {
      athleteId: 'id',
      habitKey: 'place',
      times: 'measured',
      speedMetersPerSecond: 'measured',
      lastAt: 'measured',
      zonesDue: 'machine',
    },
  },
  RESEMBLES: { isExported: true, erased: 'job', fields: { score: 'social', modelVersion: 'machine' } },
  MEMBER_OF: pair({ athleteId: 'social', clubId: 'social', role: 'social' }),
  ASKS_TO_JOIN: pair({ athleteId: 'social', clubId: 'social' }),
  BANNED_FROM: pair({ athleteId: 'social', clubId: 'social' }),
  ISSUED: bare(),
  INVITES_TO: bare(),
  ANNOUNCED: { isExported: false, erased: 'stays', fields: {} },
  WROTE: bare(),
  // Two clubs, and nobody's name.
  PART_OF: { isExported: false, erased: 'stays', fields: {} },
  ASKS_TO_BE_PART_OF: { isExported: false, erased: 'stays', fields: { since: 'machine' } },
  KEEPS: bare(),
  KEEPS_HIDDEN: bare(),
  OPENS: bare(),
  HOLDS: bare(),
  OF: bare(),
  FOR: bare(),
  UPLOADED: bare(),
  MADE: bare(),
  PERFORMED: bare(),
} as const satisfies Readonly<Record<string, Holding>>;

function pair(fields: Readonly<Record<string, Field>>): Holding {
  return { isExported: true, erased: 'job', fields: { ...fields, since: 'social' } };
}

function bare(): Holding {
  return { isExported: false, erased: 'job', fields: {} };
}
