import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  checkpointIn,
  publish,
  publishedCheckpoint,
  publishedNumbers,
  unpublish,
} from '../../../api/audit/checkpoints.js';
import { drainJournals } from '../../../api/audit/drain-journals.js';
import {
  type Checkpoints,
  earlierCuts,
  ForgedCheckpoint,
  makeCheckpoint,
} from '../../../api/audit/make-checkpoint.js';
import { firstMadeSince, pruneCheckpoints } from '../../../api/audit/prune-checkpoints.js';
import { AuditSigner, AuditVerifier } from '../../../api/audit/signatures.js';
import { type Finding, verifyTrail } from '../../../api/audit/verify-trail.js';
import { type Objects, openObjects } from '../../../api/stores/objects.js';
import { migrateGraph } from '../../../graph/migrate.js';
import { Graph } from '../../../graph/session.js';
import { randomFrom } from '../../../scripts/simulate/random.js';
import { migrateSeries } from '../../../timeseries/migrate.js';
import { Series, sql } from '../../../timeseries/pool.js';
import { testCount } from '../../support/counts.js';
import { startOwnStores } from '../../support/own-stores.js';
import { pageOfDecisions } from './decisions.js';
import { forgetKey, masterKey, openJournal, plantKey } from './journals.js';
import { compress, run, type Scene, tamper } from './tamper.js';

// A trail of its own: nobody else may write to it while it is tampered with.

const WRITERS = 3;
const PAGES = 6;
const PAGE = 5;
const EARLIER_PAGES = 3;
const LENGTH = PAGES * PAGE;

const auditSigner = new AuditSigner(Buffer.alloc(32, 'audit of its own'));
const errors: object[] = [];
const log = { error: (fields: object) => errors.push(fields) };

let stores: Awaited<ReturnType<typeof startOwnStores>>;
let series: Series;
let graph: Graph;
let objects: Objects;
let folder: string;
const subjects: string[] = [];
let scene: Omit<Scene, 'random'>;

before(async () => {
  stores = await startOwnStores('timescale');
  folder = await mkdtemp(join(tmpdir(), 'paceline-trail-'));
  series = new Series(stores.urls.timescaleUrl);
  graph = new Graph(stores.urls.neo4jUrl);
  objects = openObjects(pathToFileURL(join(folder, 'objects')).href);
  await Promise.all([migrateGraph(graph), migrateSeries(stores.urls.timescaleUrl)]);
  scene = await newTrail();
});
after(async () => {
  await Promise.all([series.close(), graph.close()]);
  await stores.stop();
  await rm(folder, { recursive: true, force: true });
});

const checkpoints = (): Checkpoints => ({ series, objects, auditSigner, now: () => new Date(), log });

async function findings(verifier = auditSigner.verifier): Promise<Finding[]> {
  const found: Finding[] = [];
  const now = () => new Date(Date.now() + 3_600_000);
  await verifyTrail({ series, objects, verifier, now }, (finding) => found.push(finding));
  return found;
}

/** Three writers, drained and signed twice, the first chunk compressed. */
async function newTrail(): Promise<Omit<Scene, 'random'>> {
  const journal = join(folder, 'journal');
  const earlierHeads = new Map<string, string>();
  const drain = { series, graph, masterKey, auditSigner, log };
  const journals = Array.from({ length: WRITERS }, () => openJournal(journal));
  for (let page = 0; page < PAGES; page += 1) {
    for (const each of journals) {
      const decisions = pageOfDecisions(PAGE, `r-${page}`);
      const athleteId = decisions[0]?.subject.athleteId ?? '';
      await plantKey(graph, athleteId);
      subjects.push(athleteId);
      each.record(decisions);
    }
    if (page !== EARLIER_PAGES - 1) continue;
    await drainedAll(drain, journal, EARLIER_PAGES * PAGE * WRITERS);
    await makeCheckpoint(checkpoints());
    const heads = await series.query<object, { writer: string; values: string }>(
      {
        path: 'test',
        text: `SELECT writer, format('%s, %L, %L, %L', sequence, chain, stored_at, signature) AS values FROM audit_heads`,
      },
      {},
    );
    for (const { writer, values } of heads) earlierHeads.set(writer, values);
  }
  for (const each of journals) each.close();
  await drainedAll(drain, journal, LENGTH * WRITERS);
  await makeCheckpoint(checkpoints());
  await run(series, `CREATE TABLE kept_decisions AS SELECT * FROM decisions`);
  await run(series, `CREATE TABLE kept_heads AS SELECT * FROM audit_heads`);
  await run(series, `CREATE TABLE kept_checkpoints AS SELECT * FROM audit_checkpoints`);
  await compress(series);
  return { series, writers: [...earlierHeads.keys()], length: LENGTH, earlierHeads, checkpoints: 2 };
}

