import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ACTIONS } from '../../policies/actions.js';
import { loadEngine } from '../../policies/engine.js';
import { explain as explainVerdict, factsOf } from '../../scripts/policies/explanation.js';
import { kindLookedUp, realTarget } from '../../scripts/policies/real-facts.js';
import { startApi, type TestAthlete, testSettings } from '../support/app.js';

const settings = testSettings();
const api = await startApi(settings);
after(() => api.stop());
const [ada, ben] = [await api.newAthlete(), await api.newAthlete()];
const activityId = await sharedWithFollowers(ada);
const { clubId } = (await ada.post('/v1/clubs', { name: 'Early birds', visibility: 'public' }).expect(201))
  .body;

const script = fileURLToPath(new URL('../../scripts/policies-explain.js', import.meta.url));

/** What the command prints and answers. */
async function explain(words: string): Promise<{ code: number; out: string; err: string }> {
  const environment = { ...process.env, ...settings };
  return promisify(execFile)(process.execPath, [script, ...words.split(' ')], { env: environment }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  );
}

async function sharedWithFollowers(athlete: TestAthlete): Promise<string> {
  const activity = { name: 'Run', sport: 'run', startedAt: '2026-03-01T11:00:00Z', elapsedSeconds: 60 };
  const { body } = await athlete.post('/v1/activities', { ...activity, visibility: 'followers' }).expect(201);
  return body.activityId;
}

test('says why a stranger is refused, and which single facts would let them in', async () => {
  const { code, out } = await explain(
    `--subject ${ben.athleteId} --action activity.read --resource ${activityId}`,
  );

  assert.equal(code, 0);
  const [answer, rules] = out.split('\n');
  assert.equal(
    answer,
    `activity.read of activity ${activityId} by ${ben.athleteId}: refused, as if it were not there (404)`,
  );
  assert.equal(rules, 'rules     default-deny');
  assert.match(out, /\nvisibility +followers +everyone clubMates onlyMe\n/);
  assert.match(out, /\nhidesFromHomeFeed +false +is not read\n/);
  assert.match(
    out,
    /\nIt would be allowed if one of these were different:\n {2}visibility: followers → everyone\n {2}isFollower: false → true\n$/,
  );
});

test('says what a follower does not see, and what would shut them out', async () => {
  await ben.put(`/v1/athletes/${ada.athleteId}/follow`).expect(200);

  const { out } = await explain(`--subject ${ben.athleteId} --action activity.read --resource ${activityId}`);

  assert.match(out, /: allowed\nrules {5}activity-read-follower\nwithheld {2}settings, uploadId, whole\n/);
  assert.match(out, /\nIt would be refused if one of these were different:\n/);
  for (const change of [
    'visibility: followers → onlyMe',
    'isFollower: true → false',
    'isBlocked: false → true',
  ])
    assert.ok(out.includes(`\n  ${change}\n`), `${change} is not in ${out}`);
});

test('names two changes where no single one is enough', async () => {
  const { out } = await explain(
    `--subject anonymous --action activity.read --resource ${activityId} --fact isBlocked=true`,
  );

  assert.match(out, /\nrules {5}deny-blocked\n/);
  assert.match(out, /\nIt would be allowed if two things were different at once, such as:\n/);
  assert.ok(out.includes('visibility: followers → everyone and isBlocked: true → false'), out);
});

test('takes facts that it does not look up, and says which it needs', async () => {
  const words = `--subject ${ben.athleteId} --action membership.remove --resource ${clubId}`;
  const { code, err } = await explain(words);
  assert.equal(code, 1);
  assert.match(err, /^Some facts of membership.remove are not looked up: give --fact targetRole=\S+\n$/);

  const { out } = await explain(`${words} --fact clubRole=admin --fact targetRole=member`);
  assert.match(out, /: allowed\nrules {5}membership-remove-/);
  const unknown = await explain(`${words} --fact clubRole=king`);
  assert.match(unknown.err, /^membership.remove knows no clubRole=king; it knows /);
  const gone = await explain(`${words.replace(clubId, activityId)} --fact targetRole=member`);
  assert.match(gone.err, /^There is no club .*, which membership.remove would be about/);
});

// What reading the thing does not tell: it is about somebody else, or about the caller alone.
const NOT_LOOKED_UP: Readonly<Record<string, readonly string[]>> = {
  'contact.match': ['isEmailVerified'],
  'contact.find': ['isFindableByEmail', 'isEmailVerified'],
  'recommendation.readAthlete': ['isRecommendable', 'tie'],
  'recommendation.readClub': ['isDismissed'],
  'recommendation.readPartner': ['isCallerOpenToTraining', 'isDismissed', 'isMuted', 'isOpenToTraining'],
  'role.grant': ['newRole'],
  'role.end': ['isLastAdmin'],
  'suspension.create': ['isTargetAdmin'],
  'suspension.delete': ['isTargetAdmin'],
  'club.handOver': ['targetRole'],
  'membership.read': ['isBlocked', 'ownerStanding'],
  'membership.giveRole': ['targetRole', 'newRole'],
  'membership.remove': ['targetRole'],
  'clubRequest.accept': ['targetRole'],
  'clubBan.create': ['targetRole', 'isTargetFromAbove', 'ownsBelow'],
  'announcement.read': ['isBlocked', 'ownerStanding'],
};

test('every action is explained, on facts that are looked up but for those that must be given', async () => {
  const engine = await loadEngine();
  const stores = { graph: api.app.graph, masterKey: api.app.masterKey, now: new Date() };
  const ids = { activity: activityId, athlete: ada.athleteId, club: clubId };
  const subject = { kind: 'athlete', athleteId: ben.athleteId, standing: 'active' } as const;
  for (const action of ACTIONS) {
    const kind = kindLookedUp(action);
    const wanted = { viewerId: ben.athleteId, resourceId: kind ? ids[kind] : ada.athleteId };
    const looked = await realTarget(stores, action, wanted);
    assert.equal(looked !== undefined, kind !== undefined, action);
    const missing = [...factsOf(action)].filter(([name]) => looked?.facts[name] === undefined);
    assert.deepEqual(missing.map(([name]) => name).sort(), (NOT_LOOKED_UP[action] ?? []).toSorted(), action);

    const given = missing.map(([name, values]) => [
      name,
      [...values].find((value) => value !== 'absent') ?? '',
    ]);
    const resource = looked?.resource ?? { kind: 'thing', id: 'x', ownerId: ada.athleteId };
    const target = { resource, facts: { ...looked?.facts, ...Object.fromEntries(given) } };
    const asking = { ...subject, scopes: ['*'], roles: [], requestId: 'explained' };
    const { verdict } = explainVerdict(engine, { action, subject: asking, target });
    assert.ok(verdict.rules.length > 0 && !verdict.rules.includes('deny-facts-missing'), action);
    assert.ok(!verdict.rules.some((rule) => rule.startsWith('engine-')), action);
  }
});
