import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after, before } from 'node:test';
import {
  createActivity,
  type NewActivity,
  NO_FIGURES,
  NOTHING_HIDDEN,
  outlinePlace,
  polylinePlace,
} from '../../graph/activities.js';
import { activityById } from '../../graph/sealed-activities.js';
import type { GraphEvent } from '../../graph/session.js';
import { sharingOf, wishesOf } from '../../graph/sharing.js';
import { Access, Denied, type Grant, type Subject } from '../../policies/access.js';
import type { Action } from '../../policies/actions.js';
import { AthleteKey } from '../../policies/keys.js';
import { systemSubject } from '../../policies/subject.js';
import { startApi, type TestApi, type TestAthlete } from '../support/app.js';
import { ask } from '../support/graph.js';

let api: TestApi;
before(async () => {
  api = await startApi();
});
after(() => api.stop());

test('an activity is made once, however often it is asked for', async () => {
  const athlete = await api.newAthlete();
  const activity = activityOf(athlete.athleteId);

  const events = [await create(activity), await create({ ...activity, name: 'Again' })];

  assert.deepEqual(await performedBy(athlete), [{ name: 'Loop', version: 1 }]);
  // Who hears of it twice does nothing twice; not to ask first saves every activity a round trip.
  assert.deepEqual(events, [['activity.created'], ['activity.created']]);
});

test('two transactions that make the same activity at once make one', async () => {
  const athlete = await api.newAthlete();
  const activity = activityOf(athlete.athleteId);

  await Promise.all(Array.from({ length: 5 }, () => create(activity)));

  assert.deepEqual(await performedBy(athlete), [{ name: 'Loop', version: 1 }]);
});

test('nothing is made for an athlete who is gone, or with a grant for something else', async () => {
  const athlete = await api.newAthlete();

  await assert.rejects(create(activityOf(randomUUID())), { name: 'AthleteGone' });
  await assert.rejects(
    create(activityOf(athlete.athleteId), grantFor(athlete.athleteId, 'athlete.erase')),
    /was used for/,
  );
});

test('what is encrypted stays so for who may not read it', async () => {
  const [athlete, stranger] = [await api.newAthlete(), await api.newAthlete()];
  const activity = activityOf(athlete.athleteId);
  // Under a key that nobody has: whoever tries to open it fails loudly.
  const place = polylinePlace(athlete.athleteId, activity.activityId);
  const polyline = AthleteKey.generate().encryptText('_p~iF~ps|U', place);
  await create({ ...activity, polyline });
  const sealed = await activityById(api.app.graph, api.app.masterKey, {
    activityId: activity.activityId,
    viewerId: stranger.athleteId,
  });
  assert.ok(sealed);

  assert.throws(() => api.app.access.open(subjectOf(stranger.athleteId), 'activity.read', sealed), Denied);
  assert.throws(() => api.app.access.open(subjectOf(athlete.athleteId), 'activity.read', sealed), {
    name: 'BrokenCiphertext',
  });
  assert.throws(() => JSON.stringify(sealed), /sealed/);
});

test('an outline does not open in the place of a polyline', async () => {
  const key = AthleteKey.generate();
  const [athleteId, activityId] = [randomUUID(), randomUUID()];
  const outline = key.encryptText('_p~iF~ps|U', outlinePlace(athleteId, activityId));

  assert.throws(() => key.decryptText(outline, polylinePlace(athleteId, activityId)));
});

function activityOf(athleteId: string): NewActivity {
  return {
    ...NO_FIGURES,
    hidden: NOTHING_HIDDEN,
    elapsedSeconds: 60,
    activityId: randomUUID(),
    athleteId,
    uploadId: null,
    name: 'Loop',
    description: null,
    sport: 'ride',
    ...sharingOf({ ...wishesOf({}), visibility: 'onlyMe' }),
    plainName: null,
    hiddenStartedAt: null,
    startedAt: new Date('2026-05-01T08:00:00Z'),
    timeZone: 'UTC',
    device: null,
    polyline: null,
    outline: null,
    sampleCount: 0,
    channels: [],
  };
}

const performedBy = ({ athleteId }: TestAthlete) =>
  ask(
    api.app.graph,
    `MATCH (:Athlete {athleteId: $athleteId})-[:PERFORMED]->(activity:Activity)
     RETURN activity.name AS name, activity.version AS version`,
    { athleteId },
  );

/** Makes an activity, and tells which events went with it. */
function create(activity: NewActivity, grant: Grant = grantFor(activity.athleteId, 'upload.process')) {
  return api.app.graph.write(async ({ run, emit }) => {
    const events: string[] = [];
    const noting = { run, emit: (event: GraphEvent) => emit(event).then(() => void events.push(event.type)) };
    await createActivity(noting, grant, activity);
    return events;
  });
}

function grantFor(ownerId: string, action: Action): Grant {
  const access = new Access(PERMISSIVE, { record: () => {} }, () => new Date());
  return access.require(systemSubject('worker', 'test'), action, {
    resource: { kind: 'upload', id: randomUUID(), ownerId },
    facts: {},
  });
}

const ALLOWED = { allowed: true, revealed: true, rules: ['test'], withheld: [] };
const PERMISSIVE = {
  bundle: 'test',
  decide: (_action: Action, _subject: Subject, targets: readonly object[]) => targets.map(() => ALLOWED),
  admit: () => ALLOWED,
};

function subjectOf(athleteId: string): Subject {
  return {
    kind: 'athlete',
    athleteId,
    sessionId: randomUUID(),
    standing: 'active',
    scopes: ['*'],
    roles: [],
    requestId: 'test',
  };
}
