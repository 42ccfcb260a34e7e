import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs, { readdirSync, rmSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { mock, type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type JournalOptions, JournalUnavailable } from '../../../api/stores/journal.js';
import { MAX_FACTS_BYTES } from '../../../api/stores/journal-frames.js';
import { temporaryFolder } from '../../support/folders.js';
import { pageOfDecisions } from './decisions.js';
import { entriesOf, openJournal } from './journals.js';

async function newJournal(context: TestContext, options: Partial<JournalOptions> = {}) {
  const directory = await temporaryFolder(context);
  const journal = openJournal(directory, options);
  context.after(() => journal.close());
  return { directory, journal };
}

const refusedBecause = (reason: JournalUnavailable['reason']) => (error: unknown) =>
  error instanceof JournalUnavailable && error.reason === reason && error.problem === 'audit-unavailable';

test('a decision is in the file when record returns, numbered without gaps', async (context) => {
  const { directory, journal } = await newJournal(context);
  const decisions = pageOfDecisions(5, 'r-1');

  journal.record(decisions.slice(0, 2));
  journal.record(decisions.slice(2));

  const entries = entriesOf(directory);
  assert.deepEqual(
    entries.map(({ sequence, decisionId }) => [sequence, decisionId]),
    decisions.map(({ decisionId }, index) => [index + 1, decisionId]),
  );
  assert.equal(new Set(entries.map(({ writer }) => writer)).size, 1);
});

test('only its owner may read the folder and the files', async (context) => {
  const directory = join(await temporaryFolder(context), 'new');
  await newJournal(context, { directory });
  const [name = ''] = readdirSync(directory);
  assert.equal(statSync(directory).mode & 0o777, 0o700);
  assert.equal(statSync(join(directory, name)).mode & 0o777, 0o600);
});

test('a segment is closed for the drain within a second, and the next decision opens another', async (context) => {
  const { directory, journal } = await newJournal(context);
  journal.record(pageOfDecisions(1, 'r-1'));
  const states = () => readdirSync(directory).map((name) => name.split('.').at(-1));
  assert.deepEqual(states(), ['open']);

  for (let waits = 0; waits < 40 && states()[0] === 'open'; waits++) await wait(50);
  assert.deepEqual(states(), ['closed']);

  journal.record(pageOfDecisions(1, 'r-2'));
  assert.deepEqual(states().sort(), ['closed', 'open']);
  assert.deepEqual(
    entriesOf(directory).map(({ sequence }) => sequence),
    [1, 2],
  );
});

test('refuses when the bound of the directory is reached, and goes on once a drain has made room', async (context) => {
  const { directory, journal } = await newJournal(context, { maxBytes: 10_000 });
  let recorded = 0;
  assert.throws(() => {
    for (;;) {
      journal.record(pageOfDecisions(1, 'r-1'));
      recorded += 1;
    }
  }, refusedBecause('full'));
  assert.equal(entriesOf(directory).length, recorded);

  journal.close();
  const next = openJournal(directory, { maxBytes: 10_000 });
  context.after(() => next.close());
  await wait(50); // it looks at what the others have left
  assert.throws(() => next.record(pageOfDecisions(1, 'r-2')), refusedBecause('full'));

  for (const name of readdirSync(directory)) if (name.endsWith('.closed')) rmSync(join(directory, name));
  for (let waits = 0; waits < 40; waits++) {
    await wait(50);
    try {
      next.record(pageOfDecisions(1, 'r-3'));
      return;
    } catch (error) {
      assert.ok(refusedBecause('full')(error));
    }
  }
  assert.fail('there was room, and still it refused');
});

test('refuses when the disk is full, keeps nothing of what it refused, and goes on without a gap', async (context) => {
  const { directory, journal } = await newJournal(context);
  journal.record(pageOfDecisions(2, 'r-1'));

  const [realWrite, calls] = [fs.writeSync, { count: 0 }];
  mock.method(fs, 'writeSync', (file: number, bytes: Buffer, offset: number) => {
    calls.count += 1;
    // A part of it fits; then there is no more room.
    if (calls.count === 1) return realWrite(file, bytes, offset, 100);
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  });
  syncBuiltinESMExports();
  try {
    assert.throws(() => journal.record(pageOfDecisions(3, 'r-2')), refusedBecause('unwritable'));
    assert.equal(calls.count, 2);
  } finally {
    mock.restoreAll();
    syncBuiltinESMExports();
  }

  journal.record(pageOfDecisions(1, 'r-3'));
  assert.deepEqual(
    entriesOf(directory).map(({ sequence }) => sequence),
    [1, 2, 3],
  );
});

test('starts a new writer when a failed write can not be undone, so that no number is given twice', async (context) => {
  const { directory, journal } = await newJournal(context);
  journal.record(pageOfDecisions(2, 'r-1'));

  const realWrite = fs.writeSync;
  let calls = 0;
  mock.method(fs, 'writeSync', (file: number, bytes: Buffer, offset: number) => {
    calls += 1;
    if (calls === 1) return realWrite(file, bytes, offset, bytes.indexOf('PLJ1', 4));
    throw Object.assign(new Error('i/o error'), { code: 'EIO' });
  });
  mock.method(fs, 'ftruncateSync', () => {
    throw Object.assign(new Error('i/o error'), { code: 'EIO' });
  });
  syncBuiltinESMExports();
  try {
    const twoPages = [...pageOfDecisions(1, 'r-2'), ...pageOfDecisions(1, 'r-2')];
    assert.throws(() => journal.record(twoPages), refusedBecause('unwritable'));
  } finally {
    mock.restoreAll();
    syncBuiltinESMExports();
  }

  journal.record(pageOfDecisions(1, 'r-3'));
  const entries = entriesOf(directory);
  const numbers = entries.map(({ writer, sequence }) => `${writer} ${sequence}`);
  assert.equal(new Set(numbers).size, 4);
  assert.equal(entries.length, 4);
});

test('does not start where it can not write', async (context) => {
  const folder = await temporaryFolder(context);
  fs.writeFileSync(join(folder, 'file'), '');
  assert.throws(() => openJournal(join(folder, 'file', 'journal')), refusedBecause('unwritable'));
});

test('begins a new writer when the clock goes back, so that numbers are in the order of time', async (context) => {
  const { directory, journal } = await newJournal(context);
  const [decision] = pageOfDecisions(1, 'r-1');
  assert.ok(decision);
  const at = (milliseconds: number) => [{ ...decision, decidedAt: new Date(milliseconds) }];

  journal.record(at(5_000));
  journal.record(at(5_000));
  journal.record(at(4_999));

  const entries = entriesOf(directory);
  assert.equal(new Set(entries.map(({ writer }) => writer)).size, 2);
  assert.deepEqual(entries.map(({ decidedAt, sequence }) => `${decidedAt} ${sequence}`).sort(), [
    '1970-01-01T00:00:04.999Z 1', //
    '1970-01-01T00:00:05.000Z 1',
    '1970-01-01T00:00:05.000Z 2',
  ]);
});

test('what lies on the disk tells nothing without the key', async (context) => {
  const { directory, journal } = await newJournal(context);
  const [decision] = pageOfDecisions(1, 'r-secret');
  assert.ok(decision);
  journal.record([decision]);

  const [name = ''] = readdirSync(directory);
  const bytes = fs.readFileSync(join(directory, name));

  for (const word of ['r-secret', 'activity.read', 'isFollower', decision.subject.athleteId ?? '?']) {
    assert.equal(bytes.includes(word), false, word);
  }
});

test('facts that are too many are trimmed, with the hash of all of them', async (context) => {
  const { directory, journal } = await newJournal(context);
  const [decision] = pageOfDecisions(1, 'r-1');
  assert.ok(decision);
  const facts = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`isNumber${index}`, index % 2 === 0]),
  );
  const text = JSON.stringify(facts);

  journal.record([{ ...decision, target: { ...decision.target, facts } }]);

  const [entry] = entriesOf(directory);
  assert.ok(Buffer.byteLength(JSON.stringify(entry?.facts)) <= MAX_FACTS_BYTES);
  const kept = Object.keys(entry?.facts ?? {});
  assert.ok(kept.length > 80);
  assert.deepEqual(kept, Object.keys(facts).slice(0, kept.length));
  assert.deepEqual(entry?.trimmed, {
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: Buffer.byteLength(text),
  });
});

test('records nothing after it was closed', async (context) => {
  const { journal } = await newJournal(context);
  journal.close();
  assert.throws(() => journal.record(pageOfDecisions(1, 'r-1')), refusedBecause('closed'));
});

test('with `each`, the bytes are on the disk before record returns', async (context) => {
  const order: string[] = [];
  const { writeSync, fsyncSync } = fs;
  const { journal } = await newJournal(context, { flush: 'each' });
  mock.method(fs, 'writeSync', (...args: Parameters<typeof writeSync>) => {
    order.push('write');
    return Reflect.apply(writeSync, fs, args);
  });
  mock.method(fs, 'fsyncSync', (file: number) => {
    order.push('flush');
    fsyncSync(file);
  });
  syncBuiltinESMExports();
  try {
    journal.record(pageOfDecisions(3, 'r-1'));
  } finally {
    mock.restoreAll();
    syncBuiltinESMExports();
  }
  assert.deepEqual(order, ['write', 'flush']);
});
