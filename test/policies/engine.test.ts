import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Subject, Target } from '../../policies/access.js';
import { loadEngine, type Runtime, WasmEngine } from '../../policies/engine.js';

const ava: Subject = {
  kind: 'athlete',
  athleteId: 'ava',
  sessionId: 's-1',
  standing: 'active',
  scopes: ['*'],
  roles: [],
  requestId: 'r-1',
};

const activity = (ownerId: string, facts: Target['facts'] = {}): Target => ({
  resource: { kind: 'activity', id: 'x', ownerId },
  facts: { visibility: 'followers', isFollower: false, isBlocked: false, ownerStanding: 'active', ...facts },
});

const rulesOf = (verdicts: readonly { rules: readonly string[] }[]) => verdicts.map(({ rules }) => rules);

describe('the engine', () => {
  test('answers a page in its order, whichever targets look the same to the rules', async () => {
    const engine = await loadEngine();
    const page = [
      activity('ben'),
      activity('ava'),
      activity('cleo', { isFollower: true }),
      activity('dora', { isFollower: true }),
      activity('ava'),
      activity('ben', { isBlocked: true }),
      activity('emil'),
    ];
    assert.deepEqual(rulesOf(engine.decide('activity.read', ava, page)), [
      ['default-deny'],
      ['activity-read-owner'],
      ['activity-read-follower'],
      ['activity-read-follower'],
      ['activity-read-owner'],
      ['deny-blocked'],
      ['default-deny'],
    ]);
    for (const target of page) {
      const [alone] = engine.decide('activity.read', ava, [target]);
      assert.deepEqual(engine.decide('activity.read', ava, page)[page.indexOf(target)], alone);
    }
    assert.deepEqual(engine.decide('activity.read', ava, []), []);
  });

  test('takes nobody for the owner of what is not theirs, whatever they are called', async () => {
    const engine = await loadEngine();
    const ownerless = { resource: { kind: 'activity', id: 'x' }, facts: activity('ben').facts };
    for (const athleteId of ['another', 'null', 'undefined', '', undefined, null]) {
      const caller = { ...ava, athleteId } as Subject;
      for (const target of [activity('ben'), ownerless]) {
        const [verdict] = engine.decide('activity.update', caller, [target]);
        assert.equal(verdict?.allowed, false, String(athleteId));
      }
    }
  });
});

const FAULTS: readonly (readonly [string, () => unknown, string])[] = [
  [
    'a bare string',
    () => {
      throw 'opa abort';
    },
    'engine-abort',
  ],
  [
    'a built-in that is missing',
    () => {
      throw { message: 'not implemented: built-in function 3: time.now_ns' };
    },
    'engine-builtin-missing',
  ],
  [
    'a trap',
    () => {
      throw new Error('unreachable');
    },
    'engine-trap',
  ],
  [
    'memory that ends',
    () => {
      throw new RangeError('Maximum memory size exceeded');
    },
    'engine-trap',
  ],
  ['nothing', () => undefined, 'engine-undefined'],
  ['no results', () => [], 'engine-undefined'],
  ['an undefined rule', () => [{}], 'engine-undefined'],
  ['null', () => [{ result: null }], 'engine-undefined'],
  ['a string', () => [{ result: 'engine-allows' }], 'engine-undefined'],
  ['fewer verdicts than items', () => [{ result: [] }], 'engine-undefined'],
  ['a verdict without its parts', () => [{ result: [{ allowed: true }] }], 'engine-undefined'],
  ['a verdict that is true', () => [{ result: [true] }], 'engine-undefined'],
  [
    'rules that are no texts',
    () => [{ result: [{ allowed: true, revealed: true, rules: [1], withheld: [] }] }],
    'engine-undefined',
  ],
];

