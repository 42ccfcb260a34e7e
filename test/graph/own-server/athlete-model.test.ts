import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { buildModels } from '../../../api/recommendations/build-models.job.js';
import { type AthleteModel, buildAthleteModel } from '../../../graph/athlete-model.js';
import { eraseAthlete } from '../../../graph/erasure.js';
import { fillThrowAwayGraph } from '../../../graph/evaluate/throw-away-graph.js';
import { migrateGraph } from '../../../graph/migrate.js';
import { cypher, Graph, type Whole, whole } from '../../../graph/session.js';
import { Access, type Grant } from '../../../policies/access.js';
import { loadEngine } from '../../../policies/engine.js';
import { systemSubject } from '../../../policies/subject.js';
import { ask } from '../../support/graph.js';
import { startOwnStores } from '../../support/own-stores.js';

const NOW = new Date('2026-11-29T02:00:00Z');
const ranking = cypher<{ viewerId: string; limit: Whole }, { athleteId: string }>(
  'recommend/athletes-to-follow-modelled.cypher',
);

let stores: Awaited<ReturnType<typeof startOwnStores>>;
let graph: Graph;
let access: Access;
before(async () => {
  stores = await startOwnStores('neo4j');
  graph = new Graph(stores.urls.neo4jUrl);
  await migrateGraph(graph);
  access = new Access(await loadEngine(), { record: () => {} }, () => NOW);
});
after(async () => {
  await graph.close();
  await stores.stop();
});
beforeEach(async () => {
  await ask(graph, 'MATCH (node:Athlete|Model) DETACH DELETE node');
  await fillThrowAwayGraph(graph, twoCircles(), () => {});
});

/** Eight athletes in each of two circles follow everybody in theirs, but the last their first. */
function twoCircles(): { followerId: string; followeeId: string; since: null }[] {
  const names = [0, 1, 2, 3, 4, 5, 6, 7];
  return ['north', 'south'].flatMap((circle) =>
    names.flatMap((follower) =>
      names
        .filter((followee) => followee !== follower && !(follower === 7 && followee === 0))
        .map((followee) => ({
          followerId: `${circle}-${follower}`,
          followeeId: `${circle}-${followee}`,
          since: null,
        })),
    ),
  );
}

function grantFor(action: 'model.build' | 'athlete.erase'): Grant {
  const resource = { kind: 'test', id: 'all' };
  return access.require(systemSubject('worker', 'test'), action, { resource, facts: {} });
}

const build = (): Promise<AthleteModel | undefined> => buildAthleteModel(graph, grantFor('model.build'), NOW);

/** What the queries see of the model: who is in it, and every resemblance that counts. */
async function seen(): Promise<object> {
  const [row] = await ask<object>(
    graph,
    `MATCH (athlete:Athlete)
     OPTIONAL MATCH (athlete)-[resemblance:RESEMBLES]->(similar)
     WHERE resemblance.modelVersion = athlete.modelVersion
     WITH athlete, similar.athleteId AS similarId, resemblance
     ORDER BY athlete.athleteId, similarId
     RETURN collect([athlete.athleteId, athlete.modelVersion, athlete.community, athlete.place[0],
       similarId, resemblance.score]) AS rows`,
  );
  return row ?? {};
}

/** What a finished run leaves behind of others: nothing. */
async function remains(): Promise<object | undefined> {
  const [row] = await ask<object>(
    graph,
    `MATCH (model:Model)
     RETURN
       COUNT { ()-[r:RESEMBLES]->() WHERE r.modelVersion <> model.version } AS resemblances,
       COUNT { (a:Athlete) WHERE a.nextModelVersion IS NOT NULL OR a.nextPlace IS NOT NULL } AS unfinished`,
  );
  return row;
}

test('a run finds the circles, and gives everybody in them a place and whom they resemble', async () => {
  const model = await build();

  assert.deepEqual(
    { ...model, resemblances: undefined },
    { version: 1, athletes: 16, communities: 2, resemblances: undefined },
  );
  const circles = await ask<{ circles: string[] }>(
    graph,
    `MATCH (athlete:Athlete {modelVersion: 1})
     WHERE size(athlete.place) = 128 AND EXISTS { (athlete)-[:RESEMBLES {modelVersion: 1}]->() }
     WITH athlete.community AS community, split(athlete.athleteId, '-')[0] AS circle, count(*) AS athletes
     RETURN collect(circle + ' ' + athletes) AS circles`,
  );
  assert.deepEqual(circles[0]?.circles.sort(), ['north 8', 'south 8']);
  const [memory] = await ask(graph, 'CALL gds.graph.list() YIELD graphName RETURN count(*) AS graphs');
  assert.deepEqual(memory, { graphs: 0 });
});

