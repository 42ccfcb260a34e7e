import assert from 'node:assert/strict';
import test, { after, before, describe } from 'node:test';
import { VISIBILITIES, type Visibility } from '../../../graph/sharing.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi } from '../../support/app.js';
import { suspend } from '../../support/graph.js';
import { settled } from '../../support/settled.js';
import { finished, upload } from '../../support/uploads.js';
import { type Relations, relationsOf, VIEWERS } from './relations.js';

type Viewer = (typeof VIEWERS)[number];
type Statuses = Readonly<
  Record<Viewer, readonly [everyone: number, followers: number, clubMates: number, onlyMe: number]>
>;

let api: TestApi;
let people: Relations;
let activities: Readonly<Record<Visibility, string>>;

before(async () => {
  api = await startApi();
  await api.work();
  people = await relationsOf(api);
  activities = {
    everyone: await rideShownTo('everyone', 1),
    followers: await rideShownTo('followers', 2),
    clubMates: await rideShownTo('clubMates', 4),
    onlyMe: await rideShownTo('onlyMe', 3),
  };
});
after(() => api.stop());

const READABLE: Statuses = {
  owner: [200, 200, 200, 200],
  follower: [200, 200, 404, 404],
  clubMate: [200, 404, 200, 404],
  requested: [200, 404, 404, 404],
  stranger: [200, 404, 404, 404],
  blocked: [404, 404, 404, 404],
  blocking: [404, 404, 404, 404],
  suspended: [403, 403, 403, 403],
  anonymous: [200, 404, 404, 404],
};

// Whoever may read it is told that the file is not for them; for all others it is not there.
const OWNED: Statuses = {
  owner: [200, 200, 200, 200],
  follower: [403, 403, 404, 404],
  clubMate: [403, 404, 403, 404],
  requested: [403, 404, 404, 404],
  stranger: [403, 404, 404, 404],
  blocked: [404, 404, 404, 404],
  blocking: [404, 404, 404, 404],
  suspended: [403, 403, 403, 403],
  anonymous: [401, 401, 401, 401],
};

describe('by visibility (everyone, followers, clubMates, onlyMe) and relation to the owner', () => {
  for (const viewer of VIEWERS) {
    test(`an activity is read by: ${viewer}`, async () => {
      assert.deepEqual(await statuses(viewer, (id) => `/v1/activities/${id}`), READABLE[viewer]);
    });

    test(`its streams are read by: ${viewer}`, async () => {
      assert.deepEqual(await statuses(viewer, (id) => `/v1/activities/${id}/streams`), READABLE[viewer]);
    });

    test(`its original file is read by: ${viewer}`, async () => {
      assert.deepEqual(await statuses(viewer, (id) => `/v1/activities/${id}/original`), OWNED[viewer]);
    });

    test(`it is edited and deleted by nobody but its owner: ${viewer}`, async () => {
      if (viewer === 'owner') return;
      const [edits, deletions] = [[], []] as [number[], number[]];
      for (const visibility of VISIBILITIES) {
        const path = `/v1/activities/${activities[visibility]}`;
        edits.push((await people[viewer].patch(path, { name: 'Mine now' })).status);
        deletions.push((await people[viewer].delete(path)).status);
      }
      assert.deepEqual([edits, deletions], [OWNED[viewer], OWNED[viewer]]);
    });
  }

  test('the list of the owner holds exactly what each may read', async () => {
    const path = `/v1/athletes/${people.owner.athleteId}/activities`;
    for (const viewer of VIEWERS) {
      const { status, body } = await people[viewer].get(path);
      const readable = VISIBILITIES.filter((_, at) => READABLE[viewer][at] === 200);
      if (readable.length === 0) assert.ok(status === 404 || status === 403, viewer);
      else assert.deepEqual(idsOf(body), readable.map((each) => activities[each]).sort(), viewer);
    }
  });

  test('the feed of each holds what they follow and may read', async () => {
    await settled(api.app, ...Object.values(activities));
    const inFeed: Readonly<Partial<Record<Viewer, readonly Visibility[]>>> = {
      owner: ['everyone', 'followers', 'clubMates', 'onlyMe'],
      follower: ['everyone', 'followers'],
      clubMate: [],
      requested: [],
      stranger: [],
      blocked: [],
      blocking: [],
    };
    for (const viewer of VIEWERS) {
      const { status, body } = await people[viewer].get('/v1/feed');
      const expected = inFeed[viewer];
      if (expected === undefined) assert.equal(status, viewer === 'anonymous' ? 401 : 403);
      else assert.deepEqual(idsOf(body), expected.map((each) => activities[each]).sort(), viewer);
    }
  });
});

