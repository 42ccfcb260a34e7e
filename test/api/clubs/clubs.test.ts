import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { startApi, type TestAthlete } from '../../support/app.js';
import { ask, emissionsOf } from '../../support/graph.js';
import { admit, found, giveRole, itemsOf, join, leave, roleIn } from './founded.js';

const api = await startApi();
after(() => api.stop());

// Registering is slow on purpose, so everybody here makes one club after the other.
const [ann, bob, cid, dan, eva] = await Promise.all([
  api.newAthlete(),
  api.newAthlete(),
  api.newAthlete(),
  api.newAthlete(),
  api.newAthlete(),
]);
const clubIdOf = ({ clubId }: Record<string, string>) => clubId;
const search = (who: TestAthlete, query: string) => itemsOf(who, `/v1/clubs?${query}`, clubIdOf);
const clubsOf = (whose: TestAthlete, who = whose) =>
  itemsOf(who, `/v1/athletes/${whose.athleteId}/clubs?limit=100`, clubIdOf);
const names = (who: TestAthlete, path: string) =>
  itemsOf(
    who,
    path,
    (item: { displayName?: string; athlete?: { displayName: string } }) =>
      item.athlete?.displayName ?? item.displayName,
  );

test('whoever makes a club owns it, and everyone sees a public one', async () => {
  const made = await ann
    .post('/v1/clubs', { name: ' Hill  Climbers ', visibility: 'public', sport: 'ride', place: 'Zürich' })
    .expect(201);

  const { clubId, createdAt } = made.body;
  assert.equal(made.headers.location, `/v1/clubs/${clubId}`);
  const club = {
    clubId,
    name: 'Hill  Climbers',
    description: null,
    sport: 'ride',
    place: 'Zürich',
    visibility: 'public',
    createdAt,
    memberCount: 1,
    parent: null,
    version: 1,
  };
  assert.deepEqual(made.body, { ...club, role: 'owner', isMember: true });
  const seen = await bob.get(`/v1/clubs/${clubId}`).expect(200);
  assert.deepEqual(seen.body, { ...club, role: 'none', isMember: false });
  await api.anyone.get(`/v1/clubs/${clubId}`).expect(200);
});

test('words that do not fit are refused and make no club', async () => {
  const before = await clubsOf(ann);
  for (const wrong of [
    { name: '', visibility: 'public' },
    { name: 'x'.repeat(101), visibility: 'public' },
    { name: 'Two\nlines', visibility: 'public' },
    { name: 'Wheelers', visibility: 'hidden' },
    { name: 'Wheelers' },
    { name: 'Wheelers', visibility: 'public', sport: 'quidditch' },
    { name: 'Wheelers', visibility: 'public', owner: randomUUID() },
  ]) {
    const { body } = await ann.post('/v1/clubs', wrong).expect(422);
    assert.equal(body.type, '/problems/bad-body', JSON.stringify(wrong));
  }
  assert.deepEqual(await clubsOf(ann), before);
});

test('joining a public club works at once, and again is the same', async () => {
  const clubId = await found(ann);
  const emitted = emissionsOf(api.app.graph);

  for (const _ of [1, 2]) {
    const { body } = await join(bob, clubId).expect(200);
    assert.deepEqual(body, { clubId, state: 'member' });
  }

  assert.deepEqual(
    emitted.map(({ type, payload }) => ({ type, payload })),
    [{ type: 'club.joined', payload: { clubId, athleteId: bob.athleteId } }],
  );
  const { body } = await bob.get(`/v1/clubs/${clubId}`).expect(200);
  assert.deepEqual([body.role, body.isMember, body.memberCount], ['member', true, 2]);
  assert.deepEqual(await names(ann, `/v1/clubs/${clubId}/members`), [bob.displayName, ann.displayName]);
});

test('a closed club is asked, shows nothing of what is in it, and its moderators decide', async () => {
  const clubId = await found(ann, { visibility: 'closed' });
  await admit(ann, clubId, { admin: [], moderator: [dan], member: [] });
  assert.deepEqual((await join(bob, clubId).expect(200)).body, { clubId, state: 'pending' });
  await join(cid, clubId).expect(200);

  assert.equal(await roleIn(bob, clubId), 'pending');
  await bob.get(`/v1/clubs/${clubId}/members`).expect(403);
  await bob.get(`/v1/clubs/${clubId}/requests`).expect(403);
  await bob.put(`/v1/clubs/${clubId}/requests/${bob.athleteId}`).expect(403);
  assert.deepEqual(await names(dan, `/v1/clubs/${clubId}/requests`), [cid.displayName, bob.displayName]);
  await dan.put(`/v1/clubs/${clubId}/requests/${bob.athleteId}`).expect(204);
  await dan.put(`/v1/clubs/${clubId}/requests/${bob.athleteId}`).expect(204);
  await dan.delete(`/v1/clubs/${clubId}/requests/${cid.athleteId}`).expect(204);

  assert.equal(await roleIn(bob, clubId), 'member');
  assert.equal(await roleIn(cid, clubId), 'none');
  await dan.put(`/v1/clubs/${clubId}/requests/${cid.athleteId}`).expect(404);
  assert.deepEqual(await names(dan, `/v1/clubs/${clubId}/requests`), []);
});

