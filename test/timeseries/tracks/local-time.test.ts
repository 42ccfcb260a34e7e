import assert from 'node:assert/strict';
import test from 'node:test';
import { localDay, localTime, localWeek } from '../../../timeseries/tracks/local-time.js';

for (const [instant, timeZone, time, week] of [
  ['2026-03-29T00:59:59Z', 'Europe/Berlin', '2026-03-29T01:59:59', '2026-03-23'],
  ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29T03:00:00', '2026-03-23'],
  ['2026-03-29T22:30:00Z', 'Europe/Berlin', '2026-03-30T00:30:00', '2026-03-30'],
  ['2026-01-01T00:30:00Z', 'America/Los_Angeles', '2025-12-31T16:30:00', '2025-12-29'],
  ['2026-05-09T12:00:00Z', 'Asia/Kathmandu', '2026-05-09T17:45:00', '2026-05-04'],
  ['2026-05-10T23:59:59Z', 'UTC', '2026-05-10T23:59:59', '2026-05-04'],
] as const) {
  test(`at ${instant} it is ${time} in ${timeZone}`, () => {
    assert.equal(localTime(new Date(instant), timeZone), time);
    assert.equal(localDay(new Date(instant), timeZone), time.slice(0, 10));
    assert.equal(localWeek(new Date(instant), timeZone), week);
  });
}

test('refuses a zone that does not exist', () => {
  assert.throws(() => localTime(new Date(0), 'Middle/Earth'), RangeError);
});
