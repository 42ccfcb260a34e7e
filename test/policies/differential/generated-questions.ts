import { ACTIONS } from '../../../policies/actions.js';
import { SCOPES } from '../../../policies/scope-names.js';
import { packageOf } from '../../../policies/seen-by-rules.js';
import { caseCells } from '../../../scripts/policies/cases.js';
import type { Random } from '../../../scripts/simulate/random.js';
import { below, oneOf } from '../../../scripts/village/chance.js';

/** What the rules are asked with, as it comes to them: any JSON. */
export type Question = Readonly<Record<string, unknown>>;

// Often enough that most pages have something of both, and seldom enough that many things are allowed all the same.
const ABSENT_SHARE = 0.03;
const STRANGE_SHARE = 0.03;

const MOST_THINGS = 20;

const STRANGE: readonly unknown[] = [
  null,
  false,
  true,
  0,
  -1.5,
  2 ** 53,
  1e300,
  '',
  '*',
  'true',
  'Everyone',
  'everyone ',
  'é\u0000"\\',
  [],
  [true],
  ['everyone', 'followers'],
  [['*']],
  {},
  { everyone: true },
  { '*': '*' },
];

/** Questions about every action, by every caller, with facts as the cases know them, absent and strange. */
export function questionsFrom(random: Random): () => Question {
  const domains = factDomains();
  return () => {
    const action = oneOf(random, ACTIONS);
    const domain = domains.get(action) ?? new Map();
    const things = below(random, MOST_THINGS + 1);
    return fields(random, {
      action: () => packageOf(action),
      subject: () => subject(random),
      items: () => Array.from({ length: things }, () => item(random, domain)),
    });
  };
}

type Domain = ReadonlyMap<string, readonly unknown[]>;

/** The facts of each action with the values that its cases know. */
function factDomains(): ReadonlyMap<string, Domain> {
  const domains = new Map<string, Map<string, Set<unknown>>>();
  for (const { action, facts } of caseCells()) {
    const domain = domains.get(action) ?? new Map<string, Set<unknown>>();
    domains.set(action, domain);
    for (const [name, value] of Object.entries(facts)) {
      domain.set(name, (domain.get(name) ?? new Set()).add(value));
    }
  }
  return new Map(
    [...domains].map(([action, domain]) => [
      action,
      new Map([...domain].map(([name, values]) => [name, [...values]])),
    ]),
  );
}

function item(random: Random, domain: Domain): unknown {
  const facts = Object.fromEntries([...domain].map(([name, values]) => [name, () => oneOf(random, values)]));
  return fields(random, {
    resource: () =>
      fields(random, {
        kind: () => oneOf(random, ['activity', 'athlete', 'club', 'thing']),
        ownerId: () => oneOf(random, ['ava', 'ava', 'ben', null]),
      }),
    facts: () => fields(random, facts),
  });
}

function subject(random: Random): unknown {
  return fields(random, {
    kind: () => oneOf(random, [...Array(7).fill('athlete'), 'anonymous', 'anonymous', 'system', 'robot']),
    athleteId: () => oneOf(random, ['ava', 'ben']),
    name: () => oneOf(random, ['accounts', 'command', 'seed', 'worker', 'cron']),
    standing: () => oneOf(random, [...Array(9).fill('active'), 'none', 'ended', 'expired', 'suspended']),
    scopes: () => (random.even() < 0.7 ? ['*'] : some(random, [...SCOPES, 'system'])),
    roles: () => some(random, ['admin', 'analyst', 'auditor', 'moderator', 'operator']),
  });
}

function some(random: Random, values: readonly string[]): string[] {
  return Array.from({ length: oneOf(random, [0, 1, 1, 2, 4]) }, () => oneOf(random, values));
}

/** An object of whose fields a few are absent, and a few are not what they should be. */
function fields(random: Random, makers: Readonly<Record<string, () => unknown>>): Question {
  const made = Object.entries(makers).flatMap(([name, make]) => {
    const share = random.even();
    if (share < ABSENT_SHARE) return [];
    return [[name, share < ABSENT_SHARE + STRANGE_SHARE ? oneOf(random, STRANGE) : make()] as const];
  });
  return Object.fromEntries(made);
}
