import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from '../../../policies/actions.js';
import { loadEngine } from '../../../policies/engine.js';
import { testCount } from '../../support/counts.js';
import { DOORS, isAdmitted, MODEL_SCOPES, WORK_OF } from './admission.js';
import { CALLERS, PLAIN_VIEWERS, piecesOf, VIEWERS } from './domain.js';
import { combinations, MODEL, modelOutcome, spelledVerdict, subjectOf, targetOf } from './model.js';
import { ABSENT, type Fact, type Facts, type Outcome, type Viewer } from './viewer.js';

// What must hold in every cell. They are proved of the model, cell by cell; that the policy is the model in every cell
// is proved beside this.

const ALL = Object.keys(MODEL);
const [stranger, owner] = [
  { kind: 'athlete', owns: 'others', standing: 'active', scopes: ['*'], roles: [] },
  { kind: 'athlete', owns: 'own', standing: 'active', scopes: ['*'], roles: [] },
] as const satisfies readonly Viewer[];
const signedOut: Viewer = { kind: 'anonymous', owns: 'others', standing: 'none', scopes: [], roles: [] };

/** Each cell of each action; of an activity's parts some, which the comparison beside this has in full. */
function* cells(of: readonly string[] = ALL, every = 1): Generator<{ action: string; facts: Facts }> {
  for (const action of of) {
    const [whole = {}, parts] = piecesOf(MODEL[action]?.facts ?? {});
    for (const facts of combinations(whole, every)) yield { action, facts };
    if (!parts) continue;
    for (const facts of combinations(parts, PARTS_IN_STEPS_OF * every)) yield { action, facts };
  }
}
const PARTS_IN_STEPS_OF = testCount(1_259, 17);

const done = (outcome: Outcome): outcome is { without: readonly string[] } => typeof outcome !== 'string';
const reads = (action: string, fact: string) => MODEL[action]?.facts[fact] !== undefined;

/** Whether one outcome shows no more than another: not done where that is not, and nothing that it keeps. */
function isNoWider(narrow: Outcome, wide: Outcome): boolean {
  if (!done(narrow)) return true;
  return done(wide) && wide.without.every((part) => narrow.without.includes(part));
}

function hold(theorem: string, check: (count: () => void) => void): void {
  test(theorem, (context) => {
    let counted = 0;
    check(() => {
      counted += 1;
    });
    assert.ok(counted > 0, 'no cell was looked at');
    context.diagnostic(`${counted} cells`);
  });
}

const shown = (action: string, facts: Facts) => `${action} ${JSON.stringify(facts)}`;

// Acts on oneself or on one's own list, which a block must not prevent; the club speaks, and names nobody who blocks.
const BLOCK_PROOF = new Set(['block.create', 'block.delete', 'announcement.read']);

hold('a block wins both ways: nothing of either is there for the other', (count) => {
  for (const { action, facts } of cells(ALL.filter((action) => reads(action, 'isBlocked')))) {
    if (facts.isBlocked !== true || BLOCK_PROOF.has(action)) continue;
    for (const viewer of [stranger, signedOut, { ...stranger, roles: ['admin', 'auditor'] }]) {
      if (!isAdmitted(viewer, action)) continue;
      assert.equal(modelOutcome(viewer, action, facts), 'hidden', shown(action, facts));
      count();
    }
  }
});

hold('the owner keeps their own: no fact takes it or any part of it away', (count) => {
  const own = [
    ...['activity.read', 'activity.readStreams', 'activity.update', 'activity.delete', 'activity.list'],
    ...['activity.readOriginal', 'athlete.read', 'follow.list', 'club.listOfAthlete', 'membership.read'],
    ...[
      'account.read',
      'account.delete',
      'upload.read',
      'feed.read',
      'feed.readItem',
      'session.end',
      'role.list',
    ],
  ];
  for (const { action, facts } of cells(own)) {
    assert.deepEqual(modelOutcome(owner, action, facts), { without: [] }, shown(action, facts));
    count();
  }
});

hold('removing a relation never widens, and adding one never takes a part away', (count) => {
  for (const relation of ['isFollower', 'isClubMate']) {
    for (const { action, facts } of cells(ALL.filter((action) => reads(action, relation)))) {
      if (facts[relation] !== true) continue;
      for (const viewer of PLAIN_VIEWERS) {
        const tied = modelOutcome(viewer, action, facts);
        for (const value of [false, ABSENT]) {
          const untied = modelOutcome(viewer, action, { ...facts, [relation]: value });
          assert.ok(isNoWider(untied, tied), `${relation} ${shown(action, facts)}`);
          count();
        }
      }
    }
  }
});

