import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { v4 as uuidv4 } from 'uuid';
import { type Drain, drainJournals } from '../../../api/audit/drain-journals.js';
import { AuditSigner } from '../../../api/audit/signatures.js';
import { verifyChain } from '../../../api/audit/verify-chain.js';
import { segmentFile } from '../../../api/stores/journal-files.js';
import { migrateGraph } from '../../../graph/migrate.js';
import { Graph } from '../../../graph/session.js';
import type { Decision } from '../../../policies/access.js';
import { anonymousSubject, systemSubject } from '../../../policies/subject.js';
import { migrateSeries } from '../../../timeseries/migrate.js';
import { Series } from '../../../timeseries/pool.js';
import { temporaryFolder } from '../../support/folders.js';
import { claimForTests, storeUrls } from '../../support/stores.js';
import { pageOfDecisions } from './decisions.js';
import { factsOfRow, forgetKey, masterKey, openJournal, plantKey, type RowWithFacts } from './journals.js';

const silent = { error: () => {} };
let app: Drain;

before(async () => {
  const urls = storeUrls();
  await claimForTests(urls);
  const graph = new Graph(urls.neo4jUrl);
  await Promise.all([migrateGraph(graph), migrateSeries(urls.timescaleUrl)]);
  const auditSigner = new AuditSigner(Buffer.alloc(32, 'audit'));
  app = { series: new Series(urls.timescaleUrl), graph, masterKey, auditSigner, log: silent };
});
after(() => Promise.all([app.series.close(), app.graph.close()]));

interface Row {
  readonly writer: string;
  readonly sequence: number;
}

interface StoredRow extends Row, RowWithFacts {
  readonly chain: Buffer;
}

const factsOf = (row: StoredRow) => factsOfRow(app.graph, row);

/** Rows of the decisions of one request, in the order of their numbers. */
async function storedFor<Wanted extends object = Row>(requestId: string): Promise<Wanted[]> {
  return app.series.query<object, Wanted>(
    {
      path: 'test',
      text: `SELECT * FROM decisions WHERE request_id = '${requestId}' ORDER BY writer, sequence`,
    },
    {},
  );
}

test('a decision arrives with everything that it was made of', async (context) => {
  const directory = await temporaryFolder(context);
  const journal = openJournal(directory);
  const requestId = uuidv4();
  const [decision] = pageOfDecisions(1, requestId);
  assert.ok(decision);
  await plantKey(app.graph, decision.subject.athleteId ?? '');
  journal.record([{ ...decision, withheld: ['timeZone'], rules: ['a', 'b'] }], true);
  journal.close();

  assert.equal(await drainJournals(app, directory), 1);

  const [row] = await storedFor<StoredRow>(requestId);
  assert.ok(row?.facts);
  assert.equal(row.facts.includes('isFollower'), false);
  assert.deepEqual(
    { ...row, writer: typeof row.writer, facts: await factsOf(row), chain: row.chain.length },
    {
      decided_at: decision.decidedAt,
      writer: 'string',
      sequence: 1,
      decision_id: decision.decisionId,
      action: 'activity.read',
      subject_kind: 'athlete',
      subject_id: decision.subject.athleteId,
      session_id: decision.subject.sessionId,
      standing: 'active',
      scopes: ['*'],
      roles: [],
      resource_kind: 'activity',
      resource_id: decision.target.resource.id,
      owner_id: decision.target.resource.ownerId,
      is_listed: true,
      facts: { facts: { ...decision.target.facts } },
      facts_key: 'subject',
      is_trimmed: false,
      allowed: true,
      revealed: true,
      rules: ['a', 'b'],
      withheld: ['timeZone'],
      bundle: '1-test',
      engine: 'engine of a test',
      request_id: requestId,
      chain: 32,
    },
  );
  assert.deepEqual(readdirSync(directory), []);
});

/** Stores one decision and gives its row. */
async function storedRow(directory: string, decision: Decision): Promise<StoredRow> {
  const journal = openJournal(directory);
  journal.record([decision]);
  journal.close();
  await drainJournals(app, directory);
  const [row] = await storedFor<StoredRow>(decision.subject.requestId);
  assert.ok(row);
  return row;
}