test('a secret club is nowhere for whoever does not belong to it', async () => {
  const name = `Nightriders${randomUUID().slice(0, 8)}`;
  const clubId = await found(ann, { visibility: 'secret', name, sport: 'golf' });

  for (const request of [
    bob.get(`/v1/clubs/${clubId}`),
    bob.patch(`/v1/clubs/${clubId}`, { name: 'Mine' }),
    bob.delete(`/v1/clubs/${clubId}`),
    join(bob, clubId),
    leave(bob, clubId),
    bob.get(`/v1/clubs/${clubId}/members`),
    bob.get(`/v1/clubs/${clubId}/clubs`),
    bob.get(`/v1/clubs/${clubId}/requests`),
    bob.delete(`/v1/clubs/${clubId}/members/${ann.athleteId}`),
    giveRole(bob, clubId, ann, 'member'),
    api.anyone.get(`/v1/clubs/${clubId}`),
  ])
    await request.expect(404);
  assert.deepEqual(await search(bob, `query=${name}`), []);
  assert.ok(!(await search(bob, 'sport=golf&limit=100')).includes(clubId));
  assert.ok(!(await clubsOf(ann, bob)).includes(clubId));
  assert.deepEqual(await search(ann, `query=${name}`), [clubId]);
  assert.ok((await clubsOf(ann)).includes(clubId));
});

test('only the owner closes a club, and then it is nowhere', async () => {
  const clubId = await found(ann);
  await admit(ann, clubId, { admin: [bob], moderator: [], member: [cid] });
  await bob.delete(`/v1/clubs/${clubId}`).expect(403);

  await ann.delete(`/v1/clubs/${clubId}`).expect(204);

  for (const who of [ann, bob, cid]) {
    assert.equal(await roleIn(who, clubId), 'nothing there');
    assert.ok(!(await clubsOf(who)).includes(clubId));
  }
  await join(cid, clubId).expect(404);
});

test('whoever leads a club changes it, with the version that they have seen', async () => {
  const clubId = await found(ann, { sport: 'run' });
  await admit(ann, clubId, { admin: [bob], moderator: [cid], member: [] });
  const { headers } = await bob.get(`/v1/clubs/${clubId}`).expect(200);

  const { body } = await bob
    .patch(`/v1/clubs/${clubId}`, { name: 'Runners', sport: null })
    .set('If-Match', String(headers.etag))
    .expect(200);

  assert.deepEqual([body.name, body.sport, body.version], ['Runners', null, 2]);
  await bob
    .patch(`/v1/clubs/${clubId}`, { name: 'Walkers' })
    .set('If-Match', String(headers.etag))
    .expect(412);
  await cid.patch(`/v1/clubs/${clubId}`, { name: 'Walkers' }).expect(403);
});

test('the owner leaves only after handing over, and hands over only to an admin', async () => {
  const clubId = await found(ann);
  await admit(ann, clubId, { admin: [bob], moderator: [cid], member: [] });
  await leave(ann, clubId).expect(403);
  const owner = (who: TestAthlete, heir: TestAthlete) =>
    who.put(`/v1/clubs/${clubId}/owner`, { athleteId: heir.athleteId });
  await owner(ann, cid).expect(403);
  await owner(bob, bob).expect(403);

  await owner(ann, bob).expect(204);

  assert.deepEqual(await Promise.all([ann, bob].map((who) => roleIn(who, clubId))), ['admin', 'owner']);
  await leave(ann, clubId).expect(204);
  await leave(bob, clubId).expect(403);
});

test('nobody touches the owner, an admin removes no admin, a moderator no moderator', async () => {
  const clubId = await found(ann);
  await admit(ann, clubId, { admin: [bob, cid], moderator: [dan], member: [eva] });
  const remove = (who: TestAthlete, whom: TestAthlete) =>
    who.delete(`/v1/clubs/${clubId}/members/${whom.athleteId}`);
  await remove(bob, ann).expect(403);
  await giveRole(bob, clubId, ann, 'member').expect(403);
  await remove(bob, cid).expect(403);
  await remove(dan, bob).expect(403);
  await giveRole(dan, clubId, eva, 'moderator').expect(403);
  await giveRole(eva, clubId, eva, 'admin').expect(403);
  await giveRole(bob, clubId, eva, 'owner').expect(422);

  await remove(dan, eva).expect(204);
  await remove(dan, eva).expect(404);
  await remove(bob, dan).expect(204);
  await remove(ann, bob).expect(204);

  assert.deepEqual(await names(ann, `/v1/clubs/${clubId}/members`), [cid.displayName, ann.displayName]);
});

