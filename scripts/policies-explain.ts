// Explains what the policy answers right now, and what would have to change:
// npm run policies:explain -- --subject ID|anonymous --action activity.read --resource ID
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readConfig } from '../api/config.js';
import { Role } from '../api/roles/shapes.js';
import { Graph } from '../graph/session.js';
import type { Subject, Target } from '../policies/access.js';
import { ACTIONS, type Action } from '../policies/actions.js';
import { loadEngine } from '../policies/engine.js';
import { MasterKey } from '../policies/keys.js';
import type { Facts, FactValue } from '../policies/sealed.js';
import { anonymousSubject } from '../policies/subject.js';
import { table } from './cypher/table.js';
import { type Explanation, explain, factsOf } from './policies/explanation.js';
import { kindLookedUp, realTarget } from './policies/real-facts.js';
import { runningSettings } from './running-settings.js';

const USAGE = `npm run policies:explain -- --subject ID|anonymous --action ACTION --resource ID
  [--role ROLE]… [--scope SCOPE]… [--fact NAME=VALUE]…

Looks up what the product would decide on, in the running demo or in the graph that the environment names: --resource is
the activity, the athlete or the club that it is about. Facts that are given win over those that are looked up. What
reading the thing does not tell has to be given, and you are told what; where nothing is looked up, --resource is the
athlete whose thing it is.`;

const Wish = z.strictObject({
  subject: z.string().min(1),
  action: z.enum(ACTIONS),
  resource: z.string().min(1),
  role: z.array(Role).default([]),
  scope: z.array(z.string()).default(['*']),
  fact: z.array(z.string().regex(/^\w+=./)).default([]),
});
type Wish = z.output<typeof Wish>;

/** What the person at the keyboard can mend. */
class Unanswerable extends Error {
  override name = 'Unanswerable';
}

try {
  const wish = wishFrom(process.argv.slice(2));
  const target = await targetOf(wish);
  const subject = subjectOf(wish);
  const { action } = wish;
  print(wish, target, explain(await loadEngine(), { action, subject, target }));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function wishFrom(words: string[]): Wish {
  const one = { type: 'string' } as const;
  const many = { type: 'string', multiple: true } as const;
  const options = { subject: one, action: one, resource: one, role: many, scope: many, fact: many };
  try {
    return Wish.parse(parseArgs({ args: words, options }).values);
  } catch (error) {
    const reason = error instanceof z.ZodError ? `${z.prettifyError(error)}\n` : '';
    throw new Unanswerable(`${reason}${USAGE}`);
  }
}

async function targetOf(wish: Wish): Promise<Target> {
  const { action } = wish;
  const { resource, facts } = await lookedUp(wish);
  const known = { ...facts, ...givenFacts(wish) };
  const missing = [...factsOf(action).keys()].filter((name) => !(name in known));
  if (missing.length === 0) return { resource, facts: known };
  throw new Unanswerable(
    `Some facts of ${action} are not looked up: give ${missing.map(asOption(action)).join(' ')}`,
  );
}

async function lookedUp(wish: Wish): Promise<Target> {
  const { action, resource } = wish;
  const kind = kindLookedUp(action);
  if (!kind) return { resource: { kind: 'thing', id: resource, ownerId: resource }, facts: {} };
  const config = readConfig(runningSettings());
  const graph = new Graph(config.NEO4J_URL);
  try {
    const stores = { graph, masterKey: new MasterKey(config.MASTER_KEY), now: new Date() };
    const target = await realTarget(stores, action, { viewerId: viewerId(wish), resourceId: resource });
    if (!target) throw new Unanswerable(`There is no ${kind} ${resource}, which ${action} would be about.`);
    return target;
  } finally {
    await graph.close();
  }
}

function asOption(action: Action): (name: string) => string {
  return (name) => `--fact ${name}=${[...(factsOf(action).get(name) ?? [])].join('|')}`;
}

function givenFacts({ action, fact }: Wish): Facts {
  const known = factsOf(action);
  const facts = fact.map((text): [string, FactValue] => {
    const name = text.slice(0, text.indexOf('='));
    const value = [...(known.get(name) ?? [])].find((each) => text === `${name}=${each}`);
    if (value !== undefined) return [name, value];
    throw new Unanswerable(
      `${action} knows no ${text}; it knows ${[...known.keys()].map(asOption(action)).join(' ')}`,
    );
  });
  return Object.fromEntries(facts);
}

function viewerId({ subject }: Wish): string | null {
  return subject === 'anonymous' ? null : subject;
}

function subjectOf({ subject, role, scope }: Wish): Subject {
  if (subject === 'anonymous') return anonymousSubject('explained');
  return {
    kind: 'athlete',
    athleteId: subject,
    standing: 'active',
    scopes: scope,
    roles: role,
    requestId: 'explained',
  };
}

function print({ subject, action }: Wish, { resource, facts }: Target, explained: Explanation): void {
  const { verdict, flips } = explained;
  const { allowed, revealed, rules, withheld } = verdict;
  const how = allowed
    ? 'allowed'
    : `refused, ${revealed ? 'and told so (403)' : 'as if it were not there (404)'}`;
  console.log(`${action} of ${resource.kind} ${resource.id} by ${subject}: ${how}`);
  console.log(`rules     ${rules.join(', ')}`);
  if (allowed) console.log(`withheld  ${withheld.toSorted().join(', ') || 'nothing'}`);
  const read = factsOf(action);
  const rows = Object.entries(facts).map(([fact, value]) => ({
    fact,
    value: String(value),
    'could be': [...(read.get(fact) ?? [])].filter((each) => each !== value).join(' ') || 'is not read',
  }));
  console.log(rows.length > 0 ? `\n${table(rows)}` : '\nIt is decided on no facts.');
  console.log(`\n${flipsAsText(allowed ? 'refused' : 'allowed', flips)}`);
}

function flipsAsText(opposite: string, flips: Explanation['flips']): string {
  if (flips.length === 0) return `No two changes of a fact or of the caller would make it ${opposite}.`;
  const each = flips.map((flip) =>
    flip.map(({ what, from, to }) => `${what}: ${from} → ${to}`).join(' and '),
  );
  const isSingle = flips[0]?.length === 1;
  const head = isSingle ? 'if one of these were different' : 'if two things were different at once, such as';
  return [`It would be ${opposite} ${head}:`, ...each].join('\n  ');
}