test('whoever is suspended, deleted or not to be recommended any more is gone from the next model', async () => {
  await build();
  await ask(graph, "MATCH (a:Athlete {athleteId: 'north-1'}) SET a.suspendedAt = datetime()");
  await ask(graph, "MATCH (a:Athlete {athleteId: 'north-2'}) SET a.deletedAt = datetime()");
  await ask(graph, "MATCH (a:Athlete {athleteId: 'north-3'}) SET a.isRecommendable = false");

  await build();

  const [row] = await ask<{ athletes: number; left: string[] }>(
    graph,
    `MATCH (athlete:Athlete) WHERE athlete.modelVersion IS NULL
       AND athlete.community IS NULL AND NOT EXISTS { (athlete)-[:RESEMBLES]-() }
     WITH athlete ORDER BY athlete.athleteId RETURN collect(athlete.athleteId) AS left`,
  );
  assert.deepEqual(row?.left, ['north-1', 'north-2', 'north-3']);
});

test('the job builds it, and nothing where nobody follows anybody', async () => {
  const said: unknown[] = [];
  const log = { info: (...words: readonly unknown[]) => void said.push(...words) };

  await buildModels.run({ access, graph, log, now: () => NOW });
  await ask(graph, 'MATCH (athlete:Athlete) DETACH DELETE athlete');
  await buildModels.run({ access, graph, log, now: () => NOW });

  assert.deepEqual(said, [
    { ...Object(said[0]), version: 1, athletes: 16, communities: 2 },
    'the model of athletes was built',
    'nobody follows anybody yet, so there is nothing to build a model of',
  ]);
});

for (const step of ['find-similar', 'write-similar', 'switch']) {
  test(`a run that dies before ${step} leaves the version before in use, and the next clears up`, async () => {
    await build();
    const before = await seen();
    // The follows have changed since, so that a mixture of two versions would show.
    await ask(graph, "MATCH (a:Athlete {athleteId: 'south-0'}) DETACH DELETE a");
    const expected = await seen();
    assert.notDeepEqual(expected, before);

    await assert.rejects(dyingBefore(`models/${step}.cypher`), /killed/);

    assert.deepEqual(await seen(), expected);
    await assert.rejects(dyingBefore('models/project.cypher'), /killed/);
    assert.deepEqual([await seen(), await remains()], [expected, { resemblances: 0, unfinished: 0 }]);
    const next = await build();
    assert.equal(next?.athletes, 15);
    assert.deepEqual(await remains(), { resemblances: 0, unfinished: 0 });
  });
}

test('a run that dies while its version comes into use is finished by the next, before that begins', async () => {
  await build();
  await assert.rejects(dyingBefore('models/settle.cypher', 3), /killed/);

  await assert.rejects(dyingBefore('models/project.cypher'), /killed/);

  assert.deepEqual(await remains(), { resemblances: 0, unfinished: 0 });
  const [row] = await ask(graph, 'MATCH (a:Athlete) RETURN collect(DISTINCT a.modelVersion) AS versions');
  assert.deepEqual(row, { versions: [2] });
});

test('a run that a later one overtakes leaves the place to it', async () => {
  const again = async () => {
    await build();
  };

  const overtaken = runInterrupted('models/switch.cypher', again);

  await assert.rejects(overtaken, /version 1 of the model of athletes was overtaken/);

  const [row] = await ask(
    graph,
    `MATCH (model:Model), (athlete:Athlete {modelVersion: model.version})-[:RESEMBLES]->()
     RETURN model.version AS version, count(DISTINCT athlete) AS athletes`,
  );
  assert.deepEqual(row, { version: 2, athletes: 16 });
  assert.deepEqual(await remains(), { resemblances: 0, unfinished: 0 });
});

