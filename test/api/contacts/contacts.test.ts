import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { startApi, type TestAthlete } from '../../support/app.js';
import { ask, suspend } from '../../support/graph.js';

const api = await startApi();
after(() => api.stop());

// As a client makes it, from the words of `api/README.md`.
const hashOf = (address: string) =>
  createHash('sha256')
    .update(`paceline-contact-1:${address.trim().toLowerCase().normalize('NFC')}`)
    .digest('base64url');
const anyHash = () => randomBytes(32).toString('base64url');

const verify = ({ athleteId }: TestAthlete) =>
  ask(
    api.app.graph,
    'MATCH (account:Account {athleteId: $athleteId}) SET account.emailVerifiedAt = datetime()',
    {
      athleteId,
    },
  );
const agree = (athlete: TestAthlete, isFindableByEmail = true) =>
  athlete.patch('/v1/accounts/me', { isFindableByEmail }).expect(200);
async function someone({ isVerified = true, isFindable = true } = {}): Promise<TestAthlete> {
  const athlete = await api.newAthlete();
  if (isVerified) await verify(athlete);
  if (isFindable) await agree(athlete);
  return athlete;
}
async function found(who: TestAthlete, hashes: readonly string[]): Promise<string[]> {
  const { body } = await who.post('/v1/contacts/matches', { hashes }).expect(200);
  return body.items.map(({ athleteId }: TestAthlete) => athleteId);
}
const accountOf = ({ athleteId }: TestAthlete) =>
  ask<{ contactHash: string | null; findableSince: Date | null }>(
    api.app.graph,
    `MATCH (account:Account {athleteId: $athleteId})
     RETURN account.contactHash AS contactHash, account.findableSince AS findableSince`,
    { athleteId },
  );

test('whoever agreed is found by the hash of the address, however it is spelt, and nobody else', async () => {
  const [me, ann, bob] = await Promise.all([someone(), someone(), someone({ isFindable: false })]);
  const spelt = ` ${ann.email.toUpperCase()} `;

  const { body } = await me
    .post('/v1/contacts/matches', { hashes: [hashOf(spelt), hashOf(bob.email), hashOf(me.email), anyHash()] })
    .expect(200);

  assert.deepEqual(body, {
    items: [
      {
        athleteId: ann.athleteId,
        displayName: ann.displayName,
        approvesFollowers: false,
        following: 'none',
        followsYou: false,
      },
    ],
  });
});

test('nothing to be found by is kept before an athlete agrees, nor after they changed their mind', async () => {
  const [me, ann] = await Promise.all([someone(), someone({ isFindable: false })]);
  assert.deepEqual(await accountOf(ann), [{ contactHash: null, findableSince: null }]);

  await agree(ann);
  const [agreed] = await accountOf(ann);
  assert.ok(agreed?.contactHash && agreed.findableSince);
  assert.notEqual(agreed.contactHash, hashOf(ann.email), 'a copy of the graph answers no guesses');
  await agree(ann);
  assert.deepEqual(await accountOf(ann), [agreed], 'again is the same as once');
  assert.deepEqual(await found(me, [hashOf(ann.email)]), [ann.athleteId]);

  await agree(ann, false);
  assert.deepEqual(await accountOf(ann), [{ contactHash: null, findableSince: null }]);
  assert.deepEqual(await found(me, [hashOf(ann.email)]), []);
});

test('nobody is found by an address that they have not verified', async () => {
  const [me, ann] = await Promise.all([someone(), someone({ isVerified: false })]);
  assert.deepEqual(await found(me, [hashOf(ann.email)]), []);

  await verify(ann);

  assert.deepEqual(await found(me, [hashOf(ann.email)]), [ann.athleteId]);
});

test('whoever has not verified their own address may not ask', async () => {
  const [me, ann] = await Promise.all([someone({ isVerified: false }), someone()]);

  const { body } = await me.post('/v1/contacts/matches', { hashes: [hashOf(ann.email)] }).expect(403);

  assert.equal(body.type, '/problems/forbidden');
});

test('a block hides each from the other, and a suspended or deleted athlete is not found', async () => {
  const me = await someone();
  const [ann, bob, cid, dee] = await Promise.all([someone(), someone(), someone(), someone()]);
  const hashes = [ann, bob, cid, dee].map(({ email }) => hashOf(email));
  await me.put(`/v1/athletes/${ann.athleteId}/block`).expect(204);
  await bob.put(`/v1/athletes/${me.athleteId}/block`).expect(204);
  await suspend(api.app.graph, cid.athleteId);
  await dee.delete('/v1/athletes/me', { password: dee.password }).expect(204);

  assert.deepEqual(await found(me, hashes), []);
  assert.deepEqual(await found(ann, [hashOf(me.email)]), []);
  assert.deepEqual(await accountOf(dee), []);
});

test('refuses addresses in clear, too many hashes and too many questions', async () => {
  const me = await someone();
  for (const hashes of [[], ['ann@example.org'], Array.from({ length: 501 }, anyHash)]) {
    await me.post('/v1/contacts/matches', { hashes }).expect(422);
  }
  await found(me, Array.from({ length: 500 }, anyHash));
  for (let question = 1; question < 10; question += 1) await found(me, [anyHash()]);

  const { body, headers } = await me.post('/v1/contacts/matches', { hashes: [anyHash()] }).expect(429);

  assert.equal(body.type, '/problems/rate-limited');
  assert.ok(Number(headers['retry-after']) > 0);
});
