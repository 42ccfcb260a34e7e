import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { startApi, type TestApi, type TestAthlete } from '../../support/app.js';

let api: TestApi;
before(async () => {
  api = await startApi();
});
after(() => api.stop());

async function found(owner: TestAthlete, fields: object = {}): Promise<string> {
  const { body } = await owner
    .post('/v1/clubs', { name: 'Hills', visibility: 'public', ...fields })
    .expect(201);
  return body.clubId;
}

async function shownTo(athlete: TestAthlete) {
  const { body } = await athlete.get('/v1/recommendations/clubs?limit=50').expect(200);
  return body.items as { club: { clubId: string }; reasons: { kind: string; words: string }[] }[];
}
const idsShownTo = async (athlete: TestAthlete) =>
  (await shownTo(athlete)).map(({ club: { clubId } }) => clubId);

/** Somebody who follows the two members of a club. */
async function atTheDoor(fields: object = {}) {
  const [viewer, owner, member] = await Promise.all([api.newAthlete(), api.newAthlete(), api.newAthlete()]);
  const clubId = await found(owner, fields);
  await member.put(`/v1/clubs/${clubId}/membership`);
  for (const { athleteId } of [owner, member])
    await viewer.put(`/v1/athletes/${athleteId}/follow`).expect(200);
  return { viewer, owner, member, clubId };
}

test('recommends the clubs of people one follows, and says so', async () => {
  const { viewer, clubId } = await atTheDoor();

  const [first] = await shownTo(viewer);

  assert.equal(first?.club.clubId, clubId);
  assert.deepEqual(
    first.reasons.map(({ words }) => words),
    ['2 people you follow are members'],
  );
});

test('says nothing through who belongs to a club that is not public', async () => {
  for (const visibility of ['closed', 'secret']) {
    const { viewer } = await atTheDoor({ visibility });

    assert.deepEqual(await shownTo(viewer), [], visibility);
  }
});

test('says nothing of a club below a secret one', async () => {
  const { viewer, owner, clubId } = await atTheDoor();
  const above = await found(owner, { visibility: 'secret' });
  await owner.put(`/v1/clubs/${clubId}/parent`, { clubId: above });

  assert.deepEqual(await shownTo(viewer), []);
});

test('recommends a closed club by place and sport, without a word on who is in it', async () => {
  const place = `Ort ${randomUUID().slice(0, 8)}`;
  const { viewer, clubId } = await atTheDoor({ visibility: 'closed', place, sport: 'row' });
  await viewer.patch('/v1/athletes/me', { homeRegion: place.toLowerCase(), sports: ['row'] }).expect(200);

  const shown = (await shownTo(viewer)).find(({ club }) => club.clubId === clubId);

  assert.deepEqual(
    shown?.reasons.map(({ words }) => words),
    ['Is at home where you are', 'Does what you do'],
  );
});

test('recommends what is below a club of one’s own', async () => {
  const [owner, viewer] = [await api.newAthlete(), await api.newAthlete()];
  const [above, below] = [await found(owner), await found(owner)];
  await owner.put(`/v1/clubs/${below}/parent`, { clubId: above }).expect(200);
  await viewer.put(`/v1/clubs/${above}/membership`).expect(200);

  const [first] = await shownTo(viewer);

  assert.equal(first?.club.clubId, below);
  assert.equal(first.reasons[0]?.words, 'Belongs to a club of yours');
});

test('recommends no club that one belongs to, was banned from or is not interested in', async () => {
  const hiding = [
    ({ viewer, clubId }: Awaited<ReturnType<typeof atTheDoor>>) =>
      viewer.put(`/v1/clubs/${clubId}/membership`).expect(200),
    ({ owner, viewer, clubId }: Awaited<ReturnType<typeof atTheDoor>>) =>
      owner.put(`/v1/clubs/${clubId}/bans/${viewer.athleteId}`).expect(204),
    ({ viewer, clubId }: Awaited<ReturnType<typeof atTheDoor>>) =>
      viewer.put(`/v1/recommendations/clubs/${clubId}/dismissal`).expect(204),
  ];
  for (const hide of hiding) {
    const door = await atTheDoor();
    assert.deepEqual(await idsShownTo(door.viewer), [door.clubId]);

    await hide(door);

    assert.deepEqual(await idsShownTo(door.viewer), []);
  }
});

test('a dismissal tells nothing of a secret club', async () => {
  const { viewer, clubId } = await atTheDoor({ visibility: 'secret' });

  await viewer.put(`/v1/recommendations/clubs/${clubId}/dismissal`).expect(404);
  await viewer.put(`/v1/recommendations/clubs/${randomUUID()}/dismissal`).expect(404);
});
