import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import test, { type TestContext } from 'node:test';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { refusalOf, runTimescale } from './running.js';

const IDLE_MILLISECONDS = 1_000;
const QUEUE_MILLISECONDS = 3_000;
const COPY_BYTES = 100_000;
const running = runTimescale({
  limits: {
    idleTransactionMilliseconds: IDLE_MILLISECONDS,
    queueMilliseconds: QUEUE_MILLISECONDS,
    copyBytes: COPY_BYTES,
    connections: 30,
  },
});

test('the answer to one client never holds bytes of another', async () => {
  const [failing, reading] = await Promise.all([running().client(), running().client()]);
  const expected = Array.from({ length: 300 }, (_, index) => ({ n: index, text: 'x'.repeat(50) }));

  const failures = async () => {
    for (let round = 0; round < 50; round += 1) {
      await failing.query('BEGIN');
      assert.equal((await refusalOf(failing.query('SELECT 1/0'))).code, '22012');
      await failing.query('ROLLBACK');
    }
  };
  const reads = async () => {
    for (let round = 0; round < 50; round += 1) {
      const { rows } = await reading.query(
        "SELECT n::int, repeat('x', 50) AS text FROM generate_series(0, 299) AS n ORDER BY n",
      );
      assert.deepEqual(rows, expected);
    }
  };

  await Promise.all([failures(), reads()]);
});

test('transactions of several clients keep apart', async () => {
  const clients = await Promise.all(Array.from({ length: 4 }, () => running().client()));
  await clients[0]?.query(
    'CREATE TABLE tally (id int PRIMARY KEY, total int); INSERT INTO tally VALUES (1, 0)',
  );

  await Promise.all(
    clients.map(async (client) => {
      for (let round = 0; round < 25; round += 1) {
        await client.query('BEGIN');
        const { rows } = await client.query('SELECT total FROM tally WHERE id = 1');
        await client.query('UPDATE tally SET total = $1 WHERE id = 1', [rows[0].total + 1]);
        await client.query('COMMIT');
      }
    }),
  );

  assert.equal((await clients[0]?.query('SELECT total FROM tally'))?.rows[0].total, 100);
});

test('a client that vanishes in a transaction leaves nothing and stops nobody', async () => {
  const [vanishing, other] = await Promise.all([running().client(), running().client()]);
  await other.query('CREATE TABLE vanished (n int)');
  await vanishing.query('BEGIN; INSERT INTO vanished VALUES (1)');

  socketOf(vanishing).destroy();

  assert.equal((await other.query('SELECT count(*)::int AS n FROM vanished')).rows[0].n, 0);
});

test('a client that vanishes in a COPY leaves nothing and stops nobody', async () => {
  const [vanishing, other] = await Promise.all([running().client(), running().client()]);
  await other.query('CREATE TABLE half_copied (n int)');
  await vanishing.query('BEGIN');
  const stream = vanishing.query(copyFrom('COPY half_copied FROM STDIN'));
  stream.on('error', () => {});
  await new Promise((written) => stream.write('1\n2\n', written));

  socketOf(vanishing).destroy();

  assert.equal((await other.query('SELECT count(*)::int AS n FROM half_copied')).rows[0].n, 0);
});

test('COPY takes text, CSV and binary, inside a transaction too', async () => {
  const client = await running().client();
  await client.query('CREATE TABLE copied (n int, label text)');
  const binaryHeader = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
  const binaryRow = Buffer.from('0002000000040000000300000005746872656500', 'hex').subarray(0, 19);

  await copyIn(client, 'COPY copied FROM STDIN', ['1\to', 'ne\n']);
  await client.query('BEGIN');
  await copyIn(client, 'COPY copied FROM STDIN WITH (FORMAT csv)', ['2,two\n']);
  await copyIn(client, 'COPY copied FROM STDIN WITH (FORMAT binary)', [
    Buffer.concat([binaryHeader, binaryRow, Buffer.from('ffff', 'hex')]),
  ]);
  await client.query('COMMIT');

  const { rows } = await client.query('SELECT n, label FROM copied ORDER BY n');
  assert.deepEqual(rows, [
    { n: 1, label: 'one' },
    { n: 2, label: 'two' },
    { n: 3, label: 'three' },
  ]);
});

test('COPY out of a table works', async () => {
  const client = await running().client();
  const stream = client.query(copyTo('COPY (SELECT generate_series(1, 3)) TO STDOUT'));

  let text = '';
  for await (const chunk of stream) text += chunk;

  assert.equal(text, '1\n2\n3\n');
});

for (const [what, sql, rows, code] of [
  ['a bad row', 'COPY strict FROM STDIN', ['1\n', 'two\n'], '22P02'],
  ['a table that is not there', 'COPY nowhere FROM STDIN', ['1\n'], '42P01'],
  ['more bytes than one COPY may hold', 'COPY strict FROM STDIN', ['1\n'.repeat(COPY_BYTES)], '57014'],
] as const) {
  test(`COPY with ${what} fails and leaves the connection usable`, async () => {
    const client = await running().client();
    await client.query('CREATE TABLE IF NOT EXISTS strict (n int)');

    assert.equal((await refusalOf(copyIn(client, sql, rows))).code, code);

    assert.equal((await client.query('SELECT count(*)::int AS n FROM strict')).rows[0].n, 0);
  });
}