hold('whoever is not logged in is shown no more than a stranger', (count) => {
  for (const { action, facts } of cells()) {
    const outside = { ...facts, isFollower: false, isClubMate: false };
    const [nobody, somebody] = [signedOut, stranger].map((viewer) => modelOutcome(viewer, action, outside));
    if (nobody === undefined || somebody === undefined || DOORS.includes(action)) continue;
    assert.ok(isNoWider(nobody, somebody), shown(action, facts));
    count();
  }
});

const OF_THE_PARTS = new Set(Object.values(WORK_OF).flat());

hold('default deny: what is not known is not done', (count) => {
  const robot: Viewer = { ...owner, kind: 'robot' };
  for (const { action, facts } of cells()) {
    assert.ok(!done(modelOutcome(robot, action, facts)), shown(action, facts));
    if (!DOORS.includes(action)) {
      assert.ok(!done(modelOutcome({ ...owner, standing: 'none' }, action, facts)), shown(action, facts));
    }
    assert.ok(!done(modelOutcome(owner, `${action}Anyway`, facts)));
    count();
  }
});

hold('a circle that nobody knows is a circle of nobody', (count) => {
  const circles = ['visibility', 'mapVisibility', 'heartRateVisibility', 'powerVisibility', 'ageVisibility'];
  for (const circle of circles) {
    for (const { action, facts } of cells(ALL.filter((action) => reads(action, circle)))) {
      for (const viewer of PLAIN_VIEWERS) {
        const closed = modelOutcome(viewer, action, { ...facts, [circle]: 'onlyMe' });
        for (const value of ['somebodyElses', ABSENT])
          assert.deepEqual(modelOutcome(viewer, action, { ...facts, [circle]: value }), closed);
        count();
      }
    }
  }
});

// A door opens by what the caller shows; of an account whose standing is known it may close.
const MAY_BE_ABSENT = new Set(['ownerStanding of session.create', 'ownerStanding of session.refresh']);

hold('what nobody looked up opens nothing that one of its values keeps shut', (count) => {
  for (const { action, facts } of cells()) {
    for (const [fact, values] of Object.entries(MODEL[action]?.facts ?? {})) {
      if (facts[fact] !== ABSENT || MAY_BE_ABSENT.has(`${fact} of ${action}`)) continue;
      for (const viewer of PLAIN_VIEWERS) {
        const unknown = modelOutcome(viewer, action, facts);
        const known = values.filter((value) => value !== ABSENT);
        const outcomes = known.map((value: Fact) =>
          modelOutcome(viewer, action, { ...facts, [fact]: value }),
        );
        const strictest = outcomes.some((outcome) => isNoWider(unknown, outcome));
        const isShut = outcomes.every((outcome) => !done(outcome));
        assert.ok(strictest && !(isShut && done(unknown)), `${fact} ${shown(action, facts)}`);
        count();
      }
    }
  }
});

hold('scopes only narrow, and more of them never take anything away', (count) => {
  for (const { action, facts } of cells(ALL, 5)) {
    const whole = modelOutcome(owner, action, facts);
    let held: readonly string[] = [];
    let before = modelOutcome({ ...owner, scopes: held }, action, facts);
    for (const scope of MODEL_SCOPES) {
      const alone = modelOutcome({ ...owner, scopes: [scope] }, action, facts);
      assert.ok(isNoWider(alone, whole), `${scope} ${shown(action, facts)}`);
      held = [...held, scope];
      const more = modelOutcome({ ...owner, scopes: held }, action, facts);
      assert.ok(isNoWider(before, more), `${scope} ${shown(action, facts)}`);
      before = more;
      count();
    }
  }
});

const FOR_ROLES = /^(role|suspension|decision|analyst|analystCopy)\./;

hold('a role opens nothing of anybody that no rule names it for', (count) => {
  for (const { action, facts } of cells(ALL.filter((action) => !FOR_ROLES.test(action)))) {
    for (const viewer of VIEWERS) {
      if (viewer.roles.length === 0) continue;
      const without = modelOutcome({ ...viewer, roles: [] }, action, facts);
      assert.deepEqual(modelOutcome(viewer, action, facts), without, shown(action, facts));
      count();
    }
  }
});

hold('suspension beats everything: neither owner, role, scope nor relation helps', (count) => {
  for (const { action, facts } of cells(
    ALL.filter((action) => !DOORS.includes(action)),
    17,
  )) {
    for (const viewer of CALLERS) {
      if (viewer.kind !== 'athlete') continue;
      for (const standing of ['suspended', 'ended', 'expired']) {
        assert.equal(modelOutcome({ ...viewer, standing }, action, facts), 'told', shown(action, facts));
        count();
      }
    }
  }
});

hold('nobody sees anything of an athlete who is gone', (count) => {
  const named = ALL.filter((action) => reads(action, 'ownerStanding') && !FOR_ROLES.test(action));
  for (const { action, facts } of cells(named)) {
    if (facts.ownerStanding === 'active' || BLOCK_PROOF.has(action) || DOORS.includes(action)) continue;
    for (const viewer of [stranger, signedOut]) {
      if (!isAdmitted(viewer, action)) continue;
      assert.equal(modelOutcome(viewer, action, facts), 'hidden', shown(action, facts));
      count();
    }
  }
});

