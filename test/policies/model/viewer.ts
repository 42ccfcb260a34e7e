/** Who asks, as the model sees them: how they stand to the thing, not who they are. */
export interface Viewer {
  readonly kind: 'athlete' | 'anonymous' | 'system' | 'robot';
  /** Whether the thing is theirs; `nobodys` where nobody is named. */
  readonly owns: 'own' | 'others' | 'nobodys';
  readonly name?: string;
  readonly standing: string;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
}

/** Of a fact that is a count the model takes some numbers. */
export type Fact = boolean | string | number;
export type Facts = Readonly<Record<string, Fact>>;

/** What becomes of a question: done (without some parts), hidden as if it weren't there, or told that one may not. */
export type Outcome = { readonly without: readonly string[] } | 'hidden' | 'told';

/** The rules of one action: which facts they read, with every value, and what they say. */
export interface Rules {
  readonly facts: Readonly<Record<string, readonly Fact[]>>;
  readonly outcome: (viewer: Viewer, facts: Facts) => Outcome;
}

export const ABSENT = 'absent';
export const DONE: Outcome = { without: [] };

export const YES_NO = [true, false, ABSENT] as const;
export const STANDINGS = ['active', 'suspended', 'deleted', ABSENT] as const;

export const isSomebody = ({ kind }: Viewer): boolean => kind === 'athlete';
export const isOwn = ({ kind, owns }: Viewer): boolean => kind === 'athlete' && owns === 'own';

/** Done or, for everybody else, not there. */
export const when = (isAllowed: boolean): Outcome => (isAllowed ? DONE : 'hidden');

/** Done or else told. */
export const whenTold = (isAllowed: boolean): Outcome => (isAllowed ? DONE : 'told');

/** With whom something may be shared, and a word that nobody knows. */
export const CIRCLES: readonly Fact[] = [
  'everyone',
  'followers',
  'clubMates',
  'onlyMe',
  'somebodyElses',
  ABSENT,
];

/** Whether somebody else is among those with whom a thing is shared. */
export function isIn(circle: Fact | undefined, viewer: Viewer, facts: Facts): boolean {
  if (circle === 'everyone') return true;
  if (!isSomebody(viewer)) return false;
  if (circle === 'followers') return facts.isFollower === true;
  return circle === 'clubMates' && facts.isClubMate === true;
}

/** Whether an athlete, with everything of theirs, is not there for somebody else, or may not be. */
export function isConcealed(viewer: Viewer, facts: Facts): boolean {
  return !isOwn(viewer) && (facts.isBlocked !== false || facts.ownerStanding !== 'active');
}
