import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertDocumented, type SeenAnswer } from '../../support/validate-answers.js';

const answer: SeenAnswer = {
  method: 'get',
  path: '/health/live?now=1',
  status: 200,
  headers: { 'x-request-id': 'a', 'content-type': 'application/json' },
  body: { status: 'live' },
};
const problem: SeenAnswer = {
  ...answer,
  path: '/health/ready',
  status: 503,
  headers: { ...answer.headers, 'content-type': 'application/problem+json' },
  body: {
    type: '/problems/not-ready',
    title: 't',
    status: 503,
    instance: '/health/ready',
    hint: 'h',
    failing: [],
  },
};

test('a documented answer passes', () => {
  assertDocumented(answer);
  assertDocumented(problem);
  assertDocumented({ ...problem, path: '/v1/nothing', status: 404 });
});

const wrong: readonly (readonly [name: string, seen: SeenAnswer, message: RegExp])[] = [
  ['a field that is not documented', { ...answer, body: { status: 'live', since: 1 } }, /since/],
  ['a field that is missing', { ...answer, body: {} }, /required property 'status'/],
  [
    'a status that is not documented',
    { ...answer, status: 201 },
    /answered 201, which api\/openapi.json does not list/,
  ],
  [
    'another content type',
    { ...answer, headers: { 'x-request-id': 'a', 'content-type': 'text/html' } },
    /as text\/html/,
  ],
  ['no request id', { ...answer, headers: {} }, /X-Request-Id/],
  [
    'a problem that the route does not list',
    { ...problem, body: { ...Object(problem.body), type: '/problems/forbidden' } },
    /forbidden in another shape/,
  ],
  ['an answer of a route that is not there', { ...answer, path: '/v1/nothing' }, /no such route/],
];

for (const [name, seen, message] of wrong) {
  test(`${name} fails`, () => {
    assert.throws(() => assertDocumented(seen), message);
  });
}
