import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Subject, Target } from '../../policies/access.js';
import type { Action } from '../../policies/actions.js';
import { newRuntime, WasmEngine } from '../../policies/engine.js';
import { packageOf } from '../../policies/seen-by-rules.js';
import { caseCells } from '../../scripts/policies/cases.js';
import { bundledWasm } from '../../scripts/policies/sources.js';
import { randomFrom } from '../../scripts/simulate/random.js';
import { below, oneOf } from '../../scripts/village/chance.js';
import { testCount } from '../support/counts.js';
import { ava } from './ava.js';

const SEED = 20_261_129;
const PAGES = testCount(1_000, 100_000);
const MOST_THINGS = 12;

const facts = { visibility: 'followers', isFollower: true, isBlocked: false, ownerStanding: 'active' };
const activity: Target = { resource: { kind: 'activity', id: 'x', ownerId: 'ben' }, facts };

/** The policy, how often it was evaluated, and about how many things. */
function counted() {
  const runtime = newRuntime(bundledWasm());
  const counts = { evaluations: 0, things: 0 };
  const engine = new WasmEngine('1-test', () => ({
    evaluate: (input, entrypoint) => {
      counts.evaluations += 1;
      counts.things += JSON.parse(new TextDecoder().decode(input)).items?.length ?? 0;
      return runtime.evaluate(input, entrypoint);
    },
  }));
  return { engine, counts };
}

describe('what was decided once', () => {
  test('is not evaluated again, whoever asks and whichever thing it is', () => {
    const { engine, counts } = counted();
    const first = engine.decide('activity.read', ava, [activity]);
    const other = { ...activity, resource: { kind: 'activity', id: 'y', ownerId: 'cleo' } };
    const dora = { ...ava, athleteId: 'dora', sessionId: 's-2', requestId: 'r-2' };

    assert.deepEqual(engine.decide('activity.read', ava, [activity, other]), [...first, ...first]);
    assert.deepEqual(engine.decide('activity.read', dora, [other]), first);
    assert.deepEqual(engine.admit('activity.read', dora), engine.admit('activity.read', ava));
    assert.deepEqual(counts, { evaluations: 2, things: 1 });
  });

  const others: readonly (readonly [string, Action, Subject, Target])[] = [
    ['another action', 'activity.readStreams', ava, activity],
    ['another standing', 'activity.read', { ...ava, standing: 'suspended' }, activity],
    ['other scopes', 'activity.read', { ...ava, scopes: [] }, activity],
    ['other roles', 'activity.read', { ...ava, roles: ['moderator'] }, activity],
    ['somebody without a log-in', 'activity.read', { ...ava, kind: 'anonymous' }, activity],
    ['the owner', 'activity.read', { ...ava, athleteId: 'ben' }, activity],
    [
      'another kind of thing',
      'activity.read',
      ava,
      { ...activity, resource: { ...activity.resource, kind: 'club' } },
    ],
    ['no owner', 'activity.read', ava, { ...activity, resource: { kind: 'activity', id: 'x' } }],
    ...Object.keys(facts).map(
      (name) =>
        [
          `another ${name}`,
          'activity.read',
          ava,
          { ...activity, facts: { ...facts, [name]: 'changed' } },
        ] as const,
    ),
  ];
  for (const [name, action, subject, target] of others) {
    test(`does not answer for ${name}`, () => {
      const { engine, counts } = counted();
      engine.decide('activity.read', ava, [activity]);
      engine.decide(action, subject, [target]);
      assert.equal(counts.things, 2);
    });
  }

  test('is forgotten in time, whatever is asked', () => {
    const { engine, counts } = counted();
    engine.decide('activity.read', ava, [activity]);
    for (let index = 0; index < 10_000; index += 100) {
      const page = Array.from({ length: 100 }, (_, at) => ({
        ...activity,
        facts: { ...facts, count: index + at },
      }));
      engine.decide('activity.read', ava, page);
    }
    engine.decide('activity.read', ava, [activity]);
    assert.equal(counts.things, 10_002);
  });
});

test('whatever was asked before, each answer is that of the rules to the whole question', () => {
  const random = randomFrom(SEED);
  const { engine, counts } = counted();
  const runtime = newRuntime(bundledWasm());
  const cells = caseCells();
  let things = 0;
  for (let page = 0; page < PAGES; page += 1) {
    const at = below(random, cells.length);
    const { action, subject: person } = oneOf(random, cells.slice(at, at + 1));
    // Cells of one action lie side by side.
    const ofAction = cells.slice(at, at + 500).filter((cell) => cell.action === action);
    const subject = { ...person, requestId: 'r' } as unknown as Subject;
    const targets = Array.from({ length: 1 + below(random, MOST_THINGS) }, (_, index): Target => {
      const { resource, facts } = oneOf(random, ofAction);
      const owners = [resource.ownerId, subject.athleteId, `somebody-${index}`, 'caller'];
      const ownerId = owners[below(random, owners.length)];
      const { kind } = resource;
      return { resource: { kind, id: `${index}`, ...(ownerId !== undefined && { ownerId }) }, facts };
    });

    const verdicts = engine.decide(action, subject, targets);

    const question = { action: packageOf(action), subject, items: targets };
    const { buffer } = new TextEncoder().encode(JSON.stringify(question)).slice();
    const [answer] = runtime.evaluate(buffer, 'paceline/decisions') as { result: unknown }[];
    assert.deepEqual(verdicts, answer?.result, JSON.stringify(question));
    things += targets.length;
  }
  assert.ok(counts.things < things, 'nothing was known, so nothing was tested');
});
