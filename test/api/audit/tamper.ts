import { randomUUID } from 'node:crypto';
import type { Finding } from '../../../api/audit/verify-trail.js';
import { decisionsAfter } from '../../../timeseries/audit-trail.js';
import { chainAfter } from '../../../timeseries/decision-chain.js';
import type { Series } from '../../../timeseries/pool.js';

/** Where somebody with all rights on the database does their work. */
export interface Scene {
  readonly series: Series;
  readonly writers: readonly string[];
  /** How many decisions each writer has. */
  readonly length: number;
  /** A head of each writer that was signed earlier, as `INSERT` takes it. */
  readonly earlierHeads: ReadonlyMap<string, string>;
  readonly checkpoints: number;
  /** A whole number below `below`. */
  readonly random: (below: number) => number;
}

/** What was done; `isFound` says whether a finding names it. */
export interface Edit {
  readonly what: string;
  readonly isFound: (finding: Finding) => boolean;
}

/** Runs statements that no product query would. */
export async function run(series: Series, text: string): Promise<void> {
  await series.query({ path: 'test', text }, {});
}

/** Ways to change one row: a column and what it becomes. */
const CHANGES: readonly (readonly [column: string, value: string])[] = [
  ['decided_at', `decided_at + INTERVAL '1 microsecond'`],
  ['decision_id', 'gen_random_uuid()'],
  ['action', `action || ' '`],
  ['subject_kind', `'system'`],
  ['subject_id', `reverse(subject_id)`],
  ['session_id', 'NULL'],
  ['standing', `'suspended'`],
  ['scopes', `scopes || 'x'::text`],
  ['roles', `'{auditor}'`],
  ['resource_kind', `'club'`],
  ['resource_id', `reverse(resource_id)`],
  ['owner_id', `NULL`],
  ['is_listed', 'NOT is_listed'],
  ['facts', 'set_bit(facts, BIT, 1 - get_bit(facts, BIT))'],
  ['facts', 'NULL'],
  ['facts_key', `'trail'`],
  ['is_trimmed', 'NOT is_trimmed'],
  ['allowed', 'NOT allowed'],
  ['revealed', 'NOT revealed'],
  ['rules', `'{activity-read-owner}'`],
  ['rules', `('[0:0]={' || rules[1] || '}')::text[]`],
  ['withheld', `'{map}'`],
  ['bundle', `bundle || 'x'`],
  ['engine', `'another'`],
  ['request_id', `request_id || 'x'`],
  ['chain', 'set_bit(chain, BIT, 1 - get_bit(chain, BIT))'],
];

/** Does something to the trail that nobody may, and tells what. */
export async function tamper(scene: Scene, kind: number): Promise<Edit> {
  const edits = [changeRow, changeRow, deleteRow, deleteMany, swapRows, repeatRow, appendRow];
  const more = [insertBefore, backDate, cutTail, rollBack, rewrite, changeCheckpoint, forgeWriter];
  const last = [deleteWriter, dropCheckpoint, deleteBatch, swapCompressed];
  const all = [...edits, ...more, ...last];
  const edit = all[kind % all.length];
  if (!edit) throw new Error(`there is no edit ${kind}`);
  return edit(scene);
}

const somewhere = ({ writers, length, random }: Scene) => ({
  writer: writers[random(writers.length)] ?? '',
  sequence: 1 + random(length),
});

/** A finding of this writer that this number lies in. */
function at(what: string, writer: string, sequence: number): Edit {
  return {
    what: `${what} ${sequence} of ${writer}`,
    isFound: (finding) =>
      'writer' in finding && finding.writer === writer && finding.from <= sequence && finding.to >= sequence,
  };
}

// TimescaleDB changes nothing in a compressed chunk when a number is narrower than its column.
const rowOf = (writer: string, sequence: number | string) =>
  `writer = '${writer}' AND sequence = '${sequence}'::bigint`;

async function changeRow(scene: Scene): Promise<Edit> {
  const { writer, sequence } = somewhere(scene);
  const [column = '', value = ''] = CHANGES[scene.random(CHANGES.length)] ?? [];
  const bit = scene.random(200);
  const to = value.replaceAll('BIT', String(bit));
  await run(scene.series, `UPDATE decisions SET ${column} = ${to} WHERE ${rowOf(writer, sequence)}`);
  return at(`${column} becomes ${to} in`, writer, sequence);
}

async function deleteRow(scene: Scene): Promise<Edit> {
  const { writer, sequence } = somewhere(scene);
  await run(scene.series, `DELETE FROM decisions WHERE ${rowOf(writer, sequence)}`);
  return at('delete', writer, sequence);
}