describe('an engine whose runtime gives or throws', () => {
  for (const [name, fault, reason] of FAULTS) {
    test(`${name}: denies, conceals and is healthy the next time`, () => {
      let isFaulty = true;
      const allowed = { allowed: true, revealed: true, rules: ['some-rule'], withheld: [] };
      const runtime = (): Runtime => ({
        evaluate: (_, entrypoint) => {
          if (isFaulty) return fault();
          return [{ result: entrypoint === 'paceline/admit' ? allowed : [allowed] }];
        },
      });
      const engine = new WasmEngine('1-test', runtime);
      const denial = { allowed: false, revealed: false, rules: [reason], withheld: [] };

      assert.deepEqual(engine.decide('activity.read', ava, [activity('ben'), activity('cleo')]), [
        denial,
        denial,
      ]);
      if (name !== 'fewer verdicts than items') assert.deepEqual(engine.admit('activity.read', ava), denial);

      isFaulty = false;
      assert.deepEqual(engine.decide('activity.read', ava, [activity('ben')]), [allowed]);
      assert.deepEqual(engine.admit('activity.read', ava), allowed);
    });
  }

  test('does not use an instance again that has thrown', () => {
    let made = 0;
    const engine = new WasmEngine('1-test', () => {
      made += 1;
      const isBroken = made === 1;
      return {
        evaluate: () => {
          if (isBroken) throw 'abort';
          return [{ result: [{ allowed: true, revealed: true, rules: ['r'], withheld: [] }] }];
        },
      };
    });
    for (const visibility of ['a', 'b', 'c'])
      engine.decide('activity.read', ava, [activity('ben', { visibility })]);
    assert.equal(made, 2);
  });
});

describe('an engine that is asked too much', () => {
  test('denies what is too large, and is healthy the next time', async () => {
    const engine = await loadEngine();
    const huge = activity('ben', { visibility: 'x'.repeat(600_000) });
    assert.deepEqual(rulesOf(engine.decide('activity.read', ava, [huge, activity('ava')])), [
      ['engine-input-too-large'],
      ['engine-input-too-large'],
    ]);
    assert.deepEqual(rulesOf(engine.decide('activity.read', ava, [activity('ava')])), [
      ['activity-read-owner'],
    ]);
  });

  test('denies what exhausts the memory of the real runtime, and is healthy the next time', async () => {
    const engine = await loadEngine();
    // Small as text and large once parsed: as many numbers as fit into the largest input.
    const many = activity('ben', { visibility: 'x', counts: Array(250_000).fill(0) as never });
    const [verdict] = engine.decide('activity.read', ava, [many]);
    assert.equal(verdict?.allowed, false);
    assert.deepEqual(rulesOf(engine.decide('activity.read', ava, [activity('ava')])), [
      ['activity-read-owner'],
    ]);
  });

  test('denies what is no JSON', async () => {
    const engine = await loadEngine();
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    assert.deepEqual(rulesOf(engine.decide('activity.read', ava, [activity('ben', circle as never)])), [
      ['engine-input'],
    ]);
    assert.deepEqual(
      rulesOf(engine.decide('activity.read', ava, [activity('ben', { count: 1n } as never)])),
      [['engine-input']],
    );
  });

  test('denies falsy facts and targets instead of taking them for nothing to decide', async () => {
    const engine = await loadEngine();
    for (const facts of [undefined, null, false, 0, '', []]) {
      const [verdict] = engine.decide('activity.read', ava, [{ ...activity('ben'), facts: facts as never }]);
      assert.equal(verdict?.allowed, false, String(facts));
      assert.deepEqual(verdict?.rules, ['deny-facts-missing'], String(facts));
    }
    assert.deepEqual(rulesOf(engine.decide('activity.read', ava, [undefined as never])), [['engine-input']]);
    assert.deepEqual(rulesOf(engine.decide('' as never, ava, [activity('ben')])), [['deny-unknown-action']]);
    assert.equal(engine.admit('activity.read', {} as never).allowed, false);
    assert.equal(engine.admit(undefined as never, undefined as never).allowed, false);
  });

  test('keeps its memory over many pages of every size', async () => {
    const engine = await loadEngine();
    let asked = 0;
    const page = (size: number) =>
      Array.from({ length: size }, () => activity('ben', { visibility: `v${asked++}` }));
    // As much as is remembered at most.
    for (let round = 0; round < 100; round++) engine.decide('activity.read', ava, page(100));
    const before = process.memoryUsage.rss();
    for (let round = 0; round < 2_000; round++) engine.decide('activity.read', ava, page(1 + (round % 100)));
    assert.ok(process.memoryUsage.rss() - before < 64 * 1024 * 1024);
  });
});
