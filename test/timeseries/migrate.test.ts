import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { runDueJobs } from '../../timeseries/maintenance.js';
import { MigrationChanged, migrateSeries } from '../../timeseries/migrate.js';
import { Series } from '../../timeseries/pool.js';
import { startOwnStores } from '../support/own-stores.js';

const files = readdirSync(new URL('../../../timeseries/migrations/', import.meta.url)).sort();

let stores: Awaited<ReturnType<typeof startOwnStores>>;
let series: Series;
before(async () => {
  stores = await startOwnStores('timescale');
  series = new Series(stores.urls.timescaleUrl);
});
after(async () => {
  await series.close();
  await stores.stop();
});

test('each migration runs once, however many processes start at once', async () => {
  const url = stores.urls.timescaleUrl;

  const applied = await Promise.all([migrateSeries(url), migrateSeries(url), migrateSeries(url)]);
  const again = await migrateSeries(url);

  assert.deepEqual(applied.flat().sort(), files);
  assert.deepEqual(again, []);
});

test('a file that was edited after it ran is refused', async () => {
  const [file = ''] = files;
  const setChecksum = (checksum: string) =>
    series.query(
      { path: 'test', text: `UPDATE migrations SET checksum = ${checksum} WHERE file = '${file}'` },
      {},
    );
  await setChecksum(`'was ' || checksum`);

  await assert.rejects(migrateSeries(stores.urls.timescaleUrl), MigrationChanged);

  await setChecksum(`substr(checksum, 5)`);
  assert.deepEqual(await migrateSeries(stores.urls.timescaleUrl), []);
});

test('jobs of TimescaleDB run on our schedule, and again only when their interval is over', async () => {
  const now = () => new Date();

  const first = await runDueJobs(series, now);
  const second = await runDueJobs(series, now);

  assert.ok(first.length > 0);
  assert.deepEqual(
    first.filter(({ failure }) => failure !== undefined),
    [],
  );
  assert.deepEqual(second, []);
  const logged = await series.query<object, { job_id: number }>(
    { path: 'test', text: 'SELECT job_id FROM job_runs WHERE finished_at IS NOT NULL ORDER BY job_id' },
    {},
  );
  assert.deepEqual(
    logged.map(({ job_id }) => job_id),
    first.map(({ jobId }) => jobId),
  );
});