async function deleteMany(scene: Scene): Promise<Edit> {
  const { writer, sequence } = somewhere(scene);
  const until = sequence + scene.random(5);
  await run(
    scene.series,
    `DELETE FROM decisions WHERE writer = '${writer}' AND sequence BETWEEN ${sequence}::bigint AND ${until}::bigint`,
  );
  return at(`delete until ${until} from`, writer, sequence);
}

async function swapRows(scene: Scene): Promise<Edit> {
  const { writer, sequence } = somewhere(scene);
  const other = (sequence % scene.length) + 1;
  for (const [from, to] of [
    [sequence, '-7'],
    [other, sequence],
    ['-7', other],
  ] as const) {
    await run(scene.series, `UPDATE decisions SET sequence = ${to} WHERE ${rowOf(writer, from)}`);
  }
  return at(`swap ${other} with`, writer, sequence);
}

const COLUMNS = `decided_at, writer, sequence, decision_id, action, subject_kind, subject_id, session_id, standing,
  scopes, roles, resource_kind, resource_id, owner_id, is_listed, facts, facts_key, is_trimmed, allowed, revealed,
  rules, withheld, bundle, engine, request_id, chain`;

async function copyRow(
  { series }: Scene,
  from: string,
  { decidedAt = 'decided_at', sequence = 'sequence' }: { decidedAt?: string; sequence?: string | number },
): Promise<void> {
  const values = COLUMNS.replace('decided_at', decidedAt).replace('sequence', String(sequence));
  await run(series, `INSERT INTO decisions (${COLUMNS}) SELECT ${values} FROM decisions WHERE ${from}`);
}

async function repeatRow(scene: Scene): Promise<Edit> {
  const { writer, sequence } = somewhere(scene);
  await copyRow(scene, rowOf(writer, sequence), { decidedAt: `decided_at + INTERVAL '1 second'` });
  return at('repeat', writer, sequence);
}

async function appendRow(scene: Scene): Promise<Edit> {
  const { writer, sequence } = somewhere(scene);
  const added = scene.length + 1;
  await copyRow(scene, rowOf(writer, sequence), { sequence: added });
  return at('append', writer, added);
}

async function insertBefore(scene: Scene): Promise<Edit> {
  const { writer, sequence } = somewhere(scene);
  await copyRow(scene, rowOf(writer, sequence), { sequence: 0 });
  return at('insert', writer, 0);
}

async function backDate(scene: Scene): Promise<Edit> {
  const { writer, sequence } = somewhere(scene);
  await copyRow(scene, rowOf(writer, sequence), { decidedAt: `decided_at - INTERVAL '3 days'` });
  await run(
    scene.series,
    `DELETE FROM decisions WHERE ${rowOf(writer, sequence)}
       AND decided_at = (SELECT max(decided_at) FROM decisions WHERE ${rowOf(writer, sequence)})`,
  );
  return at('back-date', writer, sequence);
}

async function cutTail(scene: Scene): Promise<Edit> {
  const { writer, sequence } = somewhere(scene);
  await run(
    scene.series,
    `DELETE FROM decisions WHERE writer = '${writer}' AND sequence >= ${sequence}::bigint`,
  );
  if (scene.random(2) === 0) await run(scene.series, `DELETE FROM audit_heads WHERE writer = '${writer}'`);
  return at('cut from', writer, scene.length);
}

/** Everything behind an earlier head goes, and that head comes back with its true signature. */
async function rollBack(scene: Scene): Promise<Edit> {
  const { writer } = somewhere(scene);
  const [sequence] = scene.earlierHeads.get(writer)?.split(',') ?? [];
  await run(
    scene.series,
    `DELETE FROM decisions WHERE writer = '${writer}' AND sequence > ${sequence}::bigint`,
  );
  await run(scene.series, `DELETE FROM audit_heads WHERE writer = '${writer}'`);
  await run(
    scene.series,
    `INSERT INTO audit_heads (writer, sequence, chain, stored_at, signature)
     VALUES ('${writer}', ${scene.earlierHeads.get(writer)})`,
  );
  return at('roll back', writer, scene.length);
}

/** A row is changed and the chain of it and of all that follow is made anew, up to the head. */
async function rewrite(scene: Scene): Promise<Edit> {
  const { writer, sequence } = somewhere(scene);
  const rows = await decisionsAfter(scene.series, writer, BigInt(sequence - 2));
  const before = sequence === 1 ? undefined : rows[0];
  const [first, ...rest] = before ? rows.slice(1) : rows;
  if (!first) throw new Error('there is nothing to rewrite');
  const forged = { ...first, allowed: !first.allowed };
  // The first chain of all is public too, but nobody needs it here.
  let chain = chainAfter(before?.chain ?? 'ab'.repeat(32), forged);
  await run(
    scene.series,
    `UPDATE decisions SET allowed = NOT allowed, chain = '\\x${chain}' WHERE ${rowOf(writer, sequence)}`,
  );
  for (const row of rest) {
    chain = chainAfter(chain, row);
    await run(
      scene.series,
      `UPDATE decisions SET chain = '\\x${chain}' WHERE ${rowOf(writer, row.sequence)}`,
    );
  }
  await run(scene.series, `UPDATE audit_heads SET chain = '\\x${chain}' WHERE writer = '${writer}'`);
  return at('rewrite from', writer, sequence);
}