/** A segment is closed some time after its last decision. */
async function drainedAll(drain: Parameters<typeof drainJournals>[0], journal: string, count: number) {
  for (;;) {
    await drainJournals(drain, journal);
    const [row] = await series.query<object, { stored: number }>(
      { path: 'test', text: 'SELECT count(*) AS stored FROM decisions' },
      {},
    );
    if (row && row.stored >= count) return;
  }
}

async function restore(): Promise<void> {
  await run(series, `DELETE FROM decisions`);
  for (const [table, kept] of [
    ['decisions', 'kept_decisions'],
    ['audit_heads', 'kept_heads'],
    ['audit_checkpoints', 'kept_checkpoints'],
  ]) {
    if (table !== 'decisions') await run(series, `DELETE FROM ${table}`);
    await run(series, `INSERT INTO ${table} SELECT * FROM ${kept}`);
  }
}

test('a trail that nobody touched has nothing wrong with it, compressed or not', async () => {
  assert.deepEqual(await findings(), []);
  assert.deepEqual(errors, []);
});

test('forgetting an athlete leaves the trail as it was', async () => {
  await forgetKey(graph, subjects[0] ?? '');
  assert.deepEqual(await findings(), []);
});

test('whoever has another key has signed nothing of it', async () => {
  const other = new AuditVerifier([new AuditSigner(Buffer.alloc(32, 'other')).publicKey]);
  const kinds = new Set((await findings(other)).map(({ kind }) => kind));
  assert.ok(kinds.has('checkpoint-forged') && kinds.has('head-forged'));
});

/** Runs `npm run audit:verify` with nothing but what it needs: no secret, no other store. */
async function verified(publicKey: string): Promise<{ code: number | null; lines: string[]; told: string }> {
  const script = fileURLToPath(new URL('../../../scripts/audit-verify.js', import.meta.url));
  const child = spawn(process.execPath, [script], {
    env: {
      TIMESCALE_URL: stores.urls.timescaleUrl,
      OBJECTS_URL: pathToFileURL(join(folder, 'objects')).href,
      AUDIT_PUBLIC_KEYS: publicKey,
    },
  });
  const [lines, told] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, lines: lines.split('\n').filter(Boolean), told: told.trim() };
}

test('the command tells what it has verified, and a line for each thing that is wrong', async () => {
  const counted = `${LENGTH * WRITERS} decisions of ${WRITERS} writers and 2 checkpoints`;
  assert.deepEqual(await verified(auditSigner.publicKey), {
    code: 0,
    lines: [],
    told: `${counted}: all as they were written`,
  });

  const [writer = ''] = scene.writers;
  await run(
    series,
    `UPDATE decisions SET allowed = false WHERE sequence = 4::bigint AND writer = '${writer}'`,
  );
  assert.deepEqual(await verified(auditSigner.publicKey), {
    code: 1,
    lines: [JSON.stringify({ kind: 'edited', writer, from: 4, to: 4 })],
    told: `${counted}: 1 thing is wrong`,
  });
  await restore();

  const { code, told } = await verified('nonsense');
  assert.equal(code, 2);
  assert.match(told, /AUDIT_PUBLIC_KEYS: must be keys of 32 bytes in base64/);
});

