import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import test, { after, before } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { v7 as uuidv7 } from 'uuid';
import { readConfig } from '../../../api/config.js';
import { activityIdOf } from '../../../api/ids.js';
import { type Job, job } from '../../../api/jobs/job.js';
import { startWorker } from '../../../api/jobs/worker.js';
import { type App, wire } from '../../../api/wiring.js';
import { dueEvents, finishEvent, recordOffers } from '../../../graph/outbox.js';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { startApi, type TestApi, testSettings } from '../../support/app.js';
import { startOwnStores } from '../../support/own-stores.js';
import { finished, rowsOf, upload } from '../../support/uploads.js';

let stores: Awaited<ReturnType<typeof startOwnStores>>;
let settings: Record<string, string>;
let api: TestApi;
before(async () => {
  stores = await startOwnStores('neo4j', 'timescale', 'redis');
  settings = testSettings(stores.urls);
  api = await startApi(settings);
});
after(async () => {
  await api.stop();
  await stores.stop();
});

test('two relays hand every event over, one at a time per key and in order', async () => {
  const handled: string[] = [];
  const inWork = new Map<string, number>();
  let overlaps = 0;
  const watching = job({
    name: 'test.watch',
    on: ['test.happened'],
    concurrency: () => 4,
    run: async (_, { key, payload }) => {
      inWork.set(key, (inWork.get(key) ?? 0) + 1);
      if (inWork.get(key) !== 1) overlaps += 1;
      await wait(2);
      handled.push(`${key}:${payload.number}`);
      inWork.set(key, (inWork.get(key) ?? 0) - 1);
    },
  });
  await withWorkers([[watching], [watching]], async () => {
    const keys = ['a', 'b', 'c', 'd'];
    for (let number = 0; number < 10; number += 1) {
      await Promise.all(keys.map((key) => emit(api.app, 'test.happened', key, { number })));
    }

    await until(() => new Set(handled).size === 40);

    for (const key of keys) {
      const numbers = [...new Set(handled)].filter((each) => each.startsWith(key));
      assert.deepEqual(
        numbers,
        Array.from({ length: 10 }, (_, number) => `${key}:${number}`),
      );
    }
    assert.equal(overlaps, 0);
    await until(async () => (await outstanding()).length === 0);
  });
});

test('an event goes to every job that hears of it, and then it is gone', async () => {
  const heard: string[] = [];
  const hears = (name: string) =>
    job({ name, on: ['test.happened'], run: async () => void heard.push(name) });

  await withWorkers([[hears('test.one'), hears('test.two')]], async () => {
    await emit(api.app, 'test.happened', 'k', {});
    await emit(api.app, 'test.nobodyHears', 'k', {});

    await until(async () => (await outstanding()).length === 0);

    assert.deepEqual(heard.sort(), ['test.one', 'test.two']);
  });
});

test('an event is offered again only to the jobs that have not finished', async () => {
  const { graph } = api.app;
  const jobs = ['test.one', 'test.two'];
  const eventId = await emit(api.app, 'test.happened', 'k', {});
  await recordOffers(graph, [{ eventId, isBlocked: false, jobs, pauseSeconds: 0 }]);

  await finishEvent(graph, { eventId, job: 'test.one', jobs, hasFailed: false });

  const due = (await dueEvents(graph, 100)).find((event) => event.eventId === eventId);
  assert.deepEqual(due?.waitingFor, ['test.two']);
  await finishEvent(graph, { eventId, job: 'test.two', jobs, hasFailed: false });
  assert.deepEqual(await outstanding(), []);
});

test('a job that fails is tried again', async () => {
  const attempts: number[] = [];
  const failing = job({
    name: 'test.fail',
    on: ['test.happened'],
    run: async (_, __, { attempt }) => {
      attempts.push(attempt);
      if (attempt < 3) throw new Error('not yet');
    },
  });
  await withWorkers([[failing]], async () => {
    await emit(api.app, 'test.happened', 'k', {});

    await until(async () => (await outstanding()).length === 0);

    assert.deepEqual(attempts, [1, 2, 3]);
  });
});

test('an event that was given up stays, and the next of its key goes on', async () => {
  const [first, second] = [
    await emit(api.app, 'test.happened', 'k', {}),
    await emit(api.app, 'test.happened', 'k', {}),
  ];

  const hasNext = await finishEvent(api.app.graph, {
    eventId: first,
    job: 'test.fail',
    jobs: ['test.fail'],
    hasFailed: true,
  });

  assert.equal(hasNext, true);
  const handled: string[] = [];
  const watching = job({
    name: 'test.watch',
    on: ['test.happened'],
    run: async (_, { eventId }) => void handled.push(eventId),
  });
  await withWorkers([[watching]], () => until(() => handled.includes(second)));
  assert.deepEqual(handled, [second]);
  assert.deepEqual(await outstanding(), [first]);
  await api.app.graph.write(({ run }) => run({ path: 'test', text: 'MATCH (event:Event) DELETE event' }, {}));
});

