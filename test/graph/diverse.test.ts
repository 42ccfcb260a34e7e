import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diverse } from '../../graph/diverse.js';

const ranking = fc
  .array(
    fc.record({
      score: fc.integer({ min: 1, max: 1_000 }),
      sourceIds: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }),
    }),
    { maxLength: 20 },
  )
  .map((entries) => entries.toSorted((one, other) => other.score - one.score));

test('a mixture holds the best, no more than asked for, and nothing twice', () => {
  fc.assert(
    fc.property(ranking, fc.integer({ min: 1, max: 20 }), (entries, limit) => {
      const mixed = diverse(entries, limit);
      assert.equal(mixed.length, Math.min(limit, entries.length));
      assert.equal(new Set(mixed).size, mixed.length);
      assert.equal(mixed[0], entries[0]);
    }),
  );
});

test('what other sources suggest comes before the third of one source', () => {
  const from = (sourceId: string, score: number) => ({ score, sourceIds: [sourceId] });
  const entries = [from('a', 10), from('a', 9), from('a', 8), from('b', 7)];

  const mixed = diverse(entries, 3);

  assert.deepEqual(
    mixed.map(({ score }) => score),
    [10, 7, 9],
  );
});

test('without common sources the ranking stays as it is', () => {
  const entries = [3, 2, 1].map((score) => ({ score, sourceIds: [] }));

  assert.deepEqual(diverse(entries, 3), entries);
});
