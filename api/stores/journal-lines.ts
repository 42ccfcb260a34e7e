import type { Decision } from '../../policies/access.js';

/**
 * Decisions as lines of JSON. The names are those of the columns, so that a drain hands lines on as they are.
 *
 * @param sequence number of the decision before the first
 */
export function linesOf(decisions: readonly Decision[], writer: string, sequence: number): string {
  let lines = '';
  let number = sequence;
  let [first, shared] = [decisions[0], ''];
  for (const decision of decisions) {
    // What is the same in all lines of a page is turned into text once; the time alone would cost half of it all.
    if (shared === '' || !first || !isOfSamePage(first, decision)) {
      first = decision;
      shared = fieldsOf(sharedColumns(decision));
    }
    number += 1;
    lines += `{"writer":"${writer}","sequence":${number},${fieldsOf(ownColumns(decision))},${shared}}\n`;
  }
  return lines;
}

function isOfSamePage(one: Decision, other: Decision): boolean {
  return one.subject === other.subject && one.decidedAt === other.decidedAt && one.action === other.action;
}

/** JSON without its braces. */
function fieldsOf(columns: object): string {
  return JSON.stringify(columns).slice(1, -1);
}

function sharedColumns({ decidedAt, action, subject, bundle }: Decision) {
  return {
    decided_at: decidedAt,
    action,
    subject_kind: subject.kind,
    subject_id: subject.athleteId ?? subject.name,
    session_id: subject.sessionId,
    standing: subject.standing,
    scopes: subject.scopes,
    roles: subject.roles,
    request_id: subject.requestId,
    bundle,
  };
}

function ownColumns({ decisionId, target, allowed, revealed, rules, withheld }: Decision) {
  return {
    decision_id: decisionId,
    resource_kind: target.resource.kind,
    resource_id: target.resource.id,
    owner_id: target.resource.ownerId,
    facts: target.facts,
    allowed,
    revealed,
    rules,
    withheld,
  };
}
