import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { superviseTimescale } from '../../../../scripts/services/timescale/supervisor.js';
import { refusalOf, runTimescale } from './running.js';

const STATEMENT_SECONDS = 3;
const running = runTimescale({ statementSeconds: STATEMENT_SECONDS });

test('compressed rows are all there after a kill -9', async () => {
  const client = await running().client();
  await client.query('CREATE TABLE measured (at timestamptz NOT NULL, device int, value float8)');
  await client.query("SELECT create_hypertable('measured', by_range('at', interval '1 hour'))");
  await client.query(`INSERT INTO measured
    SELECT timestamptz '2026-01-01' + n * interval '1 second', n % 3, n FROM generate_series(0, 19999) AS n`);
  await client.query(
    "ALTER TABLE measured SET (timescaledb.compress, timescaledb.compress_segmentby = 'device')",
  );
  await client.query(
    "SELECT compress_chunk(c) FROM show_chunks('measured', older_than => timestamptz '2026-01-01 04:00') c",
  );

  const pid = running().timescale.pid();
  assert.ok(pid); // 0 would be every process of the run
  process.kill(pid, 'SIGKILL');

  const reopened = await reconnect();
  const { rows } = await reopened.query(
    'SELECT count(*)::int AS n, sum(value)::float8 AS total FROM measured',
  );
  assert.deepEqual(rows, [{ n: 20_000, total: (19_999 * 20_000) / 2 }]);
  await reopened.query("INSERT INTO measured VALUES ('2026-01-01 00:00:00.5', 1, 1)");
});

test('a directory in use is refused with the process that uses it', async () => {
  const { directory, timescale } = running();

  await assert.rejects(superviseTimescale({ directory, port: 0, password: 'any' }), {
    message: new RegExp(`in use by process ${timescale.pid()}`),
  });
});

test('a trap in the engine ends every connection and the next one works', async () => {
  const [client, bystander] = await Promise.all([running().client(), running().client()]);
  const bystanderLost = new Promise<Error>((resolve) => bystander.once('error', resolve));

  // Nested this deep it runs out of stack. (Endless recursion in PL/pgSQL may instead hang in a broken heap.)
  const refusal = await refusalOf(client.query("SELECT repeat('[', 1000000)::json"));

  assert.equal(refusal.code, '57P02');
  assert.match((await bystanderLost).message, /restarts|terminated/);
  assert.equal((await (await reconnect()).query('SELECT 1 AS n')).rows[0].n, 1);
});

test('a statement that takes too long ends, and the next connection works', async () => {
  const client = await running().client();

  await assert.rejects(client.query('SELECT pg_sleep(60)'), /terminated|ECONNRESET/);

  assert.equal((await (await reconnect()).query('SELECT 1 AS n')).rows[0].n, 1);
});

async function reconnect(): Promise<pg.Client> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    try {
      return await running().client();
    } catch {
      await delay(100);
    }
  }
  throw new Error('no connection within 30 s');
}
