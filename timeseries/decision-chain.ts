import { createHash } from 'node:crypto';

/** Whose key opens the facts of a decision: see the column `facts_key`. */
export type FactsKey = 'subject' | 'owner' | 'trail' | 'gone';

/** A decision as TimescaleDB keeps it, but for its place in the chain. */
export interface StoredDecision {
  readonly writer: string;
  readonly sequence: number;
  readonly decidedAtMicroseconds: number;
  readonly decisionId: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly sessionId: string | null;
  readonly standing: string;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly resourceKind: string;
  readonly resourceId: string;
  readonly ownerId: string | null;
  readonly isListed: boolean;
  /** The ciphertext, hexadecimal. */
  readonly facts: string | null;
  readonly factsKey: FactsKey;
  readonly isTrimmed: boolean;
  readonly allowed: boolean;
  readonly revealed: boolean;
  readonly rules: readonly string[];
  readonly withheld: readonly string[];
  readonly bundle: string;
  readonly engine: string;
  readonly requestId: string;
}

/** A place in the chain of a writer: the number of a decision and what the chain is there, hexadecimal. */
export interface Link {
  readonly sequence: number;
  readonly chain: string;
}

/** Where the chain of a writer begins, before its first decision. */
export function beginningOf(writer: string): Link {
  return { sequence: 0, chain: createHash('sha256').update(`paceline audit ${writer}`).digest('hex') };
}

/** The chain after a decision: SHA-256 over the chain before it and the hash of everything that is stored of it. */
export function chainAfter(chain: string, decision: StoredDecision): string {
  return createHash('sha256').update(chain, 'hex').update(contentHash(decision)).digest('hex');
}

// The order of the fields is part of every chain there is.
function contentHash(decision: StoredDecision): Buffer {
  const content = JSON.stringify([
    decision.writer,
    decision.sequence,
    decision.decidedAtMicroseconds,
    decision.decisionId,
    decision.action,
    decision.subjectKind,
    decision.subjectId,
    decision.sessionId,
    decision.standing,
    decision.scopes,
    decision.roles,
    decision.resourceKind,
    decision.resourceId,
    decision.ownerId,
    decision.isListed,
    decision.facts,
    decision.factsKey,
    decision.isTrimmed,
    decision.allowed,
    decision.revealed,
    decision.rules,
    decision.withheld,
    decision.bundle,
    decision.engine,
    decision.requestId,
  ]);
  return createHash('sha256').update(content).digest();
}
