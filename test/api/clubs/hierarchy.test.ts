import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { startApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { admit, found, giveRole, itemsOf, join, leave, putBelow, roleIn } from './founded.js';

const api = await startApi();
after(() => api.stop());

// Fay leads the federation, Ron the region below it, Lou the local club below that; Max belongs to the local club alone
// and Zoe to nothing.
const [fay, ron, lou, max, zoe] = await Promise.all([
  api.newAthlete(),
  api.newAthlete(),
  api.newAthlete(),
  api.newAthlete(),
  api.newAthlete(),
]);
let federation: string;
let region: string;
let local: string;

beforeEach(async () => {
  federation = await found(fay, { name: 'Federation' });
  region = await found(ron, { name: 'Region' });
  local = await found(lou, { name: 'Local' });
  await putBelow([region, ron], [federation, fay]);
  await putBelow([local, lou], [region, ron]);
  await join(max, local).expect(200);
});

const roles = (who: TestAthlete) => Promise.all([federation, region, local].map((id) => roleIn(who, id)));
const become = (owner: TestAthlete, clubId: string, visibility: string) =>
  owner.patch(`/v1/clubs/${clubId}`, { visibility }).expect(200);
const idOf = ({ clubId }: { clubId: string }) => clubId;

test('leading goes down, belonging goes up', async () => {
  assert.deepEqual(await roles(fay), ['owner', 'admin', 'admin']);
  assert.deepEqual(await roles(ron), ['member', 'owner', 'admin']);
  assert.deepEqual(await roles(max), ['member', 'member', 'member']);
  assert.deepEqual(await roles(zoe), ['none', 'none', 'none']);
  const { body } = await max.get(`/v1/clubs/${federation}`).expect(200);
  assert.deepEqual([body.isMember, body.memberCount], [false, 1]);
});

test('moderating and belonging do not go down', async () => {
  await admit(fay, federation, { admin: [], moderator: [zoe], member: [] });

  assert.deepEqual(await roles(zoe), ['moderator', 'none', 'none']);
});

test('an admin from above acts below, but does not touch the owner there', async () => {
  await giveRole(fay, local, max, 'moderator').expect(204);
  await fay.delete(`/v1/clubs/${local}/members/${max.athleteId}`).expect(204);
  await fay.delete(`/v1/clubs/${local}/members/${lou.athleteId}`).expect(403);
  await fay.delete(`/v1/clubs/${local}`).expect(403);
  await fay.patch(`/v1/clubs/${local}`, { description: 'Under new rules' }).expect(200);
});

test('a club is never more open than those above it, until their doors are passed', async () => {
  await become(fay, federation, 'closed');
  assert.deepEqual((await join(zoe, local).expect(200)).body.state, 'pending');
  await join(zoe, federation).expect(200);
  await fay.put(`/v1/clubs/${federation}/requests/${zoe.athleteId}`).expect(204);

  // The federation let her in, and below it the doors are open.
  assert.deepEqual((await join(zoe, local).expect(200)).body.state, 'member');

  await become(fay, federation, 'secret');
  await leave(zoe, local).expect(204);
  assert.deepEqual(await roles(zoe), ['member', 'none', 'none']);
  await leave(zoe, federation).expect(204);
  assert.deepEqual(await roles(zoe), ['nothing there', 'nothing there', 'nothing there']);
  assert.deepEqual(await roles(max), ['member', 'member', 'member']);
});

test('a secret club is hidden from whoever belongs only above it, but not from who leads there', async () => {
  await become(lou, local, 'secret');
  await join(zoe, federation).expect(200);
  await join(zoe, region).expect(200);

  assert.equal(await roleIn(zoe, local), 'nothing there');
  assert.deepEqual(await itemsOf(zoe, `/v1/clubs/${region}/clubs`, idOf), []);
  assert.deepEqual(await itemsOf(ron, `/v1/clubs/${region}/clubs`, idOf), [local]);
  assert.deepEqual(await itemsOf(max, `/v1/clubs/${region}/clubs`, idOf), [local]);
  assert.ok(!(await itemsOf(zoe, `/v1/athletes/${max.athleteId}/clubs`, idOf)).includes(local));
});

test('a ban holds below, ends what was there, and nobody comes back through a club below', async () => {
  await fay.put(`/v1/clubs/${federation}/bans/${max.athleteId}`).expect(204);
  await fay.put(`/v1/clubs/${federation}/bans/${max.athleteId}`).expect(204);

  assert.deepEqual(await roles(max), ['banned', 'banned', 'banned']);
  await join(max, local).expect(403);
  await max.get(`/v1/clubs/${local}/members`).expect(403);
  await lou.delete(`/v1/clubs/${local}/bans/${max.athleteId}`).expect(204);
  await join(max, local).expect(403);

  await fay.delete(`/v1/clubs/${federation}/bans/${max.athleteId}`).expect(204);
  assert.deepEqual(await roles(max), ['none', 'none', 'none']);
  await join(max, local).expect(200);
});

test('nobody bans who leads from above, or owns a club below', async () => {
  await lou.put(`/v1/clubs/${local}/bans/${fay.athleteId}`).expect(403);
  await fay.put(`/v1/clubs/${federation}/bans/${lou.athleteId}`).expect(403);
  await fay.put(`/v1/clubs/${federation}/bans/${fay.athleteId}`).expect(403);
});

test('a ban and a joining at once leave nobody inside who is banned', async () => {
  for (let round = 0; round < 3; round += 1) {
    await fay.delete(`/v1/clubs/${federation}/bans/${zoe.athleteId}`).expect(204);
    const [banned, joined] = await Promise.all([
      fay.put(`/v1/clubs/${federation}/bans/${zoe.athleteId}`),
      join(zoe, local),
    ]);

    assert.equal(banned.status, 204);
    assert.ok([200, 403].includes(joined.status));
    assert.equal(await roleIn(zoe, local), 'banned');
    const { body } = await zoe.get(`/v1/clubs/${local}`).expect(200);
    assert.equal(body.isMember, false);
  }
});

test('the other side decides about a link, and only its leaders see who asks', async () => {
  const group = await found(zoe, { name: 'Group', visibility: 'secret' });
  const asked = await zoe.put(`/v1/clubs/${group}/parent`, { clubId: local }).expect(200);
  assert.deepEqual(asked.body, { clubId: group, parentId: local, state: 'requested' });
  await max.get(`/v1/clubs/${local}/club-requests`).expect(403);
  await zoe.put(`/v1/clubs/${local}/clubs/${group}`).expect(403);
  assert.deepEqual(await itemsOf(ron, `/v1/clubs/${local}/club-requests`, idOf), [group]);
  assert.equal(await roleIn(lou, group), 'nothing there');

  await lou.put(`/v1/clubs/${local}/clubs/${group}`).expect(204);
  await lou.put(`/v1/clubs/${local}/clubs/${group}`).expect(204);

  assert.equal(await roleIn(fay, group), 'admin');
  assert.equal((await zoe.get(`/v1/clubs/${group}`).expect(200)).body.parent.clubId, local);
  await lou.delete(`/v1/clubs/${local}/clubs/${group}`).expect(204);
  assert.equal(await roleIn(fay, group), 'nothing there');
  await max.put(`/v1/clubs/${local}/parent`, { clubId: federation }).expect(403);
});

test('a club that leaves its parent stays as closed as it was', async () => {
  await become(ron, region, 'secret');

  await lou.delete(`/v1/clubs/${local}/parent`).expect(204);

  assert.equal(await roleIn(zoe, local), 'nothing there');
  assert.equal((await lou.get(`/v1/clubs/${local}`).expect(200)).body.visibility, 'secret');
  assert.equal(await roleIn(ron, local), 'nothing there');
});

test('clubs below a closed one stand by themselves, as closed as they were', async () => {
  await become(ron, region, 'secret');

  await ron.delete(`/v1/clubs/${region}`).expect(204);

  const { body } = await lou.get(`/v1/clubs/${local}`).expect(200);
  assert.deepEqual([body.parent, body.visibility], [null, 'secret']);
  assert.equal(await roleIn(fay, local), 'nothing there');
});

test('a club stands below one club, never below itself, and not too deep', async () => {
  const parent = (who: TestAthlete, clubId: string, parentId: string) =>
    who.put(`/v1/clubs/${clubId}/parent`, { clubId: parentId });
  const problem = async (request: ReturnType<typeof parent>) => (await request.expect(409)).body.type;
  assert.equal(await problem(parent(lou, local, federation)), '/problems/club-has-parent');
  assert.equal(await problem(parent(fay, federation, local)), '/problems/club-hierarchy-circle');
  assert.equal(await problem(parent(fay, federation, federation)), '/problems/club-hierarchy-circle');
  let lowest = local;
  for (let level = 4; level <= 6; level += 1) {
    const next = await found(lou);
    await putBelow([next, lou], [lowest, lou]);
    lowest = next;
  }
  assert.equal(await roleIn(fay, lowest), 'admin');
  const seventh = await found(lou);
  assert.equal(await problem(parent(lou, seventh, lowest)), '/problems/club-hierarchy-too-deep');
});

test('of moves at once that would make a circle together at least one is refused', async () => {
  for (let round = 0; round < 2; round += 1) {
    // a above x, b above y: x below b and y below a would close the circle, and they share no club.
    const [a, x, b, y] = [await found(fay), await found(fay), await found(fay), await found(fay)];
    // Ron leads them too: what one athlete does at once is one after the other anyway.
    for (const clubId of [a, x, b, y]) await admit(fay, clubId, { admin: [ron], moderator: [], member: [] });
    await putBelow([a, fay], [x, fay]);
    await putBelow([b, fay], [y, fay]);

    const answers = await Promise.all([
      fay.put(`/v1/clubs/${x}/parent`, { clubId: b }),
      ron.put(`/v1/clubs/${y}/parent`, { clubId: a }),
    ]);

    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    const circles = await ask(
      api.app.graph,
      'MATCH (club:Club)-[:PART_OF*1..6]->(club) WHERE club.clubId IN $ids RETURN club.clubId AS clubId',
      { ids: [a, b, x, y] },
    );
    assert.deepEqual(circles, []);
  }
});
