import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ACTIONS } from '../../policies/actions.js';
import { POLICIES } from './sources.js';

/** One question to the policy and the answer that `policies/cases/` expects. */
export interface Cell {
  /** File, action, who and facts, to find it again. */
  readonly name: string;
  readonly action: (typeof ACTIONS)[number];
  readonly subject: Person;
  readonly resource: { readonly kind: string; readonly ownerId?: string | undefined };
  readonly facts: Readonly<Record<string, Fact>>;
  readonly expected: Expected;
}

export interface Expected {
  readonly allowed: boolean;
  readonly revealed: boolean;
  /** Sorted, as are the withheld fields. */
  readonly rules: readonly string[];
  readonly withheld: readonly string[];
}

type Fact = string | boolean | number;

const words = z
  .union([z.string(), z.array(z.union([z.string(), z.array(z.string())]))])
  .transform((value) => [value].flat(2));
const fact = z.union([z.string(), z.boolean(), z.number()]);

const Person = z.strictObject({
  kind: z.string(),
  athleteId: z.string().optional(),
  name: z.string().optional(),
  standing: z.string(),
  scopes: z.array(z.string()),
  roles: z.array(z.string()).default([]),
});
type Person = z.output<typeof Person>;

const Case = z.strictObject({
  title: z.string(),
  who: words.optional(),
  given: z
    .record(
      z.string(),
      z.union([fact, z.array(fact)]).transform((value) => [value].flat()),
    )
    .default({}),
  allowed: words.optional(),
  refused: words.optional(),
  revealed: z.boolean().default(false),
  withheld: words.default([]),
});
type Case = z.output<typeof Case>;

const Table = z.strictObject({
  action: words.pipe(z.array(z.enum(ACTIONS))),
  things: z.array(z.strictObject({ kind: z.string(), ownerId: z.string().optional() })),
  facts: z.record(z.string(), z.array(fact)).default({}),
  cases: z.array(Case),
});

const Admission = z.strictObject({
  doors: z.array(z.string()),
  refusals: z.array(
    z.strictObject({
      title: z.string(),
      who: z.string(),
      but: words.pipe(z.array(z.enum(ACTIONS))),
      because: z.string(),
    }),
  ),
});

/**
 * Every cell of every table in `policies/cases/`: each person, each combination of the facts that the table names. A
 * cell that no case mentions is expected to be refused by `default-deny`, and the thing to be hidden.
 *
 * @throws {Error} a case that no cell of its table matches, an action without a table, a misspelt word
 */
export function caseCells(): readonly Cell[] {
  const people = fileNamed('people.yaml', z.record(z.string(), Person));
  const { refusals } = fileNamed('admission.yaml', Admission);
  const files = readdirSync(`${POLICIES}cases`)
    .filter((name) => name.endsWith('.yaml') && name !== 'people.yaml' && name !== 'admission.yaml')
    .sort();
  const tables = files.flatMap((name) =>
    fileNamed(name, z.array(Table)).map((table) => ({ file: basename(name, '.yaml'), table })),
  );
  const described = new Set(tables.flatMap(({ table }) => table.action));
  const missing = ACTIONS.filter((action) => !described.has(action));
  if (missing.length > 0) throw new Error(`policies/cases has no table for ${missing.join(', ')}`);

  return tables.flatMap(({ file, table }) => {
    const used = new Set<Case>();
    const cells = table.action.flatMap((action) =>
      Object.entries(people).flatMap(([who, subject]) => {
        const refusal = refusals.find((each) => each.who === who && !each.but.includes(action));
        // Facts are not even read for whom admission refuses, so one combination of them is enough.
        const combined = refusal ? combinations(table.facts).slice(0, 1) : combinations(table.facts);
        return table.things.flatMap((resource) =>
          combined.map((facts): Cell => {
            const matching = refusal ? [] : table.cases.filter((each) => matches(each, who, subject, facts));
            for (const each of matching) used.add(each);
            return {
              name: `${file}: ${who} ${action} ${JSON.stringify({ ...resource, ...facts })}`,
              action,
              subject,
              resource,
              facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== 'absent')),
              expected: refusal ? admissionRefusal(refusal.because) : expectedBy(matching, action),
            };
          }),
        );
      }),
    );
    const idle = table.cases.find((each) => !used.has(each));
    if (idle)
      throw new Error(`cases/${file}.yaml: no cell matches "${idle.title}" of ${table.action.join(', ')}`);
    return cells;
  });
}

function fileNamed<Shape extends z.ZodType>(name: string, shape: Shape): z.output<Shape> {
  const result = shape.safeParse(parse(readFileSync(`${POLICIES}cases/${name}`, 'utf8')));
  if (result.success) return result.data;
  throw new Error(`policies/cases/${name}:\n${z.prettifyError(result.error)}`);
}

function matches({ who, given }: Case, name: string, subject: Person, facts: Record<string, Fact>): boolean {
  // A case for an athlete is one for every token of theirs.
  const isAsked = who === undefined || who.includes(name) || who.includes(subject.athleteId ?? '');
  return (
    isAsked && Object.entries(given).every(([fact, values]) => values.some((value) => value === facts[fact]))
  );
}

function admissionRefusal(rule: string): Expected {
  return { allowed: false, revealed: true, rules: [rule], withheld: [] };
}

function expectedBy(matching: readonly Case[], action: string): Expected {
  const ids = (outcome: 'allowed' | 'refused') =>
    sorted(matching.flatMap((each) => each[outcome] ?? []).map((id) => id.replace('$action', kebab(action))));
  const refusals = matching.filter(({ refused }) => refused !== undefined);
  if (refusals.length === 0 && matching.length > 0) {
    const withheld = sorted(matching.flatMap((each) => each.withheld));
    return { allowed: true, revealed: true, rules: ids('allowed'), withheld };
  }
  const rules = refusals.length > 0 ? ids('refused') : ['default-deny'];
  return { allowed: false, revealed: refusals.some(({ revealed }) => revealed), rules, withheld: [] };
}

function kebab(action: string): string {
  return action.replace('.', '-').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function combinations(facts: Readonly<Record<string, readonly Fact[]>>): Record<string, Fact>[] {
  return Object.entries(facts).reduce<Record<string, Fact>[]>(
    (all, [name, values]) => all.flatMap((facts) => values.map((value) => ({ ...facts, [name]: value }))),
    [{}],
  );
}
