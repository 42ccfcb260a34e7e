import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { v4 as uuidv4 } from 'uuid';
import { drainJournals } from '../../../api/audit/drain-journals.js';
import { Journal } from '../../../api/stores/journal.js';
import { migrateSeries } from '../../../timeseries/migrate.js';
import { Series } from '../../../timeseries/pool.js';
import { temporaryFolder } from '../../support/folders.js';
import { claimForTests, storeUrls } from '../../support/stores.js';
import { pageOfDecisions } from './decisions.js';

const silent = { error: () => {} };
let app: { series: Series; log: typeof silent };

before(async () => {
  const urls = storeUrls();
  await claimForTests(urls);
  await migrateSeries(urls.timescaleUrl);
  app = { series: new Series(urls.timescaleUrl), log: silent };
});
after(() => app.series.close());

const newJournal = (directory: string) =>
  new Journal({ directory, maxBytes: 1e9, flush: 'background', log: silent });

interface Row {
  readonly writer: string;
  readonly sequence: number;
}

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
  const journal = newJournal(directory);
  const requestId = uuidv4();
  const [decision] = pageOfDecisions(1, requestId);
  assert.ok(decision);
  journal.record([{ ...decision, withheld: ['timeZone'], rules: ['a', 'b'] }]);
  journal.close();

  assert.equal(await drainJournals(app, directory), 1);

  const [row] = await storedFor<Record<string, unknown>>(requestId);
  assert.deepEqual(
    { ...row, writer: typeof row?.writer },
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
      facts: { ...decision.target.facts },
      allowed: true,
      revealed: true,
      rules: ['a', 'b'],
      withheld: ['timeZone'],
      bundle: '1-test',
      request_id: requestId,
    },
  );
  assert.deepEqual(readdirSync(directory), []);
});

test('leaves the segment of a living writer alone until it is closed', async (context) => {
  const directory = await temporaryFolder(context);
  const journal = newJournal(directory);
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

test('half a line at the end, of a write that was cut off, is no decision', async (context) => {
  const directory = await temporaryFolder(context);
  const journal = newJournal(directory);
  const requestId = uuidv4();
  journal.record(pageOfDecisions(2, requestId));
  journal.close();
  const [name = ''] = readdirSync(directory);
  const text = readFileSync(join(directory, name), 'utf8');
  writeFileSync(join(directory, name), text.slice(0, -10));

  assert.equal(await drainJournals(app, directory), 1);
  assert.equal((await storedFor(requestId)).length, 1);
});

test('a broken line in the middle is kept aside and told, and all others are stored', async (context) => {
  const directory = await temporaryFolder(context);
  const journal = newJournal(directory);
  const requestId = uuidv4();
  journal.record(pageOfDecisions(3, requestId));
  journal.close();
  const [name = ''] = readdirSync(directory);
  const lines = readFileSync(join(directory, name), 'utf8').split('\n');
  lines[1] = lines[1]?.slice(0, 50) ?? '';
  writeFileSync(join(directory, name), lines.join('\n'));
  const told: object[] = [];
  const log = { error: (fields: object) => told.push(fields) };

  assert.equal(await drainJournals({ ...app, log }, directory), 2);
  assert.deepEqual(readdirSync(directory), [`${name}.broken`]);
  assert.deepEqual(told, [{ path: join(directory, `${name}.broken`), broken: 1 }]);
  assert.equal(await drainJournals(app, directory), 0);
});

test('several drains at once, and again after a crash, store each decision once', async (context) => {
  const directory = await temporaryFolder(context);
  const requestId = uuidv4();
  for (let writer = 0; writer < 4; writer++) {
    const journal = newJournal(directory);
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
  assert.equal((await storedFor(requestId)).length, 4 * 60 * 20);
  assert.deepEqual(readdirSync(directory), []);
});

test('an open segment of another machine is taken only after long silence', async (context) => {
  const directory = await temporaryFolder(context);
  const journal = newJournal(directory);
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
  const journal = newJournal(directory);
  const requestId = uuidv4();
  journal.record(pageOfDecisions(2, requestId));
  journal.close();
  const closed = new Series('postgres://nobody:x@127.0.0.1:1/none');
  await closed.close();

  await assert.rejects(drainJournals({ series: closed, log: silent }, directory));
  assert.equal(await drainJournals(app, directory), 2);
  assert.equal((await storedFor(requestId)).length, 2);
});