test('facts lie under the key of who asked, or of whose it is, and go with it', async (context) => {
  const directory = await temporaryFolder(context);
  const [ofAthlete] = pageOfDecisions(1, uuidv4());
  assert.ok(ofAthlete);
  const { target, subject } = ofAthlete;
  const [subjectId, ownerId] = [subject.athleteId ?? '', target.resource.ownerId ?? ''];
  await plantKey(app.graph, subjectId);
  await plantKey(app.graph, ownerId);
  const nobody = { ...ofAthlete, decisionId: uuidv4(), subject: anonymousSubject(uuidv4()) };
  const nobodys = {
    ...nobody,
    decisionId: uuidv4(),
    subject: systemSubject('worker', uuidv4()),
    target: { resource: { kind: 'route', id: 'service.read' }, facts: { isSlow: true } },
  };

  const rows = [];
  for (const decision of [ofAthlete, nobody, nobodys]) rows.push(await storedRow(directory, decision));

  assert.deepEqual(
    rows.map(({ facts_key }) => facts_key),
    ['subject', 'owner', 'trail'],
  );
  const { facts } = target;
  assert.deepEqual(await Promise.all(rows.map(factsOf)), [{ facts }, { facts }, { facts: { isSlow: true } }]);

  await forgetKey(app.graph, subjectId);
  assert.deepEqual(await Promise.all(rows.map(factsOf)), [undefined, { facts }, { facts: { isSlow: true } }]);
  await forgetKey(app.graph, ownerId);
  assert.deepEqual(await Promise.all(rows.map(factsOf)), [undefined, undefined, { facts: { isSlow: true } }]);

  // Decided before they were forgotten, drained after it: there is no key to store the facts under.
  const late = await storedRow(directory, {
    ...ofAthlete,
    decisionId: uuidv4(),
    subject: { ...subject, requestId: uuidv4() },
  });
  assert.deepEqual([late.facts, late.facts_key], [null, 'gone']);
});

test('leaves the segment of a living writer alone until it is closed', async (context) => {
  const directory = await temporaryFolder(context);
  const journal = openJournal(directory);
  const requestId = uuidv4();
  journal.record(pageOfDecisions(3, requestId));

  assert.equal(await drainJournals(app, directory), 0);
  journal.close();
  assert.equal(await drainJournals(app, directory), 3);
  assert.equal((await storedFor(requestId)).length, 3);
});