test('what was handed over is done although Redis has lost everything', async () => {
  const handled = new Set<string>();
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const slow = job({
    name: 'test.slow',
    on: ['test.happened'],
    run: async (_, { eventId }) => {
      await gate;
      handled.add(eventId);
    },
  });
  await withWorkers([[slow]], async () => {
    const eventIds = await Promise.all(
      Array.from({ length: 20 }, (_, index) => emit(api.app, 'test.happened', `key ${index}`, {})),
    );
    await until(async () => (await offered()) === 20);

    await api.app.redis.flushAll();
    open();

    await until(() => eventIds.every((eventId) => handled.has(eventId)));
    await until(async () => (await outstanding()).length === 0);
  });
});

test('jobs on a schedule run again and again, never twice at once', async () => {
  let [runs, inWork, overlaps] = [0, 0, 0];
  const ticking = job({
    name: 'test.tick',
    every: { seconds: 0.1 },
    run: async () => {
      inWork += 1;
      if (inWork > 1) overlaps += 1;
      await wait(250);
      runs += 1;
      inWork -= 1;
    },
  });
  await withWorkers([[ticking], [ticking]], () => until(() => runs >= 3));
  assert.equal(overlaps, 0);
});

for (const step of ['begun', 'read', 'stored', 'ended', 'finish']) {
  test(`a worker killed at "${step}" of an upload leaves exactly one activity in the end`, async () => {
    const athlete = await api.newAthlete();
    const ride = rideAsFit(simulateRide({ durationSeconds: 300, seed: step.length }));
    const doomed = worker('upload.process', step);
    const { body } = await upload(athlete, 'ride.fit', ride).expect(202);
    const [, signal] = await once(doomed, 'exit');
    assert.equal(signal, 'SIGKILL');

    const survivor = await startWorker(api.app);
    const done = await finished(athlete, body.uploadId);
    await until(async () => (await outstanding(/^(upload|athlete|activity)/)).length === 0);
    await survivor.close();

    assert.equal(done.status, 'ready');
    assert.deepEqual(await activitiesOf(athlete.athleteId), done.activityIds);
    assert.deepEqual(await rowsOf(api.app, done.activityIds[0]), { samples: 300, recordings: 1, blocks: 1 });
  });
}

test('nothing is left of an upload whose athlete was deleted meanwhile', async () => {
  const athlete = await api.newAthlete();
  const ride = rideAsFit(simulateRide({ durationSeconds: 300, seed: 99 }));
  const doomed = worker('upload.process', 'stored');
  const { body } = await upload(athlete, 'ride.fit', ride).expect(202);
  await once(doomed, 'exit');
  await athlete.delete('/v1/athletes/me', { password: athlete.password }).expect(204);

  const survivor = await startWorker(api.app);
  await until(async () => (await outstanding(/^(upload|athlete|activity)/)).length === 0);
  await survivor.close();

  assert.deepEqual(await activitiesOf(athlete.athleteId), []);
  const objects: string[] = [];
  for await (const { key } of api.app.objects.list(`originals/${athlete.athleteId}`)) objects.push(key);
  assert.deepEqual(objects, []);
  const rows = await rowsOf(api.app, activityIdOf(body.uploadId, 0));
  assert.deepEqual(rows, { samples: 0, recordings: 0, blocks: 0 });
});

/** Runs workers, each with connections and jobs of its own, as long as the work takes. */
async function withWorkers(jobs: readonly (readonly Job[])[], work: () => Promise<unknown>): Promise<void> {
  const workers = await Promise.all(
    jobs.map(async (each) => {
      const wired = await wire(readConfig(settings));
      return { ...wired, worker: await startWorker(wired.app, { jobs: each }) };
    }),
  );
  try {
    await work();
  } finally {
    for (const { worker, close } of workers) {
      await worker.close();
      await close();
    }
  }
}

/** Starts a worker in a process of its own that is killed at a step of a job. */
function worker(jobName: string, step: string) {
  const program = fileURLToPath(new URL('../../support/doomed-worker.js', import.meta.url));
  return spawn(process.execPath, [program, jobName, step], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function emit(
  { graph }: App,
  type: string,
  key: string,
  payload: Record<string, number>,
): Promise<string> {
  const eventId = uuidv7();
  await graph.write((transaction) => transaction.emit({ eventId, type, key, payload }));
  return eventId;
}

/** Ids of the events of some types that are not done; mail is not delivered here, so its events stay. */
async function outstanding(types = /^test/): Promise<string[]> {
  const rows = await api.app.graph.query<{ types: string }, { eventId: string }>(
    {
      path: 'test',
      text: 'MATCH (event:Event) WHERE event.type =~ $types RETURN event.eventId AS eventId ORDER BY eventId',
    },
    { types: `${types.source}.*` },
  );
  return rows.map(({ eventId }) => eventId);
}

async function offered(): Promise<number> {
  const [row] = await api.app.graph.query<object, { count: number }>(
    { path: 'test', text: 'MATCH (event:Event) WHERE event.offers > 0 RETURN count(event) AS count' },
    {},
  );
  return row?.count ?? 0;
}

async function activitiesOf(athleteId: string): Promise<string[]> {
  const rows = await api.app.graph.query<{ athleteId: string }, { activityId: string }>(
    {
      path: 'test',
      text: 'MATCH (activity:Activity {athleteId: $athleteId}) RETURN activity.activityId AS activityId',
    },
    { athleteId },
  );
  return rows.map(({ activityId }) => activityId);
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let polls = 0; polls < 3_000; polls += 1) {
    if (await condition()) return;
    await wait(20);
  }
  assert.fail('it never happened');
}
