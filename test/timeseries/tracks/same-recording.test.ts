import assert from 'node:assert/strict';
import test from 'node:test';
import { isSameRecording, type RecordedSummary } from '../../../timeseries/tracks/same-recording.js';

const ride = summary(0, 3600, 30_000);

for (const [name, other, expected] of [
  ['the same figures', ride, true],
  ['a start some seconds later', summary(12, 3590, 29_900), true],
  ['a distance from another sensor', summary(0, 3600, 29_000), true],
  ['no distance', summary(0, 3600), true],
  ['the second half of it', summary(1800, 1800, 15_000), false],
  ['a ride right behind it', summary(3600, 3600, 30_000), false],
  ['the same hour, but half as far', summary(0, 3600, 15_000), false],
  ['the same way on the next day', summary(86_400, 3600, 30_000), false],
] as const) {
  test(`${name}: ${expected ? 'the same' : 'another'} recording`, () => {
    assert.equal(isSameRecording(ride, other), expected);
    assert.equal(isSameRecording(other, ride), expected);
  });
}

test('seconds of difference do not part two short recordings', () => {
  assert.ok(isSameRecording(summary(0, 13, 5), summary(1, 14, 5)));
  assert.ok(!isSameRecording(summary(0, 13, 5), summary(60, 13, 5)));
});

function summary(startSeconds: number, elapsedSeconds: number, distanceMeters?: number): RecordedSummary {
  const startedAt = new Date(Date.UTC(2026, 4, 9) + startSeconds * 1000);
  return { startedAt, elapsedSeconds, distanceMeters };
}
