import type { Answer } from './endpoint.js';
import { etagOf } from './etags.js';
import { PROBLEM_TYPES } from './problem-types.js';
import { type Problem, problemBody } from './problems.js';

/** An answer as text, ready for the wire or to be kept for a repetition. */
export interface Rendered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JSON_TYPE = 'application/json';
const PROBLEM_TYPE = 'application/problem+json';

/** A view or nothing as text; its entity tag names the version and the exact body. */
export function renderAnswer(answer: Exclude<Answer, { kind: 'file' }>): Rendered {
  if (answer.kind === 'empty') return { status: answer.status, headers: {}, body: '' };
  const body = JSON.stringify(answer.view);
  const headers = {
    'Content-Type': JSON_TYPE,
    ETag: etagOf(body, answer.version),
    ...(answer.location === undefined ? {} : { Location: answer.location }),
  };
  return { status: answer.status, headers, body };
}

/** A problem as text. @param instance the path of the request, without its query */
export function renderProblem(problem: Problem, instance: string): Rendered {
  return {
    status: PROBLEM_TYPES[problem.slug].status,
    headers: { 'Content-Type': PROBLEM_TYPE },
    body: JSON.stringify(problemBody(problem, instance)),
  };
}
