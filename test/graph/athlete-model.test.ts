import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type AthleteModel, buildAthleteModel } from '../../graph/athlete-model.js';
import { eraseAthlete } from '../../graph/erasure.js';
import { fillThrowAwayGraph } from '../../graph/evaluate/throw-away-graph.js';
import { migrateGraph } from '../../graph/migrate.js';
import { cypher, Graph, type Whole, whole } from '../../graph/session.js';
import { Access, type Grant } from '../../policies/access.js';
import { loadEngine } from '../../policies/engine.js';
import { systemSubject } from '../../policies/subject.js';
import { ask } from '../support/graph.js';
import { startOwnStores } from '../support/own-stores.js';

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
});

test('whoever is suspended, deleted or not to be recommended is not in the model', async () => {
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

test('nothing is built where nobody follows anybody', async () => {
  await ask(graph, 'MATCH (athlete:Athlete) DETACH DELETE athlete');

  assert.equal(await build(), undefined);
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
    const next = await build();
    assert.equal(next?.athletes, 15);
    assert.deepEqual(await remains(), { resemblances: 0, unfinished: 0 });
  });
}

test('a run that dies while its version comes into use is finished by the next', async () => {
  await build();
  await assert.rejects(dyingBefore('models/settle.cypher', 3), /killed/);

  await build();

  assert.deepEqual(await remains(), { resemblances: 0, unfinished: 0 });
});

test('whoever is deleted leaves nothing of the model behind', async () => {
  await build();
  const athleteId = 'north-0';
  await ask(
    graph,
    'MATCH (a:Athlete {athleteId: $athleteId}) SET a = {athleteId: $athleteId, deletedAt: $now}',
    {
      athleteId,
      now: NOW,
    },
  );

  const isGone = await eraseAthlete(graph, grantFor('athlete.erase'), athleteId);

  assert.equal(isGone, true);
});

test('the modelled ranking leads to who is near, and answers without a model too', async () => {
  const ask7 = () => graph.query(ranking, { viewerId: 'north-7', limit: whole(10) });
  const without = await ask7();

  await build();

  const ids = (rows: readonly { athleteId: string }[]) => rows.map(({ athleteId }) => athleteId);
  assert.deepEqual([ids(without)[0], ids(await ask7())[0]], ['north-0', 'north-0']);
  assert.ok(ids(await ask7()).every((id) => id !== 'north-7' && id !== 'north-6'));
});

/** Runs until a query is to be asked for the nth time, and asks no more, as a killed process does. */
async function dyingBefore(path: string, time = 1): Promise<unknown> {
  const doomed = new Graph(stores.urls.neo4jUrl);
  const execute = doomed.execute.bind(doomed);
  let [times, isDead] = [0, false];
  doomed.execute = async (query, parameters) => {
    if (query.path === path) times += 1;
    isDead ||= times === time;
    if (isDead) throw new Error('killed');
    return execute(query, parameters);
  };
  try {
    return await buildAthleteModel(doomed, grantFor('model.build'), NOW);
  } finally {
    await doomed.close();
  }
}
