/** What the gateway has to know about one text of SQL before the engine may have it. */
export interface Ruling {
  /** Why it is refused (0A000); the engine never sees it. */
  readonly refusal?: Refusal;
  /** It is a COPY that waits for rows from the client. */
  readonly copy?: 'text' | 'binary';
  /** It may leave settings of the session changed, which must not reach other clients. */
  readonly changesSettings: boolean;
  /** Parts of the text that act on the whole session and are put differently for one client. */
  readonly replacements: readonly Replacement[];
}

export interface Refusal {
  readonly message: string;
  readonly hint: string;
}

/** The characters from `start` to `end` (exclusive) are one statement of that kind. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly act: 'discardAll' | 'deallocateAll' | 'resetAll' | 'resetOne' | 'deallocateOne';
  /** The setting or the prepared statement, for the kinds that name one. */
  readonly name: string;
}

const PLAIN: Ruling = { changesSettings: false, replacements: [] };

// Most statements hold none of these words and are let through at the cost of one look.
const REMARKABLE =
  /concurrently|transaction_per_chunk|listen|prepare|temp|advisory|discard|deallocate|reset|set|copy|hold|\bdo\b|\bcall\b|database/i;

const CACHED_RULINGS = 500;
const CACHED_TEXT_CHARACTERS = 20_000;
const cache = new Map<string, Ruling>();

/** Looks at a text of one or more statements. Comments and literals do not count as words. */
export function judge(sql: string): Ruling {
  if (!REMARKABLE.test(sql)) return PLAIN;
  const known = cache.get(sql);
  if (known) return known;
  const ruling = judgeStatements(sql);
  if (sql.length <= CACHED_TEXT_CHARACTERS) {
    const [oldest] = cache.keys();
    if (cache.size >= CACHED_RULINGS && oldest !== undefined) cache.delete(oldest);
    cache.set(sql, ruling);
  }
  return ruling;
}