const edits = testCount(60, 1_000);
test(`${edits} random edits by somebody with all rights on the database are found, each where it was`, async () => {
  const seed = 20_261_125;
  const { even } = randomFrom(seed);
  const random = (below: number) => Math.floor(even() * below);
  for (let edit = 0; edit < edits; edit += 1) {
    if (random(2) === 0) await compress(series);
    const { what, isFound } = await tamper({ ...scene, random }, edit);
    const found = await findings();
    assert.ok(found.some(isFound), `edit ${edit} of seed ${seed}: ${what}; found ${JSON.stringify(found)}`);
    await restore();
    if (edit % 20 === 0) assert.deepEqual(await findings(), [], `after ${what} was undone`);
  }
});

test('what was observed was recorded or trimmed, at every minute, says the filed query', async () => {
  const journal = join(folder, 'trimming');
  const trimming = openJournal(journal);
  const [decision] = pageOfDecisions(1, 'r-trimmed');
  assert.ok(decision);
  const facts = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`fact${index}`, true]));
  trimming.record([decision, { ...decision, target: { ...decision.target, facts } }, decision]);
  trimming.close();
  await drainJournals({ series, graph, masterKey, auditSigner, log }, journal);
  const observed = sql<{ since: Date }, Minute>('decisions/observed.sql');

  const minutes = await series.query(observed, { since: new Date(0) });

  const sum = (count: (minute: Minute) => number) => minutes.map(count).reduce((a, b) => a + b, 0);
  assert.deepEqual(
    [sum((each) => each.observed), sum((each) => each.recorded), sum((each) => each.trimmed)],
    [LENGTH * WRITERS + 3, LENGTH * WRITERS + 2, 1],
  );
  assert.ok(minutes.every(({ lost }) => lost === 0));
  assert.deepEqual(await findings(), []);

  await run(series, `DELETE FROM decisions WHERE sequence = 12::bigint AND writer = '${scene.writers[0]}'`);
  const after = await series.query(observed, { since: new Date(0) });
  assert.deepEqual(
    after.filter(({ lost }) => lost > 0).map(({ writer, lost }) => [writer, lost]),
    [[scene.writers[0], 1]],
  );
  await run(
    series,
    `INSERT INTO decisions SELECT * FROM kept_decisions WHERE sequence = 12 AND writer = '${scene.writers[0]}'`,
  );
});

interface Minute {
  readonly writer: string;
  readonly observed: number;
  readonly recorded: number;
  readonly trimmed: number;
  readonly lost: number;
}

test('a checkpoint that could not be published is published by the next run', async () => {
  const broken: Pick<Objects, 'get' | 'put'> = {
    get: objects.get.bind(objects),
    put: async () => {
      throw new Error('the object store is away');
    },
  };
  await assert.rejects(
    makeCheckpoint({ ...checkpoints(), objects: Object.assign(openObjects('file:///'), broken) }),
  );
  assert.deepEqual(await findings(), [{ kind: 'checkpoint-missing', number: 3 }]);

  assert.equal(await makeCheckpoint(checkpoints()), undefined);
  assert.deepEqual(await findings(), []);
});

test('checkpoints that the database has lost come back from the object store', async () => {
  await run(series, 'DELETE FROM audit_checkpoints WHERE number > 1::bigint');
  assert.deepEqual(
    (await findings()).map((finding) => ('number' in finding ? finding.number : finding)),
    [2, 3],
  );

  assert.equal(await makeCheckpoint(checkpoints()), undefined);
  assert.deepEqual(await findings(), []);
});

test('nothing is signed on top of a checkpoint that is not ours', async () => {
  const change = (to: string, from: string) =>
    run(
      series,
      `UPDATE audit_checkpoints SET body = replace(body, '${from}', '${to}') WHERE number = 3::bigint`,
    );
  await change('"numbers"', '"number"');
  await assert.rejects(makeCheckpoint(checkpoints()), ForgedCheckpoint);
  await change('"number"', '"numbers"');
  assert.deepEqual(await findings(), []);
});