test('a COPY that is being gathered keeps nobody waiting', async () => {
  const [slow, other] = await Promise.all([running().client(), running().client()]);
  await other.query('CREATE TABLE slowly_copied (n int)');
  const stream = slow.query(copyFrom('COPY slowly_copied FROM STDIN'));
  await new Promise((written) => stream.write('1\n', written));

  const { rows } = await other.query('SELECT 1 AS one');

  assert.deepEqual(rows, [{ one: 1 }]);
  stream.end();
  await once(stream, 'finish');
});

test('settings of one client do not reach another and come back', async () => {
  const [changing, other] = await Promise.all([running().client(), running().client()]);
  const path = async (client: pg.Client) => (await client.query('SHOW search_path')).rows[0].search_path;
  const zone = async (client: pg.Client) => (await client.query('SHOW timezone')).rows[0].TimeZone;

  await changing.query('SET search_path TO pg_catalog');
  await changing.query("SELECT set_config('timezone', 'Europe/Berlin', false)");
  assert.deepEqual([await path(other), await zone(other)], ['public', 'UTC']);
  assert.deepEqual([await path(changing), await zone(changing)], ['pg_catalog', 'Europe/Berlin']);

  await changing.query("BEGIN; SET timezone TO 'Asia/Tokyo'; ROLLBACK");
  await path(other);
  assert.equal(await zone(changing), 'Europe/Berlin');

  await changing.query('RESET search_path');
  assert.deepEqual([await path(changing), await zone(changing)], ['public', 'Europe/Berlin']);
  await changing.query('RESET ALL');
  assert.deepEqual([await path(changing), await zone(changing)], ['public', 'UTC']);
});

test('settings named in the address of the server hold', async () => {
  const url = new URL(running().timescale.url);
  url.searchParams.set('options', '-c search_path=pg_catalog');
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();

  const { rows } = await client.query('SHOW search_path');

  await client.end();
  assert.equal(rows[0].search_path, 'pg_catalog');
});

test('prepared statements of the same name keep apart', async () => {
  const [one, two] = await Promise.all([running().client(), running().client()]);
  const ask = (client: pg.Client, text: string) => client.query({ name: 'ask', text, values: [] });

  await ask(one, 'SELECT 1 AS n');
  await ask(two, 'SELECT 2 AS n');

  assert.equal((await ask(one, 'SELECT 1 AS n')).rows[0].n, 1);
  assert.equal((await ask(two, 'SELECT 2 AS n')).rows[0].n, 2);
});

test('DISCARD ALL of one client leaves the statements of another', async () => {
  const [discarding, other] = await Promise.all([running().client(), running().client()]);
  const ask = (client: pg.Client) => client.query({ name: 'kept', text: 'SELECT 1 AS n', values: [] });
  await ask(discarding);
  await ask(other);

  await discarding.query('DISCARD ALL');

  assert.equal((await ask(other)).rows[0].n, 1);
  const { rows } = await other.query(
    "SELECT count(*)::int AS n FROM pg_prepared_statements WHERE name LIKE '%kept'",
  );
  assert.equal(rows[0].n, 1);
});

test('an unnamed statement that is used again is still that of the client', async (t) => {
  const [raw, other] = await Promise.all([rawClient(t), running().client()]);
  raw.send(frame('P', '', 'SELECT 41', Buffer.alloc(2)), frame('S'));
  await raw.ready();
  await other.query('SELECT $1::int', [99]);

  raw.send(frame('B', '', '', Buffer.alloc(6)), frame('E', '', Buffer.alloc(4)), frame('S'));
  const answer = await raw.ready();

  assert.deepEqual(typesIn(answer), ['2', 'D', 'C', 'Z']);
  assert.ok(answer.includes('41'));
});

for (const sql of [
  'CREATE INDEX CONCURRENTLY i ON t (n)',
  'REINDEX TABLE CONCURRENTLY t',
  '/* hello */ LISTEN somewhere',
  'PREPARE one AS SELECT 1',
  '-- note\nCREATE TEMP TABLE t (n int)',
  'SELECT 1; CREATE TEMPORARY TABLE t (n int)',
  'SELECT pg_advisory_lock(1)',
  'DECLARE c CURSOR WITH HOLD FOR SELECT 1',
  'SET ROLE postgres',
  'CREATE DATABASE other',
]) {
  test(`refuses ${sql.replaceAll('\n', ' ')}`, async () => {
    const client = await running().client();

    assert.equal((await refusalOf(client.query(sql))).code, '0A000');
    assert.equal((await refusalOf(client.query({ text: sql, values: [], name: 'refused' }))).code, '0A000');

    assert.deepEqual((await client.query('SELECT 1 AS n')).rows, [{ n: 1 }]);
  });
}

test('a refusal in a transaction fails the transaction', async () => {
  const client = await running().client();
  await client.query('BEGIN');
  await refusalOf(client.query('LISTEN somewhere'));

  assert.equal((await refusalOf(client.query('SELECT 1'))).code, '25P02');
  await client.query('ROLLBACK');
});