hold('whoever is told that they may not do something to an activity may read it', (count) => {
  for (const { action, facts } of cells(['activity.update', 'activity.delete', 'activity.readOriginal'])) {
    if (modelOutcome(stranger, action, facts) !== 'told') continue;
    assert.ok(done(modelOutcome(stranger, 'activity.read', facts)), shown(action, facts));
    count();
  }
});

hold('streams and feed show no more of an activity than reading it does', (count) => {
  for (const { action, facts } of cells(['activity.readStreams', 'feed.readItem'])) {
    for (const viewer of PLAIN_VIEWERS) {
      if (!isAdmitted(viewer, action)) continue;
      const read = modelOutcome(viewer, 'activity.read', facts);
      assert.ok(isNoWider(modelOutcome(viewer, action, facts), read), shown(action, facts));
      count();
    }
  }
});

// What is done from outside, or only by whoever has less: a rank above does not need it.
const FROM_OUTSIDE = new Set(['club.join', 'club.ask', 'club.leave', 'invitation.accept']);

hold('in a club a higher rank may do all that a lower one may', (count) => {
  const ranks = ['member', 'moderator', 'admin', 'owner'];
  const inClubs = ALL.filter((action) => reads(action, 'clubRole') && !FROM_OUTSIDE.has(action));
  for (const { action, facts } of cells(inClubs)) {
    const rank = ranks.indexOf(String(facts.clubRole));
    if (rank < 1) continue;
    for (const viewer of [stranger, owner]) {
      const lower = modelOutcome(viewer, action, { ...facts, clubRole: ranks[rank - 1] ?? 'none' });
      assert.ok(isNoWider(lower, modelOutcome(viewer, action, facts)), shown(action, facts));
      count();
    }
  }
});

hold('whoever is banned from a club comes no further than its door', (count) => {
  for (const { action, facts } of cells(ALL.filter((action) => reads(action, 'clubRole')))) {
    if (facts.clubRole !== 'banned' || action === 'club.leave') continue;
    const outcome = modelOutcome(stranger, action, facts);
    // That there is a public or closed club is known to everybody.
    if (done(outcome)) assert.equal(action, 'club.read', shown(action, facts));
    count();
  }
});

hold('nobody appoints, suspends or bans themselves, whatever they are', (count) => {
  const acts = ['role.grant', 'suspension.create', 'suspension.delete', 'clubBan.create', 'follow.create'];
  for (const { action, facts } of cells([...acts, 'block.create', 'mute.create'])) {
    for (const viewer of VIEWERS.filter(({ owns, kind }) => owns === 'own' && kind === 'athlete')) {
      assert.ok(!done(modelOutcome(viewer, action, facts)), shown(action, facts));
      count();
    }
  }
});

hold('each part of Paceline does its own work, and nobody else does any of it', (count) => {
  for (const { action, facts } of cells(ALL, 7)) {
    for (const viewer of CALLERS.filter(({ kind }) => kind === 'system')) {
      const isTheirs = WORK_OF[viewer.name ?? '']?.includes(action) ?? false;
      if (!isTheirs) assert.equal(modelOutcome(viewer, action, facts), 'told', shown(action, facts));
      count();
    }
    // What the command line does in nobody's name somebody with a role does in theirs.
    if (WORK_OF.command?.includes(action) || !OF_THE_PARTS.has(action)) continue;
    for (const viewer of VIEWERS.filter(({ kind }) => kind !== 'system'))
      assert.ok(!done(modelOutcome(viewer, action, facts)), shown(action, facts));
  }
});

test('the order of facts, scopes, roles and things on a page changes nothing', async (context) => {
  const engine = await loadEngine();
  let counted = 0;
  for (const action of ALL as Action[]) {
    const page = [...combinations(piecesOf(MODEL[action]?.facts ?? {})[0] ?? {})].slice(0, 200);
    for (const viewer of [
      stranger,
      owner,
      { ...stranger, roles: ['moderator', 'admin'], scopes: MODEL_SCOPES },
    ]) {
      const subject = subjectOf(viewer);
      const targets = page.map((facts) => targetOf(viewer, facts));
      const turned = targets.toReversed().map(({ resource, facts }) => ({
        resource,
        facts: Object.fromEntries(Object.entries(facts).toReversed()),
      }));
      const other = { ...subject, scopes: subject.scopes.toReversed(), roles: subject.roles.toReversed() };
      const [there, back] = [engine.decide(action, subject, targets), engine.decide(action, other, turned)];
      assert.deepEqual(back.toReversed().map(spelledVerdict), there.map(spelledVerdict), action);
      counted += page.length;
    }
  }
  context.diagnostic(`${counted} cells`);
});
