import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { rideAsGpx, rideAsTcx } from '../../../scripts/simulate/ride-as-xml.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { settled } from '../../support/settled.js';
import { finished, upload } from '../../support/uploads.js';

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

// The instants are such that no digit of them stands anywhere else.
const EARLY = '2026-05-10T04:51:37.000Z';
const LATE = '2026-05-10T17:43:29.000Z';
const DAY_BEGINS = '2026-05-10T00:00:00.000Z';

test('others see the day, the owner the instant', async () => {
  const { owner, fan } = await pair();
  const path = await made(owner, EARLY, { hidesStartTime: true });

  const mine = (await owner.get(path).expect(200)).body;
  const theirs = (await fan.get(path).expect(200)).body;

  assert.deepEqual(
    [mine.startedAt, mine.startedAtLocal, mine.startedOn, mine.hidesStartTime],
    [EARLY, '2026-05-10T06:51:37', '2026-05-10', true],
  );
  assert.deepEqual(
    [theirs.startedAt, theirs.startedAtLocal, theirs.startedOn, theirs.createdAt, theirs.hidesStartTime],
    [null, null, '2026-05-10', null, undefined],
  );
});

test('nothing that others are told changes with the hour: order, pages, filters and cursors know the day', async () => {
  const { owner, fan } = await pair();
  const early = await made(owner, EARLY, { hidesStartTime: true, name: 'Loop' });
  const between = await made(owner, '2026-05-10T11:00:00.000Z', { name: 'Swim' });
  const late = await made(owner, LATE, { hidesStartTime: true, name: 'Loop' });
  await settled(api.app, ...[early, between, late].map(idOf));

  for (const list of [`/v1/athletes/${owner.athleteId}/activities`, '/v1/feed']) {
    const whole = await fan.get(list).expect(200);
    assert.equal(whole.body.items[0].activityId, idOf(between), 'both stand below what began at noon');
    assert.equal(whole.body.items.length, 3);
    assert.doesNotMatch(whole.text, /04:51|06:51|17:43|19:43/);

    const first = await fan.get(`${list}?limit=2`).expect(200);
    assert.match(Buffer.from(first.body.nextCursor, 'base64url').toString(), new RegExp(DAY_BEGINS));
    const second = await fan.get(`${list}?limit=2&cursor=${first.body.nextCursor}`).expect(200);
    assert.deepEqual(
      [...idsOf(first.body), ...idsOf(second.body)].sort(),
      [early, between, late].map(idOf).sort(),
    );
  }
  const filtered = (query: string) =>
    fan.get(`/v1/athletes/${owner.athleteId}/activities?${query}`).expect(200);
  for (const query of [
    'after=2026-05-10T04:00:00Z',
    'after=2026-05-10T17:00:00Z',
    'before=2026-05-10T00:00:00Z',
  ]) {
    const ids = idsOf((await filtered(query)).body);
    assert.ok(!ids.includes(idOf(early)) && !ids.includes(idOf(late)), query);
  }
  assert.deepEqual(idsOf((await filtered('before=2026-05-10T00:00:01Z')).body).length, 2);
});

test('hiding and showing it again moves it in lists and kept feeds', async () => {
  const { owner, fan } = await pair();
  const path = await made(owner, LATE, {});
  const noon = await made(owner, '2026-05-10T11:00:00.000Z', {});
  await settled(api.app, idOf(path), idOf(noon));
  const feed = async () => idsOf((await fan.get('/v1/feed').expect(200)).body);
  assert.deepEqual(await feed(), [idOf(path), idOf(noon)]);

  await owner.patch(path, { hidesStartTime: true }).expect(200);
  assert.equal((await fan.get(path).expect(200)).body.startedAt, null);
  await settled(api.app, idOf(path));
  assert.deepEqual(await feed(), [idOf(noon), idOf(path)]);
  await owner.patch(path, { hidesStartTime: true, name: 'Again' }).expect(200);

  await owner.patch(path, { hidesStartTime: false }).expect(200);
  assert.equal((await fan.get(path).expect(200)).body.startedAt, LATE);
  await settled(api.app, idOf(path));
  assert.deepEqual(await feed(), [idOf(path), idOf(noon)]);
});

