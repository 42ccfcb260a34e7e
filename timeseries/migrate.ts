import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Series, type SeriesTransaction, sql } from './pool.js';

/** An applied migration differs from its file: files are never edited once they ran anywhere. */
export class MigrationChanged extends Error {
  override name = 'MigrationChanged';
  constructor(readonly file: string) {
    super(
      `timeseries/migrations/${file} was edited after it had been applied; put the change into a new file`,
    );
  }
}

const lockMigrations = sql<object, object>('migrations/lock.sql');
const createMigrations = sql<object, object>('migrations/create-table.sql');
const appliedMigration = sql<{ file: string }, { checksum: string }>('migrations/applied.sql');
const recordMigration = sql<{ file: string; checksum: string }, object>('migrations/record.sql');

/**
 * Brings TimescaleDB to the newest schema: the files of `timeseries/migrations/` in order of their names, each
 * in one transaction together with its record. May run in several processes at once and again after a crash.
 *
 * @returns names of the files that this call applied
 * @throws {MigrationChanged} an applied file was edited
 */
export async function migrateSeries(url: string): Promise<string[]> {
  const series = new Series(url);
  try {
    const applied: string[] = [];
    for (const migration of migrationFiles()) {
      if (await series.transaction((transaction) => apply(transaction, migration)))
        applied.push(migration.file);
    }
    return applied;
  } finally {
    await series.close();
  }
}

interface Migration {
  readonly file: string;
  readonly text: string;
  readonly checksum: string;
}

async function apply(transaction: SeriesTransaction, { file, text, checksum }: Migration): Promise<boolean> {
  await transaction.query(lockMigrations, {});
  await transaction.query(createMigrations, {});
  const [applied] = await transaction.query(appliedMigration, { file });
  if (applied !== undefined) {
    if (applied.checksum !== checksum) throw new MigrationChanged(file);
    return false;
  }
  await transaction.runScript(text);
  await transaction.query(recordMigration, { file, checksum });
  return true;
}

function migrationFiles(): Migration[] {
  const folder = new URL('../../timeseries/migrations/', import.meta.url);
  return readdirSync(folder)
    .filter((file) => /^V\d{3}__.+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      return { file, text, checksum: createHash('sha256').update(text).digest('hex') };
    });
}
