import { randomUUID } from 'node:crypto';
import type { Action } from './actions.js';
import { withoutParts } from './parts.js';
import type { Facts, Resource } from './sealed.js';
import { Sealed } from './sealed.js';

/** How a session stands right now; read from the graph on each request, never taken from the token. */
export type Standing = 'none' | 'active' | 'ended' | 'expired' | 'suspended';

/** Who asks. `scopes` come from the token and can only narrow; `standing` comes from the graph. */
export interface Subject {
  readonly kind: 'anonymous' | 'athlete' | 'system';
  readonly athleteId?: string;
  readonly sessionId?: string;
  /** The part of Paceline that acts, for a `system` subject. */
  readonly name?: string;
  readonly standing: Standing;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly requestId: string;
}

/** What is asked about: a resource and the facts that its rules read. */
export interface Target {
  readonly resource: Resource;
  readonly facts: Facts;
}

/** One answer of the policy engine. */
export interface Verdict {
  readonly allowed: boolean;
  /** Whether a refused caller may know that the thing exists: 403 if so, else 404. */
  readonly revealed: boolean;
  /** Ids of the rules that decided: those that allowed, or those that denied; `default-deny` when none did. */
  readonly rules: readonly string[];
  /** Names of parts that the caller must not see; `parts.ts` says which fields they are. */
  readonly withheld: readonly string[];
}

export interface Decision extends Verdict {
  readonly decisionId: string;
  readonly action: Action;
  readonly subject: Subject;
  readonly target: Target;
  readonly decidedAt: Date;
  readonly bundle: string;
}

/** Evaluates the policy: one verdict per target, in order. Never throws: what it cannot evaluate is a denial. */
export interface Engine {
  readonly bundle: string;
  decide(action: Action, subject: Subject, targets: readonly Target[]): readonly Verdict[];
  /** Scope and standing only, before any query. */
  admit(action: Action, subject: Subject): Verdict;
}

/** Makes decisions durable before anyone hears of them. Throws when it cannot; then nothing is answered. */
export interface Recorder {
  /** @param isList the decisions are a page of a list: each thing was shown in passing, nobody asked for it */
  record(decisions: readonly Decision[], isList?: boolean): void;
}

/** The policy refused. `revealed` tells 403 from 404. */
export class Denied extends Error {
  override name = 'Denied';
  constructor(readonly decision: Decision) {
    super(`${decision.action} refused by ${decision.rules.join(', ')}`);
  }
}

// Assigned inside Grant, so that nothing else can make one.
let issueGrant: (decision: Decision) => Grant;

/** Proof that a decision allowed an action; every function that writes takes one. Only `Access` makes them. */
export class Grant {
  readonly #brand = true;
  private constructor(
    readonly decisionId: string,
    readonly action: Action,
    readonly subject: Subject,
    readonly resource: Resource,
    private readonly withheld: readonly string[],
  ) {}

  static {
    issueGrant = ({ decisionId, action, subject, target, withheld }) =>
      new Grant(decisionId, action, subject, target.resource, withheld);
  }

  /** Asserts that this is a genuine grant for one of the actions; the graph calls it before it writes. */
  assertFor(...actions: readonly Action[]): void {
    if (!this.#brand || !actions.includes(this.action)) {
      throw new Error(`a grant for ${this.action} was used for ${actions.join(' or ')}`);
    }
  }

  /** Whether its decision withholds a part by this name. */
  withholds(part: string): boolean {
    return this.withheld.includes(part);
  }

  /** What another store has of the thing, without the parts that are withheld: for where it is read. */
  without<Content extends object>(content: Content): Content {
    return withoutParts(this.resource.kind, content, this.withheld);
  }
}

/** The single place where access is decided, recorded and applied. */
export class Access {
  constructor(
    private readonly engine: Engine,
    private readonly recorder: Recorder,
    private readonly now: () => Date,
  ) {}

