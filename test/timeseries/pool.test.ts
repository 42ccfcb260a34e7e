import assert from 'node:assert/strict';
import { connect, createServer, type Server, type Socket } from 'node:net';
import test, { after, before } from 'node:test';
import { Series, type Statement } from '../../timeseries/pool.js';
import { claimForTests, storeUrls } from '../support/stores.js';

// A wire between client and server that the tests can cut.
const sockets = new Set<Socket>();
let proxy: Server;
let series: Series;
before(async () => {
  await claimForTests(storeUrls());
  const server = new URL(storeUrls().timescaleUrl);
  proxy = createServer((client) => {
    const upstream = connect(Number(server.port), server.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const url = new URL(server);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' ? address?.port : '');
  series = new Series(url.href);
});
after(async () => {
  await series.close();
  proxy.close();
});

const ask = <Row extends object>(text: string): Statement<object, Row> => ({ path: 'test', text });

test('work goes on over a new connection when the old one breaks', async () => {
  let attempts = 0;

  const answer = await series.transaction(async (transaction) => {
    attempts += 1;
    const [row] = await transaction.query(ask<{ one: number }>('SELECT 1 AS one'), {});
    if (attempts === 1) for (const socket of sockets) socket.destroy();
    await transaction.query(ask('SELECT 2'), {});
    return row?.one;
  });

  assert.equal(answer, 1);
  assert.equal(attempts, 2);
});

test('a connection that breaks while it is idle is replaced', async () => {
  await series.query(ask('SELECT 1'), {});
  for (const socket of sockets) socket.destroy();

  const [row] = await series.query(ask<{ two: number }>('SELECT 2 AS two'), {});

  assert.equal(row?.two, 2);
});

test('a mistake in a statement is not tried again, and the connection serves on', async () => {
  let attempts = 0;

  const failing = series.transaction(async (transaction) => {
    attempts += 1;
    await transaction.query(ask('SELECT 1 / 0'), {});
  });

  await assert.rejects(failing, /division by zero/);
  assert.equal(attempts, 1);
  assert.equal((await series.query(ask<{ one: number }>('SELECT 1 AS one'), {}))[0]?.one, 1);
});

test('a transaction that fails leaves nothing', async () => {
  await series.query(ask('CREATE TABLE IF NOT EXISTS pool_test (number INTEGER)'), {});

  await assert.rejects(
    series.transaction(async (transaction) => {
      await transaction.query(ask('INSERT INTO pool_test VALUES (1)'), {});
      throw new Error('changed my mind');
    }),
    /changed my mind/,
  );

  assert.deepEqual(await series.query(ask('SELECT number FROM pool_test'), {}), []);
  await series.query(ask('DROP TABLE pool_test'), {});
});

test('a row that COPY refuses fails the transaction and not the connection', async () => {
  await series.query(ask('CREATE TABLE IF NOT EXISTS copy_test (number INTEGER)'), {});
  const copy = (...rows: string[]) =>
    series.transaction((transaction) =>
      transaction.copy(
        ask('COPY copy_test FROM STDIN'),
        rows.map((row) => Buffer.from(row)),
      ),
    );

  await assert.rejects(copy('1\n', 'two\n'), /invalid input syntax/);
  await copy('1\n2', '2\n');

  const rows = await series.query(ask('SELECT number FROM copy_test ORDER BY number'), {});
  assert.deepEqual(rows, [{ number: 1 }, { number: 22 }]);
  await series.query(ask('DROP TABLE copy_test'), {});
});

test('bytes, counts, arrays and instants keep their types', async () => {
  const named: Statement<{ bytes: Uint8Array; at: Date }, object> = {
    path: 'test/types',
    text: `SELECT $1::bytea AS bytes, $2::timestamptz AS at, count(*) AS count,
             array[1.5, null]::real[] AS numbers, array['a b', 'c']::text[] AS texts`,
    parameterNames: ['bytes', 'at'],
  };
  const at = new Date('2026-03-29T00:59:59.123Z');

  const [row] = await series.query(named, { bytes: Uint8Array.of(0, 255), at });

  assert.deepEqual(row, {
    bytes: Buffer.from([0, 255]),
    at,
    count: 1,
    numbers: [1.5, null],
    texts: ['a b', 'c'],
  });
});

test('a parameter that is not given is named', async () => {
  const named: Statement<object, object> = {
    path: 'test/missing',
    text: 'SELECT $1::int',
    parameterNames: ['one'],
  };

  await assert.rejects(series.query(named, {}), /test\/missing needs one/);
});
