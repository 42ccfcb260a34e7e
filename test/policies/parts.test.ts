import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Access, type Engine, type Subject, type Verdict } from '../../policies/access.js';
import { withoutParts } from '../../policies/parts.js';
import { Sealed } from '../../policies/sealed.js';
import { readBestEfforts } from '../../timeseries/best-efforts.js';
import { readLaps } from '../../timeseries/laps.js';
import type { Series } from '../../timeseries/pool.js';
import { readPositions } from '../../timeseries/positions.js';
import { readSamples } from '../../timeseries/samples.js';

const ride = {
  name: 'Loop',
  distanceMeters: 1_200,
  climbMeters: 30,
  averageHeartRateBpm: 150,
  averagePowerWatts: 200,
  energyKilocalories: 400,
  polyline: 'abc',
  channels: ['distance', 'position', 'altitude', 'heartRate', 'power'],
};

test('a withheld heart rate looks like one that was never measured', () => {
  assert.deepEqual(withoutParts('activity', ride, ['heartRate']), {
    ...ride,
    averageHeartRateBpm: null,
    energyKilocalories: null,
    channels: ['distance', 'position', 'altitude', 'power'],
  });
});

test('parts add up, whatever their order, and leave the original alone', () => {
  const before = structuredClone(ride);
  const shown = withoutParts('activity', ride, ['heartRate', 'map', 'power']);

  assert.deepEqual(shown, withoutParts('activity', ride, ['power', 'map', 'heartRate']));
  assert.deepEqual(shown, {
    name: 'Loop',
    distanceMeters: 1_200,
    climbMeters: null,
    averageHeartRateBpm: null,
    averagePowerWatts: null,
    energyKilocalories: null,
    polyline: null,
    channels: ['distance'],
  });
  assert.deepEqual(ride, before);
});

test('a part of another kind, or of none, is a field that is left out', () => {
  assert.deepEqual(withoutParts('athlete', { map: 1, name: 'Ava' }, ['map']), { name: 'Ava' });
  assert.deepEqual(withoutParts('activity', { uploadId: 'u', name: 'Loop' }, ['uploadId', 'nothing']), {
    name: 'Loop',
  });
});

test('what has nothing of a part is not even copied', () => {
  const plain = { name: 'Loop' };
  assert.equal(withoutParts('activity', plain, ['heartRate', 'map', 'whole']), plain);
  assert.equal(withoutParts('activity', ride, []), ride);
});

test('others see the public figures in place of the whole, and what is withheld of them too', () => {
  const zoned = { ...ride, public: { distanceMeters: 900, polyline: 'b', climbMeters: 10 } };

  assert.deepEqual(withoutParts('activity', zoned, ['whole']), {
    ...ride,
    distanceMeters: 900,
    climbMeters: 10,
    polyline: 'b',
  });
  assert.deepEqual(withoutParts('activity', zoned, ['map', 'whole']), {
    ...ride,
    distanceMeters: 900,
    climbMeters: null,
    polyline: null,
    channels: ['distance', 'heartRate', 'power'],
  });
  assert.deepEqual(withoutParts('activity', { ...ride, public: null }, ['whole']), ride);
});

test('what is withheld does not leave the store of the series', async () => {
  const grant = grantWithout('heartRate', 'map', 'power');
  const { series, asked } = seriesOf([
    { lap: 1, climbMeters: 3, averageHeartRateBpm: 150, maxHeartRateBpm: 160, averagePowerWatts: 200 },
  ]);

  const ids = { activityId: 'x', publicRecordingId: null };
  assert.deepEqual(await readLaps(series, grant, ids), [
    { lap: 1, climbMeters: null, averageHeartRateBpm: null, maxHeartRateBpm: null, averagePowerWatts: null },
  ]);
  assert.deepEqual((await readBestEfforts(series, grant, ids)).bestPowers, []);
  asked.length = 0;
  await readSamples(series, grant, ids, ['time', 'altitude', 'heartRate', 'speed', 'power', 'grade']);
  assert.deepEqual(asked, [{ activityId: 'x', channels: ['time', 'speed'] }]);
  asked.length = 0;
  assert.equal(await readPositions(series, grant, { athleteId: 'a', activityId: 'x', key }), undefined);
  assert.deepEqual(asked, []);
});

const key = { encrypt: assert.fail, decrypt: assert.fail } as unknown as Parameters<
  typeof readPositions
>[2]['key'];

/** A grant to read the activity `x`, and its streams, but for some parts. */
function grantWithout(...withheld: string[]) {
  const allowed: Verdict = { allowed: true, revealed: true, rules: ['an-allow'], withheld };
  const engine: Engine = { bundle: '1-test', decide: () => [allowed], admit: () => allowed };
  const access = new Access(engine, { record: () => {} }, () => new Date());
  const subject: Subject = {
    kind: 'athlete',
    athleteId: 'ben',
    standing: 'active',
    scopes: ['*'],
    roles: [],
    requestId: 'r',
  };
  const sealed = new Sealed({ kind: 'activity', id: 'x', ownerId: 'ava' }, {}, () => ({}));
  return access.openWithGrant(subject, 'activity.readStreams', sealed).grant;
}

function seriesOf(rows: readonly object[]) {
  const asked: unknown[] = [];
  const series = {
    query: (_: unknown, parameters: unknown) => {
      asked.push(parameters);
      return Promise.resolve(rows);
    },
  } as unknown as Series;
  return { series, asked };
}

test('takes away the same in whatever order parts come', () => {
  const content = { channels: ['power', 'position', 'speed'], laps: [{ climbMeters: 3 }], polyline: 'x' };

  for (const order of [
    ['map', 'totals'],
    ['totals', 'map'],
  ]) {
    assert.deepEqual(withoutParts('activity', content, order), { channels: [], laps: [], polyline: null });
  }
});