  /** Refuses early what no fact could allow (standing, scope); records only refusals, since a decision follows. */
  admit(subject: Subject, action: Action): void {
    const verdict = this.engine.admit(action, subject);
    if (verdict.allowed) return;
    const target = { resource: { kind: 'route', id: action }, facts: {} };
    const decision = this.decision(action, subject, target, stampAt(this.now()), verdict);
    this.recorder.record([decision]);
    throw new Denied(decision);
  }

  /**
   * Decides on facts that the caller has read (and locked, when a write follows).
   *
   * @throws {Denied} the policy refused
   */
  require(subject: Subject, action: Action, target: Target): Grant {
    return issueGrant(this.decideOne(subject, action, target));
  }

  /**
   * Opens one sealed value, without the parts that its policy withholds.
   *
   * @throws {Denied} the policy refused
   */
  open<Content extends object>(subject: Subject, action: Action, sealed: Sealed<Content>): Content {
    const decision = this.decideOne(subject, action, sealed);
    return opened(sealed, decision);
  }

  /**
   * Opens one sealed value, with the grant for what belongs to it in other stores: one decision for both.
   *
   * @throws {Denied} the policy refused
   */
  openWithGrant<Content extends object>(
    subject: Subject,
    action: Action,
    sealed: Sealed<Content>,
  ): { readonly content: Content; readonly grant: Grant } {
    const decision = this.decideOne(subject, action, sealed);
    return { content: opened(sealed, decision), grant: issueGrant(decision) };
  }

  /** Decides a page in one evaluation and keeps what may be seen, in order. */
  openEach<Content extends object>(
    subject: Subject,
    action: Action,
    page: readonly Sealed<Content>[],
  ): Content[] {
    if (page.length === 0) return [];
    const verdicts = this.engine.decide(action, subject, page);
    const stamp = stampAt(this.now());
    const decisions = page.map((sealed, index) =>
      this.decision(action, subject, sealed, stamp, verdicts[index]),
    );
    this.recorder.record(decisions, true);
    return page.flatMap((sealed, index) => {
      const decision = decisions[index];
      return decision?.allowed ? [opened(sealed, decision)] : [];
    });
  }

  private decideOne(subject: Subject, action: Action, target: Target): Decision {
    const [verdict] = this.engine.decide(action, subject, [target]);
    const decision = this.decision(action, subject, target, stampAt(this.now()), verdict);
    this.recorder.record([decision]);
    if (!decision.allowed) throw new Denied(decision);
    return decision;
  }

  private decision(
    action: Action,
    subject: Subject,
    target: Target,
    { decidedAt, newId }: Stamp,
    verdict: Verdict = NO_VERDICT,
  ): Decision {
    const { resource, facts } = target;
    // Named one by one: spreading a parsed object costs more than deciding it.
    const { allowed, revealed, rules, withheld } = verdict;
    return {
      decisionId: newId(),
      decidedAt,
      action,
      subject,
      target: { resource, facts },
      allowed,
      revealed,
      rules,
      withheld,
      bundle: this.engine.bundle,
    };
  }
}

/** When decisions are made together, and what gives each its id. */
interface Stamp {
  readonly decidedAt: Date;
  readonly newId: () => string;
}

// UUIDv7 like all our ids; pages are full of decisions, and made this way an id costs a twentieth of the usual.
function stampAt(decidedAt: Date): Stamp {
  const milliseconds = decidedAt.getTime().toString(16).padStart(12, '0');
  const head = `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7`;
  return { decidedAt, newId: () => head + randomUUID().slice(15) };
}

// An engine that answers fewer verdicts than it was asked for has failed; that is a denial.
const NO_VERDICT: Verdict = { allowed: false, revealed: false, rules: ['engine-silent'], withheld: [] };

function opened<Content extends object>(sealed: Sealed<Content>, { withheld }: Decision): Content {
  return withoutParts(sealed.resource.kind, Sealed.unseal(sealed), withheld);
}
