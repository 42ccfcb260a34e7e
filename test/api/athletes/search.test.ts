import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { startApi, type TestAthlete } from '../../support/app.js';
import { ask } from '../../support/graph.js';

const api = await startApi();
after(() => api.stop());

/** A word that is in no other name. */
const aWord = () => `q${randomBytes(6).toString('hex')}`;
const viewer = await api.newAthlete();

async function find(query: string, as: TestAthlete = viewer, rest = ''): Promise<string[]> {
  const { body } = await as.get(`/v1/athletes?query=${encodeURIComponent(query)}${rest}`).expect(200);
  return body.items.map(({ displayName }: { displayName: string }) => displayName);
}

test('finds names by the beginnings of their words, whatever case, accents and order', async () => {
  const word = aWord();
  await api.newAthlete({ displayName: `José Ánna ${word}` });

  for (const query of [`jose ${word}`, `${word} ANN`, `JOSÉ ${word.slice(0, 8)}`, `${word}, josé`]) {
    assert.deepEqual(await find(query), [`José Ánna ${word}`], query);
  }
  for (const query of [`josephine ${word}`, `ose ${word}`]) assert.deepEqual(await find(query), [], query);
});

test('finds names in scripts without spaces', async () => {
  const word = aWord();
  await api.newAthlete({ displayName: `山田太郎 ${word}` });

  for (const query of [`山田 ${word}`, `太郎 ${word}`, `山 ${word}`]) {
    assert.deepEqual(await find(query), [`山田太郎 ${word}`], query);
  }
});

test('what means something to the search engine means nothing here', async () => {
  const word = aWord();
  await api.newAthlete({ displayName: `Ann ${word}` });

  for (const query of ['*', '*:*', '?', '[a TO z]', '"', '\\', 'displayName:', '/.*/', '~', '   ']) {
    assert.deepEqual(await find(query), [], query);
  }
  assert.deepEqual(await find(`(${word}) OR -ann`), [], 'OR is a word like any other');
  assert.deepEqual(await find(`"${word}"^2`), []);
  assert.deepEqual(await find(`${word}~!`), [`Ann ${word}`]);
});

test('pages through all and meets each once', async () => {
  const word = aWord();
  const names = Array.from({ length: 7 }, (_, number) => `${word} ${'x'.repeat(number)}`.trim());
  for (const displayName of names) await api.newAthlete({ displayName });

  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const rest: string = cursor && `&cursor=${cursor}`;
    const page = await viewer.get(`/v1/athletes?query=${word}&limit=3${rest}`).expect(200);
    seen.push(...page.body.items.map(({ displayName }: { displayName: string }) => displayName));
    cursor = page.body.nextCursor;
  }

  assert.deepEqual(seen.sort(), names.sort());
});

test('whoever blocks or is blocked, is suspended or deleted, is not found', async () => {
  const word = aWord();
  const [blocker, blocked, suspended, deleted] = await Promise.all(
    ['Blocker', 'Blocked', 'Suspended', 'Deleted'].map((name) =>
      api.newAthlete({ displayName: `${name} ${word}` }),
    ),
  );
  assert.ok(blocker && blocked && suspended && deleted);
  await blocker.put(`/v1/athletes/${viewer.athleteId}/block`).expect(204);
  await viewer.put(`/v1/athletes/${blocked.athleteId}/block`).expect(204);
  await ask(api.app.graph, 'MATCH (a:Athlete {athleteId: $id}) SET a.suspendedAt = datetime()', {
    id: suspended.athleteId,
  });
  await deleted.delete('/v1/athletes/me', { password: deleted.password }).expect(204);

  assert.deepEqual(await find(word), []);
  assert.deepEqual((await find(word, await api.newAthlete())).sort(), [`Blocked ${word}`, `Blocker ${word}`]);
});

test('a closed profile is found by name, so that one can ask', async () => {
  const word = aWord();
  const ann = await api.newAthlete({ displayName: `Ann ${word}`, approvesFollowers: true });

  const { body } = await viewer.get(`/v1/athletes?query=${word}`).expect(200);

  assert.deepEqual(body.items, [
    {
      athleteId: ann.athleteId,
      displayName: `Ann ${word}`,
      approvesFollowers: true,
      following: 'none',
      followsYou: false,
    },
  ]);
});

test('a search asks for words, a log-in and one of our cursors', async () => {
  await viewer.get('/v1/athletes').expect(400);
  await viewer.get('/v1/athletes?query=').expect(400);
  await viewer.get(`/v1/athletes?query=${'x'.repeat(101)}`).expect(400);
  await api.anyone.get('/v1/athletes?query=ann').expect(401);
  const { body } = await viewer.get('/v1/athletes?query=ann&cursor=bm9uZQ').expect(400);
  assert.equal(body.type, '/problems/bad-cursor');
});
