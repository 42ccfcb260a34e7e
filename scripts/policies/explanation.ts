import type { Engine, Subject, Target, Verdict } from '../../policies/access.js';
import type { Action } from '../../policies/actions.js';
import type { FactValue } from '../../policies/sealed.js';
import { caseCells } from './cases.js';

/** What is asked of the policy. */
export interface Question {
  readonly action: Action;
  readonly subject: Subject;
  readonly target: Target;
}

/** Something that would have to be otherwise. */
export interface Change {
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

/** What the policy says, and why it does not say the opposite. */
export interface Explanation {
  readonly verdict: Verdict;
  /** Each turns the answer around by itself; two things at once where no single one does. */
  readonly flips: readonly (readonly Change[])[];
}

/** The facts that an action is decided on, each with the values that any case knows. */
export function factsOf(action: Action): ReadonlyMap<string, ReadonlySet<FactValue>> {
  const cells = CELLS.filter((cell) => cell.action === action);
  const names = [...new Set(cells.flatMap(({ facts }) => Object.keys(facts)))];
  // What never changes in the cases of an action is there for another action of the same table.
  const read = names.filter((name) => new Set(cells.flatMap(({ facts }) => facts[name] ?? [])).size > 1);
  return new Map(read.map((name) => [name, VALUES.get(name) ?? new Set()]));
}

// What stands in the cases for a word that nobody knows; to become that helps nobody.
const UNKNOWN_WORDS: readonly FactValue[] = ['somebodyElses', 'king'];

const CELLS = caseCells();
const VALUES = new Map<string, Set<FactValue>>();
for (const [name, value] of CELLS.flatMap(({ facts }) => Object.entries(facts))) {
  if (!UNKNOWN_WORDS.includes(value)) VALUES.set(name, (VALUES.get(name) ?? new Set()).add(value));
}

const ROLES = ['admin', 'analyst', 'auditor', 'moderator', 'operator'];

/** Decides, and tries every other value of each fact and of the caller, then every two of them. */
export function explain(engine: Engine, question: Question): Explanation {
  const verdict = decided(engine, question);
  const changes = changesOf(question);
  const turns = (tried: readonly Candidate[]) => {
    const changed = tried.reduce((asked, { change }) => change(asked), question);
    return decided(engine, changed).allowed !== verdict.allowed;
  };
  const single = changes.filter((change) => turns([change])).map((change) => [change]);
  const flips = single.length > 0 ? single : pairsOf(changes).filter(turns);
  return { verdict, flips: flips.map((flip) => flip.map(({ what, from, to }) => ({ what, from, to }))) };
}

function decided(engine: Engine, { action, subject, target }: Question): Verdict {
  const [verdict] = engine.decide(action, subject, [target]);
  if (!verdict) throw new Error('the engine said nothing');
  return verdict;
}

interface Candidate extends Change {
  readonly change: (question: Question) => Question;
}

function changesOf({ action, subject, target }: Question): readonly Candidate[] {
  const ofFacts = [...factsOf(action)].flatMap(([name, values]) => {
    const now = target.facts[name];
    return [...values]
      .filter((value) => value !== now)
      .map((value) => ({
        what: name,
        from: now === undefined ? 'not known' : String(now),
        to: String(value),
        change: (asked: Question) => withFact(asked, name, value),
      }));
  });
  return [...ofFacts, ...changesOfCaller(subject)];
}

function withFact({ target, ...question }: Question, name: string, value: FactValue): Question {
  return { ...question, target: { ...target, facts: { ...target.facts, [name]: value } } };
}

function changesOfCaller(subject: Subject): readonly Candidate[] {
  const { kind, standing, scopes, roles } = subject;
  const become = (what: string, from: string, to: string, changed: Partial<Subject>): Candidate => ({
    what: `the caller's ${what}`,
    from: from || 'none',
    to,
    change: ({ subject, ...question }) => ({ ...question, subject: { ...subject, ...changed } }),
  });
  if (kind === 'anonymous') {
    const someone = { kind: 'athlete', athleteId: 'somebody', standing: 'active', scopes: ['*'] } as const;
    return [become('log-in', '', 'an athlete', someone)];
  }
  const standings = (['active', 'suspended'] as const).filter((other) => other !== standing);
  return [
    ...standings.map((other) => become('standing', standing, other, { standing: other })),
    ...(scopes.includes('*') ? [] : [become('scopes', scopes.join(), '*', { scopes: ['*'] })]),
    ...ROLES.filter((role) => !roles.includes(role)).map((role) =>
      become('roles', roles.join(), [...roles, role].join(), { roles: [...roles, role] }),
    ),
  ];
}

function pairsOf(changes: readonly Candidate[]): readonly (readonly Candidate[])[] {
  return changes.flatMap((first, index) =>
    changes
      .slice(index + 1)
      .filter(({ what }) => what !== first.what)
      .map((second) => [first, second]),
  );
}
