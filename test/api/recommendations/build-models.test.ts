import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildModels } from '../../../api/recommendations/build-models.job.js';
import type { App } from '../../../api/wiring.js';
import { cypher, type Whole, whole } from '../../../graph/session.js';
import { startApi, type TestApi, testSettings } from '../../support/app.js';
import { startOwnStores } from '../../support/own-stores.js';

const ranking = cypher<{ viewerId: string; limit: Whole }, { athleteId: string }>(
  'recommend/athletes-to-follow-modelled.cypher',
);

let api: TestApi;
let stores: Awaited<ReturnType<typeof startOwnStores>>;
before(async () => {
  stores = await startOwnStores('neo4j', 'noPlugins');
  api = await startApi(testSettings(stores.urls));
});
after(async () => {
  await api.stop();
  await stores.stop();
});

/** Somebody who follows one who follows another. */
async function chain() {
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
  const { viewer, found } = await chain();

  const lines = await logOf(api.app);

  assert.deepEqual(lines, [
    'the graph has no Graph Data Science, so there is no nightly model: recommendations do without',
  ]);
  const { body } = await viewer.get('/v1/recommendations/athletes').expect(200);
  assert.equal(body.items[0]?.athlete.athleteId, found.athleteId);
  const rows = await api.app.graph.query(ranking, { viewerId: viewer.athleteId, limit: whole(10) });
  assert.equal(rows[0]?.athleteId, found.athleteId);
});