test('a name that was made of the hour goes with it, a given one stays', async () => {
  const { owner, fan } = await pair();
  const hidden = await uploaded(owner, 1, { hidesStartTime: 'true' });
  const shown = await uploaded(owner, 2, {});
  const named = await uploaded(owner, 3, { name: 'Dawn patrol', hidesStartTime: 'true' });
  assert.match((await fan.get(shown).expect(200)).body.name, /ride/);

  await owner.patch(shown, { hidesStartTime: true }).expect(200);
  const renamed = await uploaded(owner, 4, {});
  await owner.patch(renamed, { name: 'To work' }).expect(200);
  await owner.patch(renamed, { hidesStartTime: true }).expect(200);

  const names = await Promise.all(
    [hidden, shown, named, renamed].map(async (path) => (await fan.get(path).expect(200)).body.name),
  );
  assert.deepEqual(names, ['Ride', 'Ride', 'Dawn patrol', 'To work']);
});

test('an id tells the day on which it was made and no more', async () => {
  const { owner } = await pair();
  for (const path of [await uploaded(owner, 5, {}), await made(owner, EARLY, {})]) {
    const milliseconds = Number.parseInt(idOf(path).replace('-', '').slice(0, 12), 16);
    assert.equal(milliseconds % 86_400_000, 0);
  }
});

test('the same recording again is found although its start is hidden', async () => {
  const { owner } = await pair();
  const ride = simulateRide({ durationSeconds: 120, seed: 9, startedAt: new Date('2026-05-10T19:30:00Z') });
  const first = await upload(owner, 'ride.gpx', rideAsGpx(ride), { hidesStartTime: 'true' }).expect(202);
  const { activityIds } = await finished(owner, first.body.uploadId);

  const again = await upload(owner, 'ride.tcx', rideAsTcx(ride)).expect(202);
  const done = await finished(owner, again.body.uploadId);

  assert.deepEqual([done.status, done.duplicateOf], ['duplicate', activityIds[0]]);
});

test('neither the place in lists nor the day tells in which time zone it was', async () => {
  const fan = await api.newAthlete();
  const seen = await Promise.all(
    ['Pacific/Kiritimati', 'Pacific/Niue', 'Asia/Kathmandu'].map(async (timeZone) => {
      const owner = await api.newAthlete({ timeZone });
      const path = await made(owner, EARLY, { visibility: 'everyone', hidesStartTime: true });
      const list = `/v1/athletes/${owner.athleteId}/activities`;
      const next = await fan.get(`${list}?limit=1`).expect(200);
      const inside = await fan.get(`${list}?after=${DAY_BEGINS}&before=2026-05-10T00:00:00.001Z`).expect(200);
      const { body } = await fan.get(path).expect(200);
      return [body.startedOn, body.timeZone, next.body.items.length, inside.body.items.length];
    }),
  );
  assert.deepEqual(seen, Array(3).fill(['2026-05-10', null, 1, 1]));
});

/** An athlete in Zürich and somebody who follows them. */
async function pair(): Promise<{ owner: TestAthlete; fan: TestAthlete }> {
  const [owner, fan] = await Promise.all([api.newAthlete({ timeZone: 'Europe/Zurich' }), api.newAthlete()]);
  await fan.put(`/v1/athletes/${owner.athleteId}/follow`).expect(200);
  await settled(api.app, fan.athleteId);
  return { owner, fan };
}

async function made(owner: TestAthlete, startedAt: string, said: object): Promise<string> {
  const activity = { name: 'Loop', sport: 'ride', startedAt, elapsedSeconds: 60, ...said };
  const { body } = await owner.post('/v1/activities', activity).expect(201);
  return `/v1/activities/${body.activityId}`;
}

async function uploaded(
  owner: TestAthlete,
  day: number,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const ride = simulateRide({
    durationSeconds: 60,
    seed: day,
    startedAt: new Date(Date.UTC(2026, 3, day, 5)),
  });
  const { body } = await upload(owner, 'ride.fit', rideAsFit(ride), fields).expect(202);
  const { activityIds } = await finished(owner, body.uploadId);
  return `/v1/activities/${activityIds[0]}`;
}

const idOf = (path: string): string => path.split('/').at(-1) ?? '';

function idsOf({ items }: { items: readonly { activityId: string }[] }): string[] {
  return items.map(({ activityId }) => activityId);
}