function judgeStatements(sql: string): Ruling {
  const words = wordsOnly(sql);
  const statements = split(words);
  for (const { text } of statements) {
    const refusal = REFUSALS.find(({ pattern }) => pattern.test(text));
    if (refusal) return { ...PLAIN, refusal };
  }
  // Inside the body of a function it is a literal, so for these the whole text counts.
  if (SESSION_LOCK.test(sql)) return { ...PLAIN, refusal: SESSION_LOCK_REFUSAL };

  const copies = statements.filter(({ text }) => COPY_IN.test(text));
  if (copies.length > 0 && statements.length > 1) return { ...PLAIN, refusal: COPY_ALONE_REFUSAL };
  return {
    ...(copies[0] && { copy: /\bbinary\b/i.test(copies[0].text) ? ('binary' as const) : ('text' as const) }),
    changesSettings:
      /\bset_config\s*\(/i.test(sql) || statements.some(({ text }) => mayChangeSettings(text, sql)),
    replacements: statements.flatMap((statement) => replacementFor(statement, sql)),
  };
}

const REFUSALS: readonly (Refusal & { pattern: RegExp })[] = [
  {
    pattern: /\bconcurrently\b|\btransaction_per_chunk\b/i,
    message: 'CONCURRENTLY is not supported by the embedded TimescaleDB',
    hint: 'It would leave the session unusable; build the index without it.',
  },
  {
    pattern: /^\s*listen\b/i,
    message: 'LISTEN is not supported by the embedded TimescaleDB',
    hint: 'Use the event outbox instead.',
  },
  {
    pattern: /^\s*prepare\b/i,
    message: 'PREPARE is not supported by the embedded TimescaleDB',
    hint: 'Give the query a name in the driver; such statements are kept apart per connection.',
  },
  {
    pattern:
      /^\s*create\s+(or\s+replace\s+)?((local|global)\s+)?temp(orary)?\b|\binto\s+((local|global)\s+)?temp(orary)?\b/i,
    message: 'Temporary tables are not supported by the embedded TimescaleDB',
    hint: 'All connections share one session and would see them; use a CTE.',
  },
  {
    pattern: /\bwith\s+hold\b/i,
    message: 'Cursors WITH HOLD are not supported by the embedded TimescaleDB',
    hint: 'Read the cursor inside its transaction.',
  },
  {
    pattern: /^\s*set\s+((session|local)\s+)?(role\b|session\s+authorization\b)/i,
    message: 'Changing the role is not supported by the embedded TimescaleDB',
    hint: 'There is one user, the superuser.',
  },
  {
    pattern: /^\s*create\s+database\b/i,
    message: 'CREATE DATABASE is not supported by the embedded TimescaleDB',
    hint: 'It holds one database; start another one in another folder.',
  },
];

const SESSION_LOCK = /\bpg_(try_)?advisory_(lock|unlock)(_shared|_all)?\s*\(/i;
const SESSION_LOCK_REFUSAL: Refusal = {
  message: 'Session advisory locks are not supported by the embedded TimescaleDB',
  hint: 'They would exclude nobody; use pg_advisory_xact_lock inside a transaction.',
};

const COPY_IN = /^\s*copy\b[\s\S]*\bfrom\s+stdin\b/i;
const COPY_ALONE_REFUSAL: Refusal = {
  message: 'COPY FROM STDIN together with other statements is not supported by the embedded TimescaleDB',
  hint: 'Send it as a query of its own.',
};

function mayChangeSettings(text: string, sql: string): boolean {
  if (/^\s*(do|call)\b/i.test(text)) return /\bset\b/i.test(sql);
  return /^\s*(set|reset)\b/i.test(text) && !/^\s*set\s+(local|transaction|constraints)\b/i.test(text);
}

function replacementFor(statement: Span, sql: string): Replacement[] {
  const { start, end, text } = statement;
  const at = (act: Replacement['act'], name = ''): Replacement[] => [{ start, end, act, name }];
  if (/^\s*discard\s+(all|plans|sequences|temp|temporary)\s*$/i.test(text)) return at('discardAll');
  if (/^\s*deallocate\s+(prepare\s+)?all\s*$/i.test(text)) return at('deallocateAll');
  if (/^\s*reset\s+all\s*$/i.test(text)) return at('resetAll');
  const one =
    /^\s*reset\s+([\w.]+)\s*$/i.exec(text) ??
    /^\s*set\s+(?:session\s+)?([\w.]+)\s*(?:=|\bto\b)\s*default\s*$/i.exec(text);
  if (one?.[1]) return at('resetOne', one[1].toLowerCase());
  const prepared = /^\s*deallocate\s+(?:prepare\s+)?("[^"]*"|\w+)\s*$/i.exec(sql.slice(start, end));
  if (prepared?.[1]) return at('deallocateOne', unquoted(prepared[1]));
  return [];
}

const unquoted = (name: string): string => (name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase());

interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function split(words: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const text of words.split(';')) {
    const end = start + text.length;
    if (text.trim()) spans.push({ start, end, text });
    start = end + 1;
  }
  return spans;
}

// In this order at any one place: comments, then what may hold anything. A dollar that follows a letter of a name is not a quote.
const OPAQUE =
  /--[^\n]*|\/\*|(?<![\w$])\$([A-Za-z_]\w*)?\$|(?<![\w$])[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)/g;

/** The same text, of the same length, with comments blank and literals and quoted names filled with underscores. */
function wordsOnly(sql: string): string {
  let result = '';
  let from = 0;
  OPAQUE.lastIndex = 0;
  for (let match = OPAQUE.exec(sql); match; match = OPAQUE.exec(sql)) {
    const [opening] = match;
    const start = match.index;
    const isComment = opening.startsWith('--') || opening === '/*';
    const end =
      opening === '/*'
        ? endOfComment(sql, start)
        : opening.startsWith('$')
          ? endOfDollars(sql, start, opening)
          : OPAQUE.lastIndex;
    result += sql.slice(from, start) + (isComment ? ' ' : '_').repeat(end - start);
    from = end;
    OPAQUE.lastIndex = end;
  }
  return result + sql.slice(from);
}

function endOfDollars(sql: string, start: number, opening: string): number {
  const closing = sql.indexOf(opening, start + opening.length);
  return closing < 0 ? sql.length : closing + opening.length;
}

// In Postgres comments nest.
function endOfComment(sql: string, start: number): number {
  const edges = /\/\*|\*\//g;
  edges.lastIndex = start;
  let depth = 0;
  for (let edge = edges.exec(sql); edge; edge = edges.exec(sql)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return edges.lastIndex;
  }
  return sql.length;
}
