import assert from 'node:assert/strict';
import test, { after, before, describe } from 'node:test';
import { VISIBILITIES, type Visibility } from '../../../graph/sharing.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { rideAsGpx, rideAsTcx } from '../../../scripts/simulate/ride-as-xml.js';
import { type Client, startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { finished, upload } from '../../support/uploads.js';
import { type Relations, relationsOf, VIEWERS } from './relations.js';

let api: TestApi;
let people: Relations;
let path: string;

before(async () => {
  api = await startApi();
  await api.work();
  people = await relationsOf(api);
  path = await uploaded(people.owner, 'ride.fit', rideAsFit(ride), { visibility: 'everyone' });
});
after(() => api.stop());

const ride = simulateRide({ durationSeconds: 300, seed: 21 });
const [gpx, tcx] = [rideAsGpx(ride), rideAsTcx(ride)];

/** A recording, and the same by a watch that measures one thing less. */
const MEASURED: Readonly<Record<string, readonly [file: string, whole: string, less: string]>> = {
  mapVisibility: ['ride.tcx', tcx, tcx.replaceAll(/<Position>.*?<\/AltitudeMeters>/g, '')],
  heartRateVisibility: [
    'ride.tcx',
    tcx,
    tcx.replaceAll(/<HeartRateBpm>.*?<\/HeartRateBpm>|<Calories>.*?<\/Calories>/g, ''),
  ],
  powerVisibility: [
    'ride.tcx',
    tcx,
    tcx.replaceAll(/<ns3:Watts>.*?<\/ns3:Watts>|<Calories>.*?<\/Calories>/g, ''),
  ],
  cadenceVisibility: ['ride.tcx', tcx, tcx.replaceAll(/<Cadence>.*?<\/Cadence>/g, '')],
  temperatureVisibility: ['ride.gpx', gpx, gpx.replaceAll(/<gpxtpx:atemp>.*?<\/gpxtpx:atemp>/g, '')],
};

describe('what is withheld looks, byte for byte, like what was never measured', () => {
  for (const [setting, [fileName, whole, less]] of Object.entries(MEASURED)) {
    test(setting, async () => {
      const [shy, plain] = [await api.newAthlete(), await api.newAthlete()];
      const fields = { visibility: 'everyone', name: 'Loop' };

      const shyPath = await uploaded(shy, fileName, whole, { ...fields, [setting]: 'onlyMe' });
      const plainPath = await uploaded(plain, fileName, less, fields);

      for (const [name, reader] of Object.entries({ stranger: people.stranger, anonymous: api.anyone })) {
        assert.deepEqual(
          await seen(reader, shy, shyPath),
          await seen(reader, plain, plainPath),
          `${setting} by ${name}`,
        );
      }
      assert.notDeepEqual(await seen(shy, shy, shyPath), await seen(plain, plain, plainPath));
    });
  }
});

describe('each part is seen by whom it is shared with', () => {
  const CIRCLES: Readonly<Record<Visibility, readonly string[]>> = {
    everyone: ['owner', 'follower', 'clubMate', 'requested', 'stranger', 'anonymous'],
    followers: ['owner', 'follower'],
    clubMates: ['owner', 'clubMate'],
    onlyMe: ['owner'],
  };
  const PARTS = ['map', 'heartRate', 'power', 'cadence', 'temperature'] as const;
  const READERS = VIEWERS.filter((viewer) => CIRCLES.everyone.includes(viewer));

  for (const [turn] of VISIBILITIES.entries()) {
    test(`turn ${turn}: every part with another circle`, async () => {
      const circleOf = (part: number) => VISIBILITIES[(turn + part) % VISIBILITIES.length] ?? 'onlyMe';
      const settings = PARTS.map((part, at) => [`${part}Visibility`, circleOf(at)]);
      await people.owner.patch(path, Object.fromEntries(settings)).expect(200);

      for (const viewer of READERS) {
        const { body } = await people[viewer].get(path).expect(200);
        const streams = (await people[viewer].get(`${path}/streams?points=20`).expect(200)).body.channels;
        const list = `/v1/athletes/${people.owner.athleteId}/activities`;
        const [item] = (await people[viewer].get(list).expect(200)).body.items;

        const expected = PARTS.map((_, at) => CIRCLES[circleOf(at)].includes(viewer));
        const [lap] = body.laps;
        assert.deepEqual(
          [
            body.polyline,
            body.averageHeartRateBpm,
            body.averagePowerWatts,
            body.averageCadenceRpm,
            body.averageTemperatureCelsius,
          ].map((figure) => figure !== null),
          expected,
          `figures for ${viewer}`,
        );
        assert.deepEqual(
          [lap.climbMeters, lap.maxHeartRateBpm, lap.maxPowerWatts, lap.averageCadenceRpm].map(
            (figure) => figure !== null,
          ),
          expected.slice(0, 4),
          `laps for ${viewer}`,
        );
        const channels = ['position', 'heartRate', 'power', 'cadence', 'temperature'];
        assert.deepEqual(
          channels.map((channel) => channel in streams),
          expected,
          `streams for ${viewer}`,
        );
        assert.deepEqual(
          channels.map((channel) => body.channels.includes(channel)),
          expected,
        );
        assert.deepEqual(['altitude' in streams, 'grade' in streams], [expected[0], expected[0]]);
        assert.deepEqual(
          [item.polyline, item.averageHeartRateBpm, item.averagePowerWatts].map((figure) => figure !== null),
          expected.slice(0, 3),
          `list for ${viewer}`,
        );
        assert.equal(body.bestEfforts.bestPowers.length > 0, expected[2]);
        assert.equal('heartRateVisibility' in body, viewer === 'owner');
      }
    });
  }
});

test('a part is never wider than the activity, nor seen by whom the owner has blocked', async () => {
  const { owner, stranger, follower, blocked } = people;
  await owner
    .patch(path, {
      visibility: 'followers',
      heartRateVisibility: 'clubMates',
      mapVisibility: 'everyone',
    })
    .expect(200);

  await stranger.get(path).expect(404);
  await people.clubMate.get(path).expect(404);
  await blocked.get(path).expect(404);
  const { body } = await follower.get(path).expect(200);
  assert.deepEqual([body.polyline !== null, body.averageHeartRateBpm], [true, null]);
});

test('a change shows on the next read, in the feed, in lists, in streams and in entity tags', async () => {
  const { owner, follower } = people;
  await owner.patch(path, { visibility: 'followers', heartRateVisibility: 'everyone' }).expect(200);
  const before = await follower.get(path).expect(200);
  const inFeed = async () => (await follower.get('/v1/feed').expect(200)).body.items[0]?.averageHeartRateBpm;
  assert.ok(before.body.averageHeartRateBpm > 0 && (await inFeed()) > 0);

  await owner.patch(path, { heartRateVisibility: 'onlyMe' }).expect(200);

  const after = await follower.get(path).set('if-none-match', String(before.headers.etag)).expect(200);
  assert.equal(after.body.averageHeartRateBpm, null);
  assert.equal(await inFeed(), null);
  const { body: streams } = await follower.get(`${path}/streams?channels=heartRate,time`).expect(200);
  assert.deepEqual(Object.keys(streams.channels), ['time']);
  const { body: list } = await follower.get(`/v1/athletes/${owner.athleteId}/activities`).expect(200);
  assert.equal(list.items[0].averageHeartRateBpm, null);
});

test('who leaves the club is no club-mate on the next read', async () => {
  const { owner, clubMate } = people;
  await owner.patch(path, { visibility: 'clubMates' }).expect(200);
  await clubMate.get(path).expect(200);

  await ask(
    api.app.graph,
    'MATCH (:Athlete {athleteId: $athleteId})-[membership:MEMBER_OF]->() DELETE membership',
    { athleteId: clubMate.athleteId },
  );

  await clubMate.get(path).expect(404);
  const { body } = await clubMate.get(`/v1/athletes/${owner.athleteId}/activities`).expect(200);
  assert.deepEqual(body.items, []);
});

test('refuses circles and flags that it does not know', async () => {
  const { owner } = people;
  for (const edit of [{ mapVisibility: 'friends' }, { hidesStartTime: 'yes' }, { powerVisibility: null }]) {
    await owner.patch(path, edit).expect(422);
  }
  const { body } = await upload(owner, 'ride.gpx', gpx, { hidesStartTime: 'maybe' }).expect(422);
  assert.deepEqual(
    body.errors.map((error: { path: string }) => error.path),
    ['hidesStartTime'],
  );
});

/** Everything that somebody is told of an activity, with what names it made alike. */
async function seen(reader: Client, owner: TestAthlete, activityPath: string): Promise<string[]> {
  const paths = [
    activityPath,
    `${activityPath}/streams`,
    `${activityPath}/streams?points=40`,
    `/v1/athletes/${owner.athleteId}/activities`,
  ];
  const activityId = activityPath.split('/').at(-1) ?? '';
  const answers = await Promise.all(paths.map((each) => reader.get(each).expect(200)));
  return answers.flatMap(({ text, headers }, at) => [
    text
      .replaceAll(activityId, 'activity')
      .replaceAll(owner.athleteId, 'athlete')
      .replaceAll(owner.displayName, 'name')
      .replaceAll(/"createdAt":"[^"]*"|"uploadId":"[^"]*"/g, ''),
    // Of streams the tag says what is in them and nothing else; of the others it depends on the ids.
    String(headers.etag).replace(at === 0 || at === 3 ? /[\w-]{16}"$/ : '', ''),
  ]);
}

async function uploaded(
  athlete: TestAthlete,
  fileName: string,
  content: Uint8Array | string,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const { body } = await upload(athlete, fileName, content, fields).expect(202);
  const { activityIds } = await finished(athlete, body.uploadId);
  assert.equal(activityIds.length, 1);
  return `/v1/activities/${activityIds[0]}`;
}