test('of two admins who dethrone one another at once exactly one does', async () => {
  for (let round = 0; round < 2; round += 1) {
    const clubId = await found(ann);
    await admit(ann, clubId, { admin: [bob, cid], moderator: [], member: [] });

    const answers = await Promise.all([
      giveRole(bob, clubId, cid, 'member'),
      giveRole(cid, clubId, bob, 'member'),
    ]);

    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 403]);
    const roles = await Promise.all([bob, cid].map((who) => roleIn(who, clubId)));
    assert.deepEqual(roles.sort(), ['admin', 'member']);
  }
});

test('a club handed over to two at once has one owner', async () => {
  const clubId = await found(ann);
  await admit(ann, clubId, { admin: [bob, cid], moderator: [], member: [] });

  const answers = await Promise.all(
    [bob, cid].map((heir) => ann.put(`/v1/clubs/${clubId}/owner`, { athleteId: heir.athleteId })),
  );

  assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 403]);
  const roles = await Promise.all([ann, bob, cid].map((who) => roleIn(who, clubId)));
  assert.equal(roles.filter((role) => role === 'owner').length, 1);
});

test('a search finds words and sports, page by page', async () => {
  const word = `Peloton${randomUUID().slice(0, 8)}`;
  const made = [];
  for (const sport of ['ride', 'run', 'ride']) made.push(await found(ann, { name: word, sport }));

  const all = await search(ann, `query=${word}`);
  const rides = await search(ann, `query=${word}&sport=ride`);
  const newest = await search(ann, 'sport=ride&limit=1');
  const paged: string[] = [];
  let cursor = '';
  do {
    const { body } = await ann.get(`/v1/clubs?query=${word}&limit=1${cursor}`).expect(200);
    paged.push(...body.items.map(({ clubId }: { clubId: string }) => clubId));
    cursor = body.nextCursor && `&cursor=${body.nextCursor}`;
  } while (cursor);

  assert.deepEqual([...all].sort(), [...made].sort());
  assert.deepEqual([...rides].sort(), [made[0], made[2]].sort());
  assert.deepEqual(newest, [made[2]]);
  assert.deepEqual(paged, all);
  const { body } = await ann.get('/v1/clubs').expect(400);
  assert.equal(body.type, '/problems/bad-query');
});

test('two hundred clubs and a hundred requests are the most', async () => {
  const [open, closed] = [await found(ann), await found(ann, { visibility: 'closed' })];
  await ask(
    api.app.graph,
    `MATCH (bob:Athlete {athleteId: $bob})
     CALL (bob) { UNWIND range(1, 200) AS n CREATE (bob)-[:MEMBER_OF {role: 'member'}]->(:Crowd {of: $bob}) }
     CALL (bob) { UNWIND range(1, 100) AS n CREATE (bob)-[:ASKS_TO_JOIN]->(:Crowd {of: $bob}) }`,
    { bob: bob.athleteId },
  );

  const answers = [await join(bob, open), await join(bob, closed), await bob.post('/v1/clubs', CLUB)];

  assert.deepEqual(
    answers.map(({ status, body }) => [status, body.type, body.limit]),
    [
      [409, '/problems/too-many-clubs', 200],
      [409, '/problems/too-many-club-requests', 100],
      [409, '/problems/too-many-clubs', 200],
    ],
  );
  await ask(api.app.graph, 'MATCH (crowd:Crowd {of: $bob}) DETACH DELETE crowd', { bob: bob.athleteId });
});

test('ten thousand requests are the most that one club has', async () => {
  const clubId = await found(ann, { visibility: 'closed' });
  await ask(
    api.app.graph,
    `MATCH (club:Club {clubId: $clubId})
     UNWIND range(1, 10000) AS n
     CREATE (club)<-[:ASKS_TO_JOIN]-(:Crowd {of: $clubId})`,
    { clubId },
  );

  const { body } = await join(bob, clubId).expect(409);

  assert.deepEqual([body.type, body.limit], ['/problems/too-many-club-requests', 10_000]);
  assert.equal(await roleIn(bob, clubId), 'none');
  await ask(api.app.graph, 'MATCH (crowd:Crowd {of: $clubId}) DETACH DELETE crowd', { clubId });
});

const CLUB = { name: 'Wheelers', visibility: 'public' };
