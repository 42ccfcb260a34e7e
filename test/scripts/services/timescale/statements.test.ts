import assert from 'node:assert/strict';
import test from 'node:test';
import { judge } from '../../../../scripts/services/timescale/statements.js';

for (const sql of [
  "SELECT 'CREATE INDEX CONCURRENTLY'",
  "SELECT E'it\\'s; LISTEN x'",
  'SELECT $tag$; LISTEN x; $tag$',
  '/* outer /* LISTEN */ still */ SELECT 1',
  '-- CONCURRENTLY\nSELECT 1',
  'SELECT "concurrently" FROM t',
  'SELECT pg_advisory_xact_lock(1)',
  'SELECT temperature FROM samples',
  'CREATE TABLE temporary_routes (n int)',
]) {
  test(`lets through: ${sql.replaceAll('\n', ' ')}`, () => {
    assert.deepEqual(judge(sql), { changesSettings: false, replacements: [] });
  });
}

for (const [sql, expected] of [
  ['SET timezone TO UTC', true],
  ['SELECT 1; SET timezone TO UTC', true],
  ["SELECT set_config('timezone', 'UTC', false)", true],
  ["DO $$ BEGIN SET timezone TO 'UTC'; END $$", true],
  ['SET LOCAL timezone TO UTC', false],
  ['SET TRANSACTION ISOLATION LEVEL SERIALIZABLE', false],
  ['UPDATE t SET n = 1', false],
  ['ALTER TABLE t SET (timescaledb.compress)', false],
] as const) {
  test(`${expected ? 'sees' : 'sees no'} change of settings in: ${sql}`, () => {
    assert.equal(judge(sql).changesSettings, expected);
  });
}

for (const [sql, copy] of [
  ['COPY t FROM STDIN', 'text'],
  ['copy t (a, b) from stdin with (format csv)', 'text'],
  ['COPY t FROM STDIN WITH (FORMAT binary)', 'binary'],
  ['COPY t TO STDOUT', undefined],
  ["COPY t FROM '/tmp/file'", undefined],
] as const) {
  test(`takes rows from the client: ${copy ?? 'no'}, for ${sql}`, () => {
    assert.equal(judge(sql).copy, copy);
  });
}

test('finds the statement that acts on the whole session among others', () => {
  const sql = 'SELECT 1; /* all; */ RESET ALL; SELECT 2';

  const { replacements } = judge(sql);

  assert.deepEqual(replacements, [{ start: 9, end: 30, act: 'resetAll', name: '' }]);
});