test('the first checkpoint to be kept is the first that was made since then', async () => {
  const numbers = await publishedNumbers(objects);
  assert.deepEqual(numbers, [1, 2, 3]);
  const below = numbers.length + 1;
  const instants = await Promise.all(
    numbers.map(async (number) => {
      const signed = await publishedCheckpoint(objects, number);
      return Date.parse((signed && checkpointIn(signed)?.madeAt) ?? '');
    }),
  );
  for (const [at, madeAt] of instants.entries()) {
    const since = (instant: number) => firstMadeSince(checkpoints(), new Date(instant), { from: 1, below });
    assert.equal(await since(madeAt), numbers[at]);
    assert.equal(await since(madeAt + 1), numbers[at + 1] ?? below);
  }
});

test('a cut signs that the checkpoints are kept which were made since', async () => {
  const second = await publishedCheckpoint(objects, 2);
  const since = (second && checkpointIn(second)?.madeAt) ?? '';

  const checkpoint = await makeCheckpoint(checkpoints(), new Date(since));

  assert.deepEqual([checkpoint?.number, checkpoint?.cut?.keptFrom], [4, 2]);
  assert.equal((await earlierCuts(checkpoints())).keptFrom, 2);
  await unpublish(objects, 4);
  await run(series, 'DELETE FROM audit_checkpoints WHERE number = 4::bigint');
  assert.deepEqual(await findings(), []);
});

test('a day goes only after it was verified, and then nothing is missing', async () => {
  const dayMilliseconds = 86_400_000;
  const cutBefore = new Date(Math.ceil(Date.now() / dayMilliseconds) * dayMilliseconds);
  const drop = async () => {
    const [job] = await series.query<object, { id: number }>(
      {
        path: 'test',
        text: `SELECT job_id AS id FROM timescaledb_information.jobs WHERE proc_name = 'drop_cut_decisions'`,
      },
      {},
    );
    await series.runScript(`CALL run_job(${job?.id})`);
    const [row] = await series.query<object, { left: number }>(
      { path: 'test', text: 'SELECT count(*) AS left FROM decisions' },
      {},
    );
    return row?.left;
  };
  const whole = LENGTH * WRITERS + 3;
  const edit = (is: string) =>
    run(
      series,
      `UPDATE decisions SET allowed = ${is} WHERE sequence = 3::bigint AND writer = '${scene.writers[1]}'`,
    );
  assert.equal(await drop(), whole);
  await edit('false');
  assert.equal(await makeCheckpoint(checkpoints(), cutBefore), undefined);
  assert.equal(errors.length, 1);
  assert.equal(await drop(), whole);

  await edit('true');
  const checkpoint = await makeCheckpoint(checkpoints(), cutBefore);
  assert.deepEqual([checkpoint?.number, checkpoint?.cut?.heads.length], [4, WRITERS + 1]);
  assert.deepEqual(await findings(), []);
  assert.equal(await drop(), 0);
  assert.deepEqual(await findings(), []);
});

test('checkpoints before a cut go with it, and none from it on can go', async () => {
  const { keptFrom } = await earlierCuts(checkpoints());
  assert.equal(keptFrom, 4);

  assert.equal(await pruneCheckpoints(checkpoints(), keptFrom), 3);

  assert.deepEqual(await publishedNumbers(objects), [4]);
  assert.deepEqual(await findings(), []);
  assert.equal(await pruneCheckpoints(checkpoints(), keptFrom), 0);
  const cut = await publishedCheckpoint(objects, 4);
  await unpublish(objects, 4);
  assert.deepEqual(await findings(), [{ kind: 'checkpoint-missing', number: 4 }]);
  if (cut) await publish(objects, 4, cut);
});

test('what the database says of when checkpoints were made lets none go', async () => {
  await run(series, `UPDATE audit_checkpoints SET made_at = '2000-01-01', cut_before = NULL`);

  const lastNumber = await firstMadeSince(checkpoints(), new Date('2020-01-01'), { from: 4, below: 5 });
  await pruneCheckpoints(checkpoints(), 5);

  assert.equal(lastNumber, 4);
  assert.deepEqual(await publishedNumbers(objects), [4]);
});
