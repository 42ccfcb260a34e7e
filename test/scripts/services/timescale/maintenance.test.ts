import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { runTimescale } from './running.js';

const running = runTimescale({
  times: {
    lookMilliseconds: 100,
    checkpointMilliseconds: 60_000,
    checkpointWalBytes: 1_000_000,
    vacuumMilliseconds: 200,
  },
});

test('a checkpoint follows much writing, and changed tables are analysed', async () => {
  const client = await running().client();
  const checkpointAt = async () =>
    (await client.query('SELECT redo_lsn FROM pg_control_checkpoint()')).rows[0].redo_lsn;
  const before = await checkpointAt();

  await client.query('CREATE TABLE written (n int, padding text)');
  await client.query("INSERT INTO written SELECT n, repeat('x', 100) FROM generate_series(1, 20000) AS n");

  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { rows } = await client.query("SELECT reltuples FROM pg_class WHERE relname = 'written'");
    if ((await checkpointAt()) !== before && rows[0].reltuples === 20_000) return;
    await delay(50);
  }
  assert.fail('neither within ten seconds');
});
