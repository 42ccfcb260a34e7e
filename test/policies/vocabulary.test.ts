import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { Role } from '../../api/roles/shapes.js';
import { CLUB_VISIBILITIES } from '../../graph/clubs.js';
import { VISIBILITIES } from '../../graph/sharing.js';
import { ACTIONS } from '../../policies/actions.js';
import { SCOPES } from '../../policies/scope-names.js';
import { caseCells } from '../../scripts/policies/cases.js';
import { POLICIES, policySources } from '../../scripts/policies/sources.js';

// The kinds of things whose rules are still to be written; one leaves this list with its first action.
const KINDS_TO_COME = [
  'analysis',
  'challenge',
  'comment',
  'erasure',
  'event',
  'export',
  'flag',
  'leaderboard',
  'liveSession',
  'media',
  'route',
  'segment',
  'sync',
  'webhook',
] as const;

const Words = z.record(z.string(), z.string().min(3));
const Later = z.record(
  z.string(),
  z.strictObject({ means: z.string().min(3), for: z.array(z.enum(KINDS_TO_COME)).min(1) }),
);
const Vocabulary = z.strictObject({
  relations: Words,
  roles: Words,
  clubRoles: Words,
  visibilities: Words,
  clubVisibilities: Words,
  scopes: Words,
  purposes: Words,
  later: z.strictObject({ relations: Later, visibilities: Later, scopes: Later, purposes: Later }),
});

const { later, ...now } = Vocabulary.parse(parse(readFileSync(`${POLICIES}vocabulary.yaml`, 'utf8')));
const rules = Object.keys(policySources())
  .filter((path) => path.endsWith('.rego'))
  .map((path) => readFileSync(`${POLICIES}${path}`, 'utf8'))
  .join('\n');
const cells = caseCells();

/** Where the words of each section are used today. */
const USED: Readonly<Record<string, readonly string[]>> = {
  relations: cells.flatMap(({ facts }) => Object.keys(facts)).filter((name) => /^(is|owns)[A-Z]/.test(name)),
  roles: [...Role.options, ...found(/relations\.hasRole\("(\w+)"\)/g)],
  clubRoles: [...valuesOf(/^clubRole$|^targetRole$/), ...found(/(?<!relations\.)hasRole\("(\w+)"\)/g)],
  visibilities: [...VISIBILITIES, ...found(/circles contains "(\w+)"/g)],
  clubVisibilities: [...CLUB_VISIBILITIES, ...valuesOf(/^clubVisibility$/)],
  scopes: SCOPES.filter((scope) => scope !== '*'),
  purposes: found(/^\t"(\w+)": \{/gm),
};

for (const [section, words] of Object.entries(now)) {
  test(`the ${section} of the vocabulary are those that are used`, () => {
    assert.deepEqual(Object.keys(words).sort(), [...new Set(USED[section] ?? [])].sort());
  });
}

test('what comes later is in no rule yet, and each kind of thing that comes has words', () => {
  const words = Object.values(later).flatMap((section) => Object.entries(section));
  const used = words.map(([word]) => word).filter((word) => rules.includes(`"${word}"`));
  assert.deepEqual(used, []);
  const kinds = new Set(words.flatMap(([, word]) => word.for));
  assert.deepEqual([...kinds].sort(), KINDS_TO_COME);
  const begun = KINDS_TO_COME.filter((kind) => ACTIONS.some((action) => action.startsWith(`${kind}.`)));
  assert.deepEqual(begun, [], 'there are actions of these: move their words up');
});

test('each fact of the cases is told in the README', () => {
  const readme = readFileSync(`${POLICIES}README.md`, 'utf8');
  const facts = new Set(cells.flatMap(({ facts }) => Object.keys(facts)));
  assert.deepEqual(
    [...facts].filter((name) => !readme.includes(`\`${name}\``)),
    [],
  );
});

function found(pattern: RegExp): string[] {
  return [...rules.matchAll(pattern)].map(([, word = '']) => word);
}

function valuesOf(fact: RegExp): string[] {
  return cells.flatMap(({ facts }) =>
    Object.entries(facts).flatMap(([name, value]) => (fact.test(name) ? [String(value)] : [])),
  );
}
