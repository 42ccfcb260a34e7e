import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hideLatest } from '../../graph/evaluate/hide.js';
import { qualityOf } from '../../graph/evaluate/measures.js';
import { randomFrom } from '../../scripts/simulate/random.js';

const tie = (followerId: string, followeeId: string, day: number) => ({
  followerId,
  followeeId,
  since: new Date(Date.UTC(2026, 0, day)),
});

test('hides the latest follows, and leaves everybody one', () => {
  const early = Array.from({ length: 18 }, (_, at) => tie('ada', `early-${at}`, 1 + at));
  const only = tie('bea', 'ada', 31);
  const late = tie('ada', 'late', 30);

  const { known, hidden } = hideLatest([only, late, ...early], 10, randomFrom(1).even);

  assert.deepEqual([...hidden], [['ada', new Set(['late', 'early-17'])]]);
  assert.deepEqual(known, [only, ...early.slice(0, 17)]);
});

test('measures what was found, where, and of whom', () => {
  const followers = new Map([...Array(100).keys()].map((at) => [`athlete-${at}`, at === 7 ? 50 : 1]));
  const fame = { followers, athletes: 100, follows: 149 };
  const trials = [
    { shownIds: ['athlete-1', 'athlete-2'], hiddenIds: new Set(['athlete-2', 'athlete-3']) },
    { shownIds: ['athlete-7', 'athlete-1'], hiddenIds: new Set(['athlete-4']) },
  ];

  const quality = qualityOf(trials, fame, randomFrom(1).even);

  assert.equal(quality.recallAt10.mean, 0.25);
  assert.equal(quality.hitRate.mean, 0.5);
  assert.equal(quality.meanReciprocalRank.mean, 0.25);
  assert.equal(quality.coverage, 0.03);
  assert.equal(quality.topShare.mean, 0.25);
  assert.equal(quality.topShareHidden, 0);
  assert.deepEqual([quality.recallAt10.low, quality.recallAt10.high], [0, 0.5]);
});

test('looks at the first ten alone', () => {
  const shownIds = Array.from({ length: 12 }, (_, at) => `athlete-${at}`);
  const fame = { followers: new Map(), athletes: 100, follows: 0 };

  const { recallAt10 } = qualityOf(
    [{ shownIds, hiddenIds: new Set(['athlete-11']) }],
    fame,
    randomFrom(1).even,
  );

  assert.equal(recallAt10.mean, 0);
});