test('only the owner learns which upload an activity was made from', async () => {
  const path = `/v1/activities/${activities.everyone}`;

  const [own, other] = [await people.owner.get(path), await people.stranger.get(path)];

  assert.match(own.body.uploadId, /^[0-9a-f-]{36}$/);
  assert.equal('uploadId' in other.body, false);
});

test('a hidden activity is answered like one that never was', async () => {
  const [hidden, missing] = [
    await people.stranger.get(`/v1/activities/${activities.onlyMe}`),
    await people.stranger.get('/v1/activities/01a21035-0000-7000-8000-000000000000'),
  ];

  const { instance: _one, ...hiddenProblem } = hidden.body;
  const { instance: _other, ...missingProblem } = missing.body;
  assert.deepEqual([hidden.status, hiddenProblem], [missing.status, missingProblem]);
});

test('a change of visibility, an unfollow and a block act on the next read', async () => {
  const { owner, follower } = await relationsOf(api);
  const path = await makeRide(owner, 'followers');
  const feed = async () => idsOf((await follower.get('/v1/feed').expect(200)).body).length;
  const read = async () => (await follower.get(path)).status;
  await settled(api.app, path.slice(-36));

  const seen = [[await read(), await feed()]];
  await owner.patch(path, { visibility: 'onlyMe' }).expect(200);
  seen.push([await read(), await feed()]);
  await owner.patch(path, { visibility: 'everyone' }).expect(200);
  seen.push([await read(), await feed()]);
  await follower.delete(`/v1/athletes/${owner.athleteId}/follow`).expect(204);
  seen.push([await read(), await feed()]);
  await owner.put(`/v1/athletes/${follower.athleteId}/block`);
  seen.push([await read(), await feed()]);

  assert.deepEqual(seen, [
    [200, 1],
    [404, 0],
    [200, 1],
    [200, 0],
    [404, 0],
  ]);
});

test('nothing of a suspended owner is seen by others', async () => {
  const { owner, follower } = await relationsOf(api);
  const path = await makeRide(owner, 'everyone');
  await settled(api.app, path.slice(-36));
  await suspend(api.app.graph, owner.athleteId);

  const answers = [
    (await follower.get(path)).status,
    (await follower.get(`${path}/streams`)).status,
    (await follower.get(`/v1/athletes/${owner.athleteId}/activities`)).status,
    idsOf((await follower.get('/v1/feed')).body).length,
  ];

  assert.deepEqual(answers, [404, 404, 404, 0]);
});

async function rideShownTo(visibility: Visibility, seed: number): Promise<string> {
  const ride = simulateRide({ durationSeconds: 90, seed, startedAt: new Date(Date.UTC(2026, 3, seed, 8)) });
  const { body } = await upload(people.owner, 'ride.fit', rideAsFit(ride), { visibility }).expect(202);
  const { activityIds } = await finished(people.owner, body.uploadId);
  assert.equal(activityIds.length, 1);
  return activityIds[0];
}

async function makeRide(owner: Relations['owner'], visibility: Visibility): Promise<string> {
  const ride = {
    name: 'Loop',
    sport: 'ride',
    startedAt: '2026-05-01T08:00:00Z',
    elapsedSeconds: 60,
    visibility,
  };
  const { body } = await owner.post('/v1/activities', ride).expect(201);
  return `/v1/activities/${body.activityId}`;
}

async function statuses(viewer: Viewer, pathOf: (activityId: string) => string): Promise<number[]> {
  const found = [];
  for (const visibility of VISIBILITIES) {
    const { status } = await people[viewer].get(pathOf(activities[visibility]));
    found.push(status);
  }
  return found;
}

function idsOf({ items }: { items: readonly { activityId: string }[] }): string[] {
  return items.map(({ activityId }) => activityId).sort();
}