async function changeCheckpoint({ series, random, checkpoints }: Scene): Promise<Edit> {
  const number = 1 + random(checkpoints);
  const ways = [
    `body = replace(body, 'a', 'b')`,
    `signature = set_bit(signature, 9, 1 - get_bit(signature, 9))`,
    `body = (SELECT body FROM audit_checkpoints WHERE number = ${(number % checkpoints) + 1})`,
  ];
  const way = ways[random(ways.length)] ?? '';
  await run(series, `UPDATE audit_checkpoints SET ${way} WHERE number = ${number}`);
  return ofCheckpoint(way, number);
}

async function dropCheckpoint({ series, random, checkpoints }: Scene): Promise<Edit> {
  const number = 1 + random(checkpoints);
  await run(series, `DELETE FROM audit_checkpoints WHERE number = ${number}`);
  return ofCheckpoint('drop', number);
}

function ofCheckpoint(what: string, number: number): Edit {
  return {
    what: `${what} in checkpoint ${number}`,
    isFound: (finding) => 'number' in finding && finding.number === number,
  };
}

/** Rows of a writer that never was, with a head that says so. */
async function forgeWriter(scene: Scene): Promise<Edit> {
  const { writer, sequence } = somewhere(scene);
  const forged = randomUUID();
  const values = COLUMNS.replace(' writer,', ` '${forged}',`).replace('sequence', '1');
  await run(
    scene.series,
    `INSERT INTO decisions (${COLUMNS}) SELECT ${values} FROM decisions WHERE ${rowOf(writer, sequence)}`,
  );
  await run(
    scene.series,
    `INSERT INTO audit_heads (writer, sequence, chain, stored_at, signature)
     SELECT '${forged}', 1, chain, stored_at, signature FROM audit_heads WHERE writer = '${writer}'`,
  );
  return at('forge', forged, 1);
}

async function deleteWriter(scene: Scene): Promise<Edit> {
  const { writer } = somewhere(scene);
  await run(scene.series, `DELETE FROM decisions WHERE writer = '${writer}'`);
  await run(scene.series, `DELETE FROM audit_heads WHERE writer = '${writer}'`);
  return at('delete all', writer, 1);
}

/** Compresses all chunks. */
export async function compress(series: Series): Promise<void> {
  await run(
    series,
    `SELECT compress_chunk(chunk, if_not_compressed => true) FROM show_chunks('decisions') AS chunk`,
  );
}

/** The tables behind the compressed chunks. */
async function compressedTables(series: Series): Promise<readonly string[]> {
  await compress(series);
  const rows = await series.query<object, { name: string }>(
    {
      path: 'test',
      text: `SELECT format('%I.%I', compressed.schema_name, compressed.table_name) AS name
             FROM _timescaledb_catalog.chunk AS chunk
             JOIN _timescaledb_catalog.hypertable AS hypertable ON hypertable.id = chunk.hypertable_id
             JOIN _timescaledb_catalog.chunk AS compressed ON compressed.id = chunk.compressed_chunk_id
             WHERE hypertable.table_name = 'decisions' AND NOT chunk.dropped`,
    },
    {},
  );
  return rows.map(({ name }) => name);
}

/** What TimescaleDB itself keeps of a compressed chunk is changed behind its back. */
async function deleteBatch(scene: Scene): Promise<Edit> {
  const { writer } = somewhere(scene);
  for (const table of await compressedTables(scene.series)) {
    await run(scene.series, `DELETE FROM ${table} WHERE writer = '${writer}'`);
  }
  return at('delete the compressed batch', writer, 1);
}

async function swapCompressed(scene: Scene): Promise<Edit> {
  const { writer } = somewhere(scene);
  const other = scene.writers.find((each) => each !== writer) ?? '';
  for (const table of await compressedTables(scene.series)) {
    await run(
      scene.series,
      `UPDATE ${table} AS mine SET decision_id = theirs.decision_id
       FROM ${table} AS theirs WHERE mine.writer = '${writer}' AND theirs.writer = '${other}'`,
    );
  }
  return at('a compressed column of another writer in', writer, 1);
}