test('a client that idles in a transaction loses its connection and others go on', async () => {
  const [idle, other] = await Promise.all([running().client(), running().client()]);
  await idle.query('BEGIN');
  const ended = new Promise((resolve) => idle.once('end', resolve));
  const startedAt = performance.now();

  await other.query('SELECT 1');

  assert.ok(performance.now() - startedAt >= IDLE_MILLISECONDS * 0.8);
  await ended;
});

test('a client that waits too long for a busy one is told so', async () => {
  const [busy, waiting] = await Promise.all([running().client(), running().client()]);
  await busy.query('BEGIN');
  const refused = refusalOf(waiting.query('SELECT 1'));
  let isRefused = false;
  refused.finally(() => {
    isRefused = true;
  });

  while (!isRefused) await busy.query('SELECT pg_sleep(0.1)');

  assert.equal((await refused).code, '57P03');
  await busy.query('COMMIT');
});

test('a cursor that is read in parts keeps its place', async () => {
  const [reading, other] = await Promise.all([running().client(), running().client()]);
  await reading.query('BEGIN; DECLARE numbers CURSOR FOR SELECT generate_series(1, 4) AS n');
  const first = await reading.query('FETCH 2 FROM numbers');
  const waiting = other.query('SELECT 1');
  const second = await reading.query('FETCH 2 FROM numbers');
  await reading.query('COMMIT');
  await waiting;

  assert.deepEqual([...first.rows, ...second.rows], [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
});

test('a batch that is flushed keeps its turn until Sync', async (t) => {
  const [raw, other] = await Promise.all([rawClient(t), running().client()]);
  const portal = [
    frame('P', '', 'SELECT generate_series(1, 3)', Buffer.alloc(2)),
    frame('B', 'p', '', Buffer.alloc(6)),
  ];
  raw.send(...portal, frame('E', 'p', Buffer.from([0, 0, 0, 2])), frame('H'));
  await raw.until('s');
  const waiting = other.query('SELECT $1::int', [7]);

  raw.send(frame('E', 'p', Buffer.alloc(4)), frame('S'));
  const answer = await raw.ready();

  assert.deepEqual(typesIn(answer), ['D', 'C', 'Z']);
  await waiting;
});

test('large values and large answers pass', async () => {
  const client = await running().client();
  const value = Buffer.alloc(5_000_000, 7);

  const { rows } = await client.query('SELECT $1::bytea AS value', [value]);

  assert.ok(value.equals(rows[0].value));
});

test('refuses another database', async () => {
  const url = new URL(running().timescale.url);
  url.pathname = '/other';

  assert.equal((await refusalOf(new pg.Client({ connectionString: url.href }).connect())).code, '3D000');
});

test('refuses a wrong password', async () => {
  const url = new URL(running().timescale.url);
  url.password = 'wrong';

  assert.equal((await refusalOf(new pg.Client({ connectionString: url.href }).connect())).code, '28P01');
});

test('refuses more connections than it can keep', async () => {
  const clients = Array.from(
    { length: 40 },
    () => new pg.Client({ connectionString: running().timescale.url }),
  );
  for (const client of clients) client.on('error', () => {});

  const results = await Promise.allSettled(clients.map((client) => client.connect()));

  const codes = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  assert.ok(codes.length >= 10);
  assert.deepEqual([...new Set(codes)], ['53300']);
  await Promise.allSettled(clients.map((client) => client.end()));
});

async function copyIn(client: pg.Client, sql: string, chunks: readonly (string | Buffer)[]): Promise<void> {
  const stream = client.query(copyFrom(sql));
  const finished = once(stream, 'finish');
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await finished;
}

function socketOf(client: pg.Client): { destroy(): void } {
  // pg does not offer its socket; to vanish without a farewell takes it.
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  return connection.stream;
}

function frame(type: string, ...parts: (string | Buffer)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)),
  );
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function typesIn(answer: Buffer): string[] {
  const types: string[] = [];
  for (let at = 0; at < answer.length; at += 1 + answer.readInt32BE(at + 1)) {
    types.push(String.fromCharCode(answer[at] ?? 0));
  }
  return types;
}

/** A client that sends messages as they are. */
async function rawClient(test: TestContext) {
  const url = new URL(running().timescale.url);
  const socket = connect(Number(url.port), url.hostname);
  test.after(() => socket.destroy());
  let received = Buffer.alloc(0);
  let wake = () => {};
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  const until = async (type: string): Promise<Buffer> => {
    while (!typesIn(received).includes(type)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const answer = received;
    received = Buffer.alloc(0);
    return answer;
  };
  const parameters = Buffer.from('\0\x03\0\0user\0paceline\0database\0paceline\0\0', 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(parameters.length + 4);
  socket.write(Buffer.concat([length, parameters]));
  await until('R');
  socket.write(frame('p', decodeURIComponent(url.password)));
  await until('Z');
  return {
    socket,
    until,
    ready: () => until('Z'),
    send: (...frames: Buffer[]) => socket.write(Buffer.concat(frames)),
  };
}
