import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { startApi, type TestAthlete } from '../../support/app.js';
import { suspend } from '../../support/graph.js';

const api = await startApi();
after(() => api.stop());

const someone = () => api.newAthlete();
const four = () => Promise.all([someone(), someone(), someone(), someone()]);
const follow = (who: TestAthlete, whom: TestAthlete) =>
  who.put(`/v1/athletes/${whom.athleteId}/follow`).expect(200);
const close = (who: TestAthlete) => who.patch('/v1/athletes/me', { approvesFollowers: true }).expect(200);

/** Each follows the next. */
async function chain(...athletes: readonly TestAthlete[]): Promise<void> {
  for (const [index, athlete] of athletes.slice(1).entries()) {
    const follower = athletes[index];
    if (follower) await follow(follower, athlete);
  }
}

async function path(viewer: TestAthlete, to: TestAthlete, from?: TestAthlete): Promise<string[]> {
  const query = from ? `?from=${from.athleteId}` : '';
  const { body } = await viewer.get(`/v1/athletes/${to.athleteId}/path${query}`).expect(200);
  return body.athletes.map(({ athleteId }: TestAthlete) => athleteId);
}
const ids = (...athletes: readonly TestAthlete[]) => athletes.map(({ athleteId }) => athleteId);

test('is the shortest chain of follows, in the direction of the follows', async () => {
  const [me, ann, bob, cid] = await four();
  const dee = await someone();
  await chain(me, ann, bob, cid, dee);
  assert.deepEqual(await path(me, dee), ids(me, ann, bob, cid, dee));

  await follow(ann, cid);

  assert.deepEqual(await path(me, dee), ids(me, ann, cid, dee));
  assert.deepEqual(await path(dee, me), [], 'nobody follows back');
  assert.deepEqual(await path(me, ann), ids(me, ann));
  assert.deepEqual(await path(me, dee, bob), ids(bob, cid, dee));
  assert.deepEqual(await path(dee, dee, me), ids(me, ann, cid, dee));
});

test('tells how one stands to each athlete on it', async () => {
  const [me, ann, bob] = await four();
  await chain(me, ann, bob);
  await follow(bob, me);

  const { body } = await me.get(`/v1/athletes/${bob.athleteId}/path`).expect(200);

  const view = ({ athleteId, displayName }: TestAthlete, following: string, followsYou: boolean) => ({
    athleteId,
    displayName,
    approvesFollowers: false,
    following,
    followsYou,
  });
  assert.deepEqual(body, {
    athletes: [view(me, 'none', false), view(ann, 'following', false), view(bob, 'none', true)],
  });
});

test('has no more than six follows', async () => {
  const athletes = [...(await four()), ...(await four())];
  await chain(...athletes);
  const [me, last, beyond] = [athletes[0], athletes[6], athletes[7]];
  assert.ok(me && last && beyond);

  assert.deepEqual(await path(me, last), ids(...athletes.slice(0, 7)));
  assert.deepEqual(await path(me, beyond), []);
});

for (const [who, hide] of [
  ['blocks one', (me, them) => them.put(`/v1/athletes/${me.athleteId}/block`).expect(204)],
  ['is blocked by one', (me, them) => me.put(`/v1/athletes/${them.athleteId}/block`).expect(204)],
  ['was suspended', (_, { athleteId }) => suspend(api.app.graph, athleteId)],
  ['has a closed profile', (_, them) => close(them)],
] satisfies [string, (me: TestAthlete, them: TestAthlete) => PromiseLike<unknown>][]) {
  test(`leads around an athlete who ${who}`, async () => {
    const [me, ann, bob, cid] = await four();
    const [dee, eve] = await four();
    await chain(me, ann, bob, cid);
    assert.deepEqual(await path(me, cid), ids(me, ann, bob, cid));

    await hide(me, bob);
    assert.deepEqual(await path(me, cid), []);

    await chain(ann, dee, eve, cid);
    assert.deepEqual(await path(me, cid), ids(me, ann, dee, eve, cid));
  });
}

test('leads through a closed profile that one follows, and to any', async () => {
  const [me, ann, bob] = await four();
  await chain(me, ann, bob);
  await Promise.all([ann, bob].map(close));

  assert.deepEqual(await path(me, bob), ids(me, ann, bob));
});

test('between two others is for whoever may read the lists of both', async () => {
  const [me, ann, bob, cid] = await four();
  await chain(ann, bob, cid);
  assert.deepEqual(await path(me, cid, ann), ids(ann, bob, cid));

  await close(ann);

  await me.get(`/v1/athletes/${cid.athleteId}/path?from=${ann.athleteId}`).expect(403);
  await me.get(`/v1/athletes/${ann.athleteId}/path?from=${cid.athleteId}`).expect(403);
});

test('refuses what is no question, and hides who is hidden', async () => {
  const [me, ann] = await four();
  await me.get(`/v1/athletes/${me.athleteId}/path`).expect(400);
  await me.get(`/v1/athletes/${ann.athleteId}/path?from=${ann.athleteId}`).expect(400);
  await me.get(`/v1/athletes/${randomUUID()}/path`).expect(404);
  await me.get(`/v1/athletes/${ann.athleteId}/path?from=${randomUUID()}`).expect(404);
  await ann.put(`/v1/athletes/${me.athleteId}/block`).expect(204);
  await me.get(`/v1/athletes/${ann.athleteId}/path`).expect(404);
  await api.anyone.get(`/v1/athletes/${ann.athleteId}/path`).expect(401);
});