for (const step of ['write-features', 'write-similar']) {
  test(`whoever is deleted before ${step} gets nothing of the model`, async () => {
    await runInterrupted(`models/${step}.cypher`, () => leaveTombstone('north-0'));

    const [row] = await ask(
      graph,
      `MATCH (athlete:Athlete {athleteId: 'north-0'})
       UNWIND keys(athlete) AS name
       WITH athlete, name ORDER BY name
       RETURN collect(name) AS left, COUNT { (athlete)-[:RESEMBLES]-() } AS resemblances`,
    );
    assert.deepEqual(row, { left: ['athleteId', 'deletedAt'], resemblances: 0 });
  });
}

test('whoever is deleted leaves nothing of the model behind', async () => {
  await build();
  await leaveTombstone('north-0');

  const isGone = await eraseAthlete(graph, grantFor('athlete.erase'), 'north-0');

  assert.equal(isGone, true);
});

const rankedFor = async (viewerId: string): Promise<string[]> => {
  const rows = await graph.query(ranking, { viewerId, limit: whole(20) });
  return rows.map(({ athleteId }) => athleteId);
};

test('the modelled ranking leads to who is near, and answers without a model too', async () => {
  const without = await rankedFor('north-7');

  await build();

  const modelled = await rankedFor('north-7');
  assert.deepEqual(without, ['north-0']);
  assert.equal(modelled[0], 'north-0');
  assert.ok(modelled.every((id) => id === 'north-0' || id.startsWith('south')));
});

test('whom a viewer resembles is found without any way there, by the version that they have', async () => {
  await build();
  await ask(graph, "MATCH (:Athlete {athleteId: 'north-7'})-[tie:FOLLOWS]->() DELETE tie");

  const found = await rankedFor('north-7');

  assert.deepEqual(
    found.slice(0, 7).map((id) => id.split('-')[0]),
    Array.from({ length: 7 }, () => 'north'),
  );
  await ask(graph, "MATCH (a:Athlete {athleteId: 'north-7'}) SET a.modelVersion = 7");
  assert.deepEqual(await rankedFor('north-7'), []);
});

test('of two who are followed alike the nearer stands first, unless the places are of two versions', async () => {
  const follows = ['viewer friend', 'friend far', 'friend near'].map((words) => words.split(' '));
  await fillThrowAwayGraph(
    graph,
    follows.map(([followerId = '', followeeId = '']) => ({ followerId, followeeId, since: null })),
    () => {},
  );
  const place = (athleteId: string, place: number[], modelVersion: number) =>
    ask(
      graph,
      'MATCH (a:Athlete {athleteId: $athleteId}) SET a += {place: $place, modelVersion: $modelVersion}',
      {
        athleteId,
        place,
        modelVersion,
      },
    );
  await place('viewer', [1, 0], 1);
  await place('far', [0, 1], 1);
  await place('near', [1, 0], 1);

  assert.deepEqual(await rankedFor('viewer'), ['near', 'far']);

  await place('near', [1, 0], 2);
  assert.deepEqual(await rankedFor('viewer'), ['far', 'near']);
});

/** Leaves of an athlete what a deletion does at once. */
async function leaveTombstone(athleteId: string): Promise<void> {
  await ask(
    graph,
    'MATCH (a:Athlete {athleteId: $athleteId}) SET a = {athleteId: $athleteId, deletedAt: $now}',
    { athleteId, now: NOW },
  );
}

/** A run that is killed right before a query is to be asked for the nth time: it asks no more. */
const dyingBefore = (path: string, time = 1): Promise<unknown> =>
  runInterrupted(path, () => Promise.reject(new Error('killed')), time);

/** A run during which something happens right before a query is asked for the nth time; if that fails, it dies. */
async function runInterrupted(path: string, interruption: () => Promise<void>, time = 1): Promise<unknown> {
  const interrupted = new Graph(stores.urls.neo4jUrl);
  const execute = interrupted.execute.bind(interrupted);
  let times = 0;
  let death: Error | undefined;
  interrupted.execute = async (query, parameters) => {
    if (query.path === path) times += 1;
    if (query.path === path && times === time)
      await interruption().catch((error: Error) => {
        death = error;
      });
    if (death) throw death;
    return execute(query, parameters);
  };
  try {
    return await buildAthleteModel(interrupted, grantFor('model.build'), NOW);
  } finally {
    await interrupted.close();
  }
}