test('a process that is killed at any moment loses no answered decision', async (context) => {
  const directory = await temporaryFolder(context);
  const script = fileURLToPath(new URL('./endless-writer.js', import.meta.url));

  for (const milliseconds of [5, 60, 350]) {
    const requestId = uuidv4();
    const child = spawn(process.execPath, [script, directory, requestId], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.on('data', (text) => {
      told += text;
    });
    while (!told) await once(child.stdout, 'data');
    await wait(milliseconds);
    child.kill('SIGKILL');
    await once(child, 'close');
    const answered = Number(told.trimEnd().split('\n').at(-1));

    await drainJournals(app, directory);

    assert.deepEqual(readdirSync(directory), []);
    const rows = await storedFor(requestId);
    assert.equal(new Set(rows.map(({ writer }) => writer)).size, 1);
    assert.deepEqual(
      rows.map(({ sequence }) => sequence),
      rows.map((_, index) => index + 1),
    );
    assert.ok(rows.length >= answered, `${answered} were answered, ${rows.length} are stored`);
  }
});

test('half a page at the end, of a write that was cut off, is no decision', async (context) => {
  const directory = await temporaryFolder(context);
  const journal = openJournal(directory);
  const requestId = uuidv4();
  for (let page = 0; page < 2; page++) journal.record(pageOfDecisions(2, requestId));
  journal.close();
  const [name = ''] = readdirSync(directory);
  const bytes = readFileSync(join(directory, name));
  writeFileSync(join(directory, name), bytes.subarray(0, -10));

  assert.equal(await drainJournals(app, directory), 2);
  assert.equal((await storedFor(requestId)).length, 2);
  assert.deepEqual(readdirSync(directory), []);
});

test('a broken place in the middle is kept aside and told, and everything else is stored', async (context) => {
  for (const damage of ['header', 'content', 'gap'] as const) {
    const directory = await temporaryFolder(context);
    const journal = openJournal(directory);
    const requestId = uuidv4();
    for (let page = 0; page < 3; page++) journal.record(pageOfDecisions(2, requestId));
    journal.close();
    const [name = ''] = readdirSync(directory);
    const bytes = readFileSync(join(directory, name));
    const second = bytes.indexOf('PLJ1', 4);
    const at = { header: 14, content: 100, gap: 0 }[damage];
    bytes[second + at] = (bytes[second + at] ?? 0) ^ 0xff;
    writeFileSync(join(directory, name), bytes);
    const told: object[] = [];
    const log = { error: (fields: object) => told.push(fields) };

    assert.equal(await drainJournals({ ...app, log }, directory), 4, damage);
    assert.deepEqual(readdirSync(directory), [`${name}.broken`]);
    assert.deepEqual(told, [{ path: join(directory, `${name}.broken`), broken: 1 }]);
    assert.deepEqual(
      (await storedFor(requestId)).map(({ sequence }) => sequence),
      [1, 2, 5, 6],
    );
    assert.equal(await drainJournals(app, directory), 0);
  }
});

test('segments of one writer are stored in their order: a later one waits for those before it', async (context) => {
  const directory = await temporaryFolder(context);
  const journal = openJournal(directory);
  const requestId = uuidv4();
  journal.record(pageOfDecisions(1, requestId));
  while (!readdirSync(directory).some((name) => name.endsWith('.closed'))) await wait(20);
  journal.record(pageOfDecisions(1, requestId));
  journal.close();
  const [first = ''] = readdirSync(directory).sort();
  const still = first.replace(/_[\da-f]{12}_/, '_0123456789ab_').replace('.closed', '.open');
  renameSync(join(directory, first), join(directory, still));

  assert.equal(await drainJournals(app, directory), 0);
  renameSync(join(directory, still), join(directory, first));
  assert.equal(await drainJournals(app, directory), 2);

  assert.deepEqual(
    (await storedFor(requestId)).map(({ sequence }) => sequence),
    [1, 2],
  );
});

test('several drains at once, and again after a crash, store each decision once', async (context) => {
  const directory = await temporaryFolder(context);
  const requestId = uuidv4();
  for (let writer = 0; writer < 4; writer++) {
    const journal = openJournal(directory);
    for (let page = 0; page < 60; page++) journal.record(pageOfDecisions(20, requestId));
    journal.close();
  }
  const copies = readdirSync(directory).map((name) => [name, readFileSync(join(directory, name))] as const);

  await Promise.all([1, 2, 3].map(() => drainJournals(app, directory)));
  assert.equal((await storedFor(requestId)).length, 4 * 60 * 20);
  assert.deepEqual(readdirSync(directory), []);

  // Stored, but killed before the segments were removed.
  for (const [name, bytes] of copies) writeFileSync(join(directory, name), bytes);
  await drainJournals(app, directory);
  const rows = await storedFor(requestId);
  assert.equal(rows.length, 4 * 60 * 20);
  assert.deepEqual(readdirSync(directory), []);
  const findings: object[] = [];
  for (const writer of new Set(rows.map((row) => row.writer))) {
    await verifyChain(
      { series: app.series, verifier: app.auditSigner.verifier },
      writer,
      { anchors: new Map(), cut: undefined },
      { find: (finding) => findings.push(finding), count: () => {} },
    );
  }
  assert.deepEqual(findings, []);
});

test('an open segment of another machine is taken only after long silence', async (context) => {
  const directory = await temporaryFolder(context);
  const journal = openJournal(directory);
  const requestId = uuidv4();
  journal.record(pageOfDecisions(1, requestId));
  const [own = ''] = readdirSync(directory);
  const foreign = own.replace(/_[\da-f]{12}_/, '_0123456789ab_');
  renameSync(join(directory, own), join(directory, foreign));

  assert.equal(await drainJournals(app, directory), 0);
  const longAgo = new Date(Date.now() - 11 * 60_000);
  utimesSync(join(directory, foreign), longAgo, longAgo);
  assert.equal(await drainJournals(app, directory), 1);
  journal.close();
});

test('what cannot be stored now stays for the next drain', async (context) => {
  const directory = await temporaryFolder(context);
  const journal = openJournal(directory);
  const requestId = uuidv4();
  journal.record(pageOfDecisions(2, requestId));
  journal.close();
  const closed = new Series('postgres://nobody:x@127.0.0.1:1/none');
  await closed.close();

  await assert.rejects(drainJournals({ ...app, series: closed }, directory));
  assert.equal(await drainJournals(app, directory), 2);
  assert.equal((await storedFor(requestId)).length, 2);
});

test('nothing is added to a chain that somebody else has lengthened, and all others go on', async (context) => {
  const directory = await temporaryFolder(context);
  const requestId = uuidv4();
  const [forged, other] = [openJournal(directory), openJournal(directory)];
  for (const journal of [forged, other]) journal.record(pageOfDecisions(1, requestId));
  while (readdirSync(directory).filter((name) => name.endsWith('.closed')).length < 2) await wait(20);
  assert.equal(await drainJournals(app, directory), 2);
  forged.record(pageOfDecisions(1, requestId));
  const writer = segmentFile(readdirSync(directory)[0] ?? '')?.writer ?? '';
  const setSequence = (sequence: number) =>
    app.series.query(
      { path: 'test', text: `UPDATE audit_heads SET sequence = ${sequence} WHERE writer = '${writer}'` },
      {},
    );
  await setSequence(2);
  other.record(pageOfDecisions(1, requestId));
  for (const journal of [forged, other]) journal.close();
  const told: string[] = [];
  const log = { error: (_: object, message: string) => told.push(message) };

  assert.equal(await drainJournals({ ...app, log }, directory), 1);
  assert.deepEqual(told, ['the audit trail in the database is forged']);
  await setSequence(1);
  assert.equal(await drainJournals(app, directory), 1);
  assert.equal((await storedFor(requestId)).length, 4);
});
