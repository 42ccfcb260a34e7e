import { BrokenCiphertext } from '../../policies/keys.js';
import { Sealed } from '../../policies/sealed.js';
import type { ReadDecision } from '../../timeseries/decision-reads.js';
import type { App } from '../wiring.js';
import { FactsKeys } from './facts.js';
import type { DecisionView } from './shapes.js';

/** Decisions that only an auditor opens; their facts stay encrypted for everyone who is refused. */
export async function sealedDecisions(
  { graph, masterKey }: Pick<App, 'graph' | 'masterKey'>,
  rows: readonly ReadDecision[],
): Promise<readonly Sealed<DecisionView>[]> {
  const keys = await FactsKeys.of(graph, masterKey, rows);
  return rows.map((row) => new Sealed({ kind: 'decision', id: row.decisionId }, {}, () => viewOf(row, keys)));
}

function viewOf(row: ReadDecision, keys: FactsKeys): DecisionView {
  const { decisionId, decidedAt, action, requestId, bundle, engine, writer, sequence } = row;
  const { allowed, revealed, rules, withheld, isListed } = row;
  return {
    decisionId,
    decidedAt: decidedAt.toISOString(),
    action,
    subject: {
      kind: row.subjectKind,
      id: row.subjectId,
      sessionId: row.sessionId,
      standing: row.standing,
      scopes: [...row.scopes],
      roles: [...row.roles],
    },
    resource: { kind: row.resourceKind, id: row.resourceId, ownerId: row.ownerId },
    isListed,
    ...factsOf(row, keys),
    allowed,
    revealed,
    rules: [...rules],
    withheld: [...withheld],
    bundle,
    engine,
    requestId,
    writer,
    sequence,
  };
}

function factsOf(row: ReadDecision, keys: FactsKeys): Pick<DecisionView, 'facts' | 'factsState'> {
  try {
    const recorded = keys.decrypt(row);
    if (!recorded) return { facts: null, factsState: 'forgotten' };
    return { facts: { ...recorded.facts }, factsState: recorded.trimmed ? 'trimmed' : 'whole' };
  } catch (error) {
    // What nobody can open any more is told, and audit:verify says what happened to it.
    if (error instanceof BrokenCiphertext) return { facts: null, factsState: 'broken' };
    throw error;
  }
}
