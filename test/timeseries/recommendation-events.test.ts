import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { migrateSeries } from '../../timeseries/migrate.js';
import { Series } from '../../timeseries/pool.js';
import { claimForTests, storeUrls } from '../support/stores.js';

let series: Series;
before(async () => {
  await claimForTests(storeUrls());
  await migrateSeries(storeUrls().timescaleUrl);
  series = new Series(storeUrls().timescaleUrl);
});
after(() => series.close());

interface Compared {
  readonly version: string;
  readonly measure: string;
  readonly shown: number;
  readonly times: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

const [one, other] = [`one-${randomUUID()}`, `other-${randomUUID()}`];

// As an analyst runs it: the file, with values in the place of its parameters.
function compare(since: string, until: string): Promise<Compared[]> {
  const file = new URL('../../../timeseries/queries/recommendations/compare.sql', import.meta.url);
  const values = [`'${one}'`, `'${other}'`, `'${since}'`, `'${until}'`];
  const text = readFileSync(file, 'utf8').replace(
    /\$(\d)(?! \w+ (?:TEXT|DATE))/g,
    (_, at) => values[at - 1] ?? '',
  );
  return series.query<object, Compared>({ path: 'test', text }, {});
}

const add = (rows: readonly (readonly [string, string, string, string, string])[]) =>
  series.query(
    {
      path: 'test',
      text: `INSERT INTO recommendation_events (day, version, athlete, item, kind) VALUES ${rows
        .map((row) => `(${row.map((value) => `'${value}'`).join()})`)
        .join()}`,
    },
    {},
  );

test('compares what came of two versions, with the interval of Wilson', async () => {
  const day = '2026-10-01';
  const ids = Array.from({ length: 10 }, (_, at) => `athlete-${at}`);
  await add(ids.flatMap((id) => [one, other].map((version) => [day, version, id, 'item', 'shown'] as const)));
  await add(ids.slice(0, 3).map((id) => ['2026-10-04', one, id, 'item', 'accepted'] as const));
  await add([
    [day, one, 'athlete-0', 'item', 'clicked'],
    [day, other, 'athlete-0', 'item', 'dismissed'],
    // Somebody else saw nothing, and two weeks later it has other reasons.
    [day, other, 'athlete-99', 'item', 'accepted'],
    ['2026-10-16', other, 'athlete-1', 'item', 'accepted'],
    // Shown before the time that is compared.
    ['2026-09-30', one, 'athlete-77', 'item', 'shown'],
    [day, one, 'athlete-77', 'item', 'accepted'],
  ]);

  const rows = await compare('2026-10-01', '2026-10-08');

  assert.deepEqual(
    rows.map(({ version, measure, shown, times }) => [
      measure,
      version === one ? 'one' : 'other',
      shown,
      times,
    ]),
    [
      ['acceptance', 'one', 10, 3],
      ['acceptance', 'other', 10, 0],
      ['acceptingAthletes', 'one', 10, 3],
      ['acceptingAthletes', 'other', 10, 0],
      ['clickThrough', 'one', 10, 1],
      ['clickThrough', 'other', 10, 0],
      ['dismissal', 'one', 10, 0],
      ['dismissal', 'other', 10, 1],
    ],
  );
  // 3 of 10: 0.108 to 0.603, as tables of Wilson's interval say; 0 of 10: 0 to 0.278.
  const [three, none] = rows;
  assert.deepEqual(
    [three, none].map((row) => [row?.rate, row?.low, row?.high].map((value) => value?.toFixed(3))),
    [
      ['0.300', '0.108', '0.603'],
      ['0.000', '0.000', '0.278'],
    ],
  );
});
