import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { Access, type Decision, Denied, type Engine, type Verdict } from '../../policies/access.js';
import { Sealed } from '../../policies/sealed.js';
import { ava } from './ava.js';

const now = new Date('2026-05-01T10:00:00Z');
const allowed: Verdict = { allowed: true, revealed: true, rules: ['an-allow'], withheld: [] };
const refused: Verdict = { allowed: false, revealed: false, rules: ['a-deny'], withheld: [] };

/** Access on an engine that says what it is told to, and what it recorded. */
function accessThat(...verdicts: readonly Verdict[]) {
  const recorded: Decision[] = [];
  const engine: Engine = {
    bundle: '1-test',
    decide: () => verdicts,
    admit: () => verdicts[0] ?? refused,
  };
  const access = new Access(engine, { record: (decisions) => recorded.push(...decisions) }, () => now);
  return { access, recorded };
}

const sealed = (id: string, content: () => object = () => ({ id, name: 'Morning', device: 'Edge' })) =>
  new Sealed({ kind: 'activity', id, ownerId: 'ben' }, { visibility: 'everyone' }, content);

describe('opening', () => {
  test('gives the content without what the policy withholds', () => {
    const { access } = accessThat({ ...allowed, withheld: ['device', 'nothing'] });
    assert.deepEqual(access.open(ava, 'activity.read', sealed('x')), { id: 'x', name: 'Morning' });
  });

  test('records who asked what, on which facts, and why it was so', () => {
    const { access, recorded } = accessThat(allowed);
    access.open(ava, 'activity.read', sealed('x'));
    const [{ decisionId, ...decision } = { decisionId: '' }] = recorded;
    assert.match(decisionId, /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    assert.equal(Number.parseInt(decisionId.replace('-', '').slice(0, 12), 16), now.getTime());
    assert.deepEqual(decision, {
      ...allowed,
      action: 'activity.read',
      subject: ava,
      target: { resource: { kind: 'activity', id: 'x', ownerId: 'ben' }, facts: { visibility: 'everyone' } },
      decidedAt: now,
      bundle: '1-test',
    });
  });

  test('throws what was decided when it is refused, and makes no content', () => {
    const { access, recorded } = accessThat(refused);
    const secret = sealed('x', () => assert.fail('the content was made'));
    assert.throws(
      () => access.open(ava, 'activity.read', secret),
      (error: unknown) => error instanceof Denied && error.decision === recorded[0],
    );
    assert.equal(recorded.length, 1);
  });

  test('refuses when the engine says nothing', () => {
    const { access, recorded } = accessThat();
    assert.throws(() => access.open(ava, 'activity.read', sealed('x')), Denied);
    assert.deepEqual(recorded[0]?.rules, ['engine-silent']);
  });
});

describe('opening each of a page', () => {
  test('keeps the order, drops what is refused, and records all', () => {
    const { access, recorded } = accessThat(allowed, refused, { ...allowed, withheld: ['name', 'device'] });
    const secret = sealed('b', () => assert.fail('the content was made'));
    assert.deepEqual(access.openEach(ava, 'activity.read', [sealed('a'), secret, sealed('c')]), [
      { id: 'a', name: 'Morning', device: 'Edge' },
      { id: 'c' },
    ]);
    assert.deepEqual(
      recorded.map((decision) => [decision.target.resource.id, decision.allowed]),
      [
        ['a', true],
        ['b', false],
        ['c', true],
      ],
    );
    assert.equal(new Set(recorded.map(({ decisionId }) => decisionId)).size, 3);
  });

  test('shows nothing of what the engine forgot to decide', () => {
    const { access } = accessThat(allowed);
    assert.equal(access.openEach(ava, 'activity.read', [sealed('a'), sealed('b')]).length, 1);
  });

  test('asks and records nothing for an empty page', () => {
    const { access, recorded } = accessThat(refused);
    assert.deepEqual(access.openEach(ava, 'activity.read', []), []);
    assert.deepEqual(recorded, []);
  });
});

test('nothing is opened, granted or admitted whose decision could not be recorded', () => {
  const full = new Error('the journal is full');
  const engine: Engine = { bundle: '1-test', decide: () => [allowed], admit: () => refused };
  const recorder = {
    record: () => {
      throw full;
    },
  };
  const access = new Access(engine, recorder, () => now);
  const secret = sealed('x', () => assert.fail('the content was made'));
  assert.throws(() => access.open(ava, 'activity.read', secret), full);
  assert.throws(() => access.openEach(ava, 'activity.read', [secret]), full);
  assert.throws(() => access.require(ava, 'activity.read', secret), full);
  assert.throws(() => access.admit(ava, 'activity.read'), full);
});

describe('admission', () => {
  test('records refusals alone, for a decision follows where it admits', () => {
    const { access, recorded } = accessThat(allowed);
    access.admit(ava, 'feed.read');
    assert.deepEqual(recorded, []);
  });

  test('refuses with the action as what was asked for', () => {
    const { access, recorded } = accessThat(refused);
    assert.throws(() => access.admit(ava, 'feed.read'), Denied);
    assert.deepEqual(recorded[0]?.target, { resource: { kind: 'route', id: 'feed.read' }, facts: {} });
  });
});

describe('a grant', () => {
  test('names its decision and holds for its action alone', () => {
    const { access, recorded } = accessThat(allowed);
    const { resource, facts } = sealed('x');
    const grant = access.require(ava, 'activity.update', { resource, facts });
    assert.equal(grant.decisionId, recorded[0]?.decisionId);
    assert.equal(grant.subject, ava);
    grant.assertFor('activity.delete', 'activity.update');
    assert.throws(() => grant.assertFor('activity.delete'), /used for activity.delete/);
  });

  test('can not be imitated by an object that looks like one', () => {
    const { access } = accessThat(allowed);
    const { resource, facts } = sealed('x');
    const grant = access.require(ava, 'activity.update', { resource, facts });
    const copy = Object.assign(Object.create(Object.getPrototypeOf(grant)), grant);
    assert.throws(() => copy.assertFor('activity.update'), TypeError);
  });
});

test('a sealed value shows nothing of itself in JSON or in a log', () => {
  const secret = sealed('x', () => ({ home: 'Lindenweg 7' }));
  assert.throws(() => JSON.stringify({ items: [secret] }), /open it through Access first/);
  assert.doesNotMatch(inspect(secret, { depth: 9, showHidden: true }), /Lindenweg/);
  assert.deepEqual(Object.keys(secret).sort(), ['facts', 'resource']);
});
