import type { Subject, Target, Verdict } from '../../../policies/access.js';
import { ACTIVITIES } from './activities.js';
import { isAdmitted } from './admission.js';
import { ATHLETES } from './athletes.js';
import { CLUBS } from './clubs.js';
import { OWN_THINGS } from './own-things.js';
import { RECOMMENDATIONS } from './recommendations.js';
import { ROLES } from './roles.js';
import { ABSENT, type Fact, type Facts, type Outcome, type Rules, type Viewer } from './viewer.js';

/**
 * A second model of every rule, written from the titles of the cases and the README of `policies/`, without the Rego:
 * what both agree on in every cell is either right or was misunderstood twice.
 */
export const MODEL: Readonly<Record<string, Rules>> = {
  ...OWN_THINGS,
  ...ATHLETES,
  ...ACTIVITIES,
  ...CLUBS,
  ...RECOMMENDATIONS,
  ...ROLES,
};

/** What the model says; `refused` is admission, which says nothing of the thing and so is told. */
export function modelOutcome(viewer: Viewer, action: string, facts: Facts): Outcome {
  if (!isAdmitted(viewer, action)) return 'told';
  return MODEL[action]?.outcome(viewer, facts) ?? 'hidden';
}

/** An answer of either, to compare them by: the reason is not of the model. */
export function spelled(outcome: Outcome): string {
  if (typeof outcome === 'string') return outcome;
  return outcome.without.length === 0 ? 'done' : `done without ${[...outcome.without].sort().join()}`;
}

/** The same of the policy engine. */
export function spelledVerdict(verdict: Verdict | undefined): string {
  if (!verdict) return 'nothing';
  if (!verdict.allowed) return verdict.revealed ? 'told' : 'hidden';
  return spelled({ without: verdict.withheld });
}

/** The viewer as the engine is asked about them. */
export function subjectOf({ kind, name, standing, scopes, roles }: Viewer): Subject {
  const athlete = kind === 'athlete' ? { athleteId: 'viewer' } : {};
  const part = name === undefined ? {} : { name };
  // A kind that we don't know is asked about as well.
  return {
    kind: kind as Subject['kind'],
    ...athlete,
    ...part,
    standing: standing as Subject['standing'],
    scopes,
    roles,
    requestId: 'r',
  };
}

/** The thing as the engine is asked about it. */
export function targetOf({ owns }: Viewer, facts: Facts): Target {
  const owner = owns === 'nobodys' ? {} : { ownerId: owns === 'own' ? 'viewer' : 'somebody' };
  const known = Object.entries(facts).filter(([, value]) => value !== ABSENT);
  return { resource: { kind: 'thing', id: 'x', ...owner }, facts: Object.fromEntries(known) };
}

type Domain = Readonly<Record<string, readonly Fact[]>>;

/**
 * Combinations of values, one after another: they are too many for a list.
 *
 * @param every takes the first, and then one in so many
 */
export function* combinations(domain: Domain, every = 1): Generator<Facts> {
  const names = Object.entries(domain);
  const count = names.reduce((product, [, values]) => product * values.length, 1);
  for (let place = 0; place < count; place += every) yield combinationAt(names, place);
}

function combinationAt(names: readonly (readonly [string, readonly Fact[]])[], place: number): Facts {
  const facts: Record<string, Fact> = {};
  let rest = place;
  for (const [name, values] of names) {
    facts[name] = values[rest % values.length] ?? ABSENT;
    rest = Math.floor(rest / values.length);
  }
  return facts;
}
