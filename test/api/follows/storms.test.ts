import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startApi } from '../../support/app.js';

const api = await startApi({ FOLLOWS_PER_HOUR: '3' });
after(() => api.stop());

test('a storm of follows and requests is stopped, and nothing else of the athlete', async () => {
  const me = await api.newAthlete();
  const others = await Promise.all(Array.from({ length: 5 }, () => api.newAthlete()));
  const answers = await Promise.all(
    others.map(({ athleteId }) => me.put(`/v1/athletes/${athleteId}/follow`)),
  );

  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 429, 429]);
  const refused = answers.find(({ status }) => status === 429);
  assert.equal(refused?.body.type, '/problems/rate-limited');
  const { body } = await me.get(`/v1/athletes/${me.athleteId}/following`).expect(200);
  assert.equal(body.items.length, 3);
  await me.delete(`/v1/athletes/${others[0]?.athleteId}/follow`).expect(204);
});
