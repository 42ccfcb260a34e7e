import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import { test } from 'node:test';
import { z } from 'zod';
import { type Answer, Endpoint, ok } from '../../../api/http/endpoint.js';
import { listen } from '../../../api/http/listen.js';
import { buildServer } from '../../../api/http/server.js';
import { startServer } from './start-server.js';

let reached = () => {};
let hold: Promise<void> | undefined;

class SlowController {
  @Endpoint('GET /v1/slow', {
    action: 'service.read',
    decided: 'inside',
    summary: 'Wait',
    answers: { 200: z.unknown() },
  })
  async wait(): Promise<Answer> {
    reached();
    await hold;
    return ok({});
  }
}

const { app } = await startServer([SlowController]);

test('closing lets requests under way end, takes no others and waits for nobody idle', async () => {
  const { url, close } = await listen(app, buildServer(app, [SlowController]), 0);
  const agent = new Agent({ keepAlive: true });
  const answerOf = (): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      get(`${url}/v1/slow`, { agent }, (response) => {
        response.resume().once('end', () => resolve([response.statusCode, response.headers.connection]));
      }).once('error', reject);
    });
  await answerOf();
  let release = () => {};
  hold = new Promise((resolve) => {
    release = resolve;
  });
  const arrived = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const slow = answerOf();
  await arrived;

  const startedAt = performance.now();
  const closed = close();
  await assert.rejects(fetch(`${url}/v1/slow`));
  release();

  assert.deepEqual(await slow, [200, 'close']);
  await closed;
  assert.ok(performance.now() - startedAt < 2_000);
  agent.destroy();
});

test('two servers of one process serve their own apps', async () => {
  hold = undefined;
  const other = await startServer([SlowController]);

  assert.equal((await other.request.get('/v1/slow')).status, 200);
  assert.equal(other.lines.length, 1);
});
