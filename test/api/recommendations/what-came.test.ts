import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { impressionKey } from '../../../api/recommendations/impressions.js';
import { rankingFor } from '../../../api/recommendations/ranking-shares.js';
import { athletesRanking } from '../../../graph/recommended-athletes.js';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { settled } from '../../support/settled.js';

let api: TestApi;
before(async () => {
  api = await startApi();
  await api.work();
});
after(() => api.stop());

/** Somebody new and another one of their home region, whom they are shown. */
async function shownPair(): Promise<{ viewer: TestAthlete; shown: TestAthlete }> {
  const homeRegion = `Kerzers ${randomUUID()}`;
  const [viewer, shown] = await Promise.all([api.newAthlete({ homeRegion }), api.newAthlete({ homeRegion })]);
  await look(viewer);
  return { viewer, shown };
}

async function look(viewer: TestAthlete): Promise<void> {
  await viewer.get('/v1/recommendations/athletes').expect(200);
  await api.app.impressions.settled();
}

/** What is kept of what somebody was shown and did, sorted. */
async function eventsOf({ athleteId }: TestAthlete, item?: string) {
  const key = impressionKey(api.app.masterKey);
  const rows = await api.app.series.query<object, { version: string; kind: string; item: string }>(
    {
      path: 'test',
      text: `SELECT version, kind, item FROM recommendation_events WHERE athlete = '${key.pseudonym(athleteId)}'`,
    },
    {},
  );
  const of = item === undefined ? rows : rows.filter((row) => row.item === key.pseudonym(item));
  return of.map(({ version, kind }) => `${version} ${kind}`).sort();
}

test('notes what a list has shown, once a day', async () => {
  const { viewer, shown } = await shownPair();

  await look(viewer);

  assert.deepEqual(await eventsOf(viewer, shown.athleteId), ['athletes-to-follow shown']);
});

const did: Readonly<
  Record<string, readonly [string, (viewer: TestAthlete, id: string) => Promise<unknown>]>
> = {
  'whom somebody opens': [
    'clicked',
    (viewer, id) => viewer.post(`/v1/recommendations/athletes/${id}/clicks`).expect(204),
  ],
  'whom somebody follows': ['accepted', (viewer, id) => viewer.put(`/v1/athletes/${id}/follow`).expect(200)],
  'who does not interest': [
    'dismissed',
    (viewer, id) => viewer.put(`/v1/recommendations/athletes/${id}/dismissal`).expect(204),
  ],
};

for (const [what, [kind, act]] of Object.entries(did)) {
  test(`notes a recommended athlete ${what}, and no other`, async () => {
    const { viewer, shown } = await shownPair();
    const other = await api.newAthlete();

    await act(viewer, shown.athleteId);
    await act(viewer, other.athleteId);

    await settled(api.app, viewer.athleteId);
    assert.deepEqual(
      await eventsOf(viewer),
      [`athletes-to-follow ${kind}`, 'athletes-to-follow shown'].sort(),
    );
  });
}

test('notes a recommended club that somebody joins', async () => {
  const place = `Murten ${randomUUID()}`;
  const [founder, viewer] = [await api.newAthlete(), await api.newAthlete({ homeRegion: place })];
  const club = { name: 'Near', visibility: 'public', place };
  const { body } = await founder.post('/v1/clubs', club).expect(201);
  await viewer.get('/v1/recommendations/clubs').expect(200);
  await api.app.impressions.settled();

  await viewer.put(`/v1/clubs/${body.clubId}/membership`).expect(200);

  await settled(api.app, body.clubId);
  assert.deepEqual(await eventsOf(viewer, body.clubId), ['clubs-to-join accepted', 'clubs-to-join shown']);
});

test('each athlete is shown the version of their share, and what came of it is counted for that', async () => {
  const standard = api.app.config.RECOMMEND_ATHLETES_TO_FOLLOW;
  const plain = athletesRanking('athletes-to-follow');
  // Of a file of its own, which would be another one.
  const shares = [
    { ranking: plain, share: 0.5 },
    { ranking: { ...plain, version: 'changed' }, share: 0.5 },
  ];
  api.app.config.RECOMMEND_ATHLETES_TO_FOLLOW = shares;
  try {
    const pairs = await Promise.all(Array.from({ length: 8 }, shownPair));

    for (const { viewer, shown } of pairs) {
      const { version } = rankingFor('athletes-to-follow', shares, viewer.athleteId);
      assert.deepEqual(await eventsOf(viewer, shown.athleteId), [`${version} shown`]);
    }
  } finally {
    api.app.config.RECOMMEND_ATHLETES_TO_FOLLOW = standard;
  }
});

test('forgets with an athlete what they were shown, and to whom they were', async () => {
  const { viewer, shown } = await shownPair();
  await look(shown);
  assert.deepEqual(await eventsOf(shown, viewer.athleteId), ['athletes-to-follow shown']);

  await shown.delete('/v1/athletes/me', { password: shown.password }).expect(204);

  await settled(api.app, shown.athleteId);
  assert.deepEqual([await eventsOf(viewer), await eventsOf(shown)], [[], []]);
});
