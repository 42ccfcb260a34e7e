import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildModels } from '../../../api/recommendations/build-models.job.js';
import type { App } from '../../../api/wiring.js';
import { cypher, type Whole, whole } from '../../../graph/session.js';
import { startApi, type TestApi, testSettings } from '../../support/app.js';
import { ask } from '../../support/graph.js';
import { startOwnStores } from '../../support/own-stores.js';

const ranking = cypher<{ viewerId: string; limit: Whole }, { athleteId: string }>(
  'recommend/athletes-to-follow-modelled.cypher',
);

let withGds: Awaited<ReturnType<typeof startOwnStores>>;
let without: Awaited<ReturnType<typeof startOwnStores>>;
before(async () => {
  withGds = await startOwnStores('neo4j');
  without = await startOwnStores('neo4j', 'noPlugins');
});
after(async () => {
  await Promise.all([withGds.stop(), without.stop()]);
});

/** Somebody who follows one who follows another, on stores of their own. */
async function chain(api: TestApi) {
  const [viewer, friend, found] = await Promise.all([api.newAthlete(), api.newAthlete(), api.newAthlete()]);
  await viewer.put(`/v1/athletes/${friend.athleteId}/follow`).expect(200);
  await friend.put(`/v1/athletes/${found.athleteId}/follow`).expect(200);
  return { viewer, found };
}

/** What the job writes into the log. */
async function logOf(app: App): Promise<readonly string[]> {
  const lines: string[] = [];
  const info = (...words: readonly unknown[]) => lines.push(String(words.at(-1)));
  await buildModels.run({ ...app, log: Object.assign(Object.create(app.log), { info }) });
  return lines;
}

test('where Graph Data Science is missing the job says so, and everything is recommended all the same', async () => {
  const api = await startApi(testSettings(without.urls));
  const { viewer, found } = await chain(api);

  const lines = await logOf(api.app);

  assert.deepEqual(lines, [
    'the graph has no Graph Data Science, so there is no nightly model: recommendations do without',
  ]);
  const { body } = await viewer.get('/v1/recommendations/athletes').expect(200);
  assert.equal(body.items[0]?.athlete.athleteId, found.athleteId);
  const rows = await api.app.graph.query(ranking, { viewerId: viewer.athleteId, limit: whole(10) });
  assert.equal(rows[0]?.athleteId, found.athleteId);
  await api.stop();
});

test('where it is there, the job builds a model, and an athlete who is deleted leaves nothing of it', async () => {
  const api = await startApi(testSettings(withGds.urls));
  const { viewer, found } = await chain(api);

  const lines = await logOf(api.app);

  assert.deepEqual(lines, ['the model of athletes was built']);
  const model = `MATCH (athlete:Athlete {athleteId: $athleteId})
    RETURN athlete.modelVersion IS NOT NULL AS isIn, EXISTS { (athlete)-[:RESEMBLES]-() } AS resembles`;
  const { athleteId } = found;
  assert.deepEqual(await ask(api.app.graph, model, { athleteId }), [{ isIn: true, resembles: true }]);
  await api.work();
  await found.delete('/v1/accounts/me', { password: found.password }).expect(204);
  for (let gone = false; !gone; ) gone = (await ask(api.app.graph, model, { athleteId })).length === 0;
  const { body } = await viewer.get('/v1/recommendations/athletes').expect(200);
  assert.deepEqual(body.items, []);
  await api.stop();
});
