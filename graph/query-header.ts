/** A parameter or a column of a filed query. */
export interface Named {
  readonly name: string;
  /** `STRING`, `INTEGER`, `LIST<STRING>`, … as Cypher writes it; without the `?` of what may be null. */
  readonly type: string;
  /** A text that names nobody and was typed by nobody, marked `(plain: …)`. */
  readonly isPlain: boolean;
}

/** What the first lines of a filed query say. */
export interface QueryHeader {
  readonly answers: string;
  /** Analysts may run it on the live graph. */
  readonly isForAnalysts: boolean;
  readonly parameters: readonly Named[];
  readonly columns: readonly Named[];
  /** Operators of the plan that are there for a reason, which follows them; empty when there are none. */
  readonly plan: string;
}

/**
 * Reads the header of a filed query: the comment lines at its top. The first says what it answers, `// in:` and `// out:`
 * list names with their types, `// for: analysts` opens it to analysts, `// plan:` gives reasons for its plan.
 */
export function headerOf(text: string): QueryHeader {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  const parts = new Map<string, string>();
  let part = 'answers';
  for (const line of lines.slice(0, end < 0 ? lines.length : end)) {
    const [, name, rest = ''] = /^\/\/ (?:(in|out|for|plan):)?(.*)$/.exec(line) ?? [];
    part = name ?? part;
    parts.set(part, `${parts.get(part) ?? ''} ${rest}`.replace(/\s+/g, ' ').trim());
  }
  return {
    answers: parts.get('answers') ?? '',
    isForAnalysts: parts.get('for') === 'analysts',
    parameters: namesIn(parts.get('in') ?? ''),
    columns: namesIn(parts.get('out') ?? ''),
    plan: parts.get('plan') ?? '',
  };
}

const TYPE = String.raw`(?:STRING|INTEGER|FLOAT|BOOLEAN|DATETIME|DATE|BYTES|MAP|LIST<\w+>|LIST)`;
const NAME = new RegExp(
  String.raw`\b([a-z]\w*) (${TYPE})(\??(?: \(plain\b)?)|\b([a-z]\w*)(?= and \w+ (${TYPE}))`,
  'g',
);

// A name has a type behind it, or shares the type of the next one. What stands in brackets explains, and names nothing.
function namesIn(part: string): Named[] {
  const outside = part
    .replace(/\((?!plain\b)[^()]*\)|\{[^{}]*\}/g, '')
    .replace(/\(plain\b[^()]*\)/g, '(plain)');
  return [...outside.matchAll(NAME)].map(([, name, type, mark = '', shared, sharedType]) => ({
    name: name ?? shared ?? '',
    type: type ?? sharedType ?? '',
    isPlain: mark.includes('(plain'),
  }));
}
