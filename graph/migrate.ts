import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { cypher, type Graph, type Whole, whole } from './session.js';

/** A migration was changed after this graph had applied it. */
export class ChangedMigration extends Error {
  override name = 'ChangedMigration';
  constructor(readonly fileName: string) {
    super(
      `${fileName} was changed after this graph had applied it. Restore the file and put the change into a new one with the next number.`,
    );
  }
}

/** A migration came too late: this graph has already applied a higher number. */
export class LateMigration extends Error {
  override name = 'LateMigration';
  constructor(
    readonly fileName: string,
    readonly highestApplied: number,
  ) {
    super(
      `${fileName} was never applied, but version ${highestApplied} was. Give the file the next free number; migrations only go forward.`,
    );
  }
}

/** A file in the folder of migrations that cannot be one. */
export class BadMigrationName extends Error {
  override name = 'BadMigrationName';
  constructor(readonly fileName: string) {
    super(`${fileName} must be named V001__what_it_does.cypher, with a number that no other file has.`);
  }
}

interface Migration {
  readonly version: number;
  readonly fileName: string;
  readonly checksum: string;
  readonly statements: readonly string[];
}

const takeLock = cypher<{ name: string }, { name: string }>('migrations/take-lock.cypher');
const applied = cypher<Record<string, never>, { version: number; checksum: string }>(
  'migrations/applied.cypher',
);
const record = cypher<{ version: Whole; fileName: string; checksum: string }, { version: number }>(
  'migrations/record.cypher',
);
const awaitIndexes = cypher<{ timeoutSeconds: Whole }, Record<string, never>>(
  'migrations/await-indexes.cypher',
);

const FOLDER = new URL('../../graph/migrations/', import.meta.url);
const INDEX_SECONDS = 600; // an index over a hundred million nodes fills in minutes

/**
 * Brings the graph to the newest schema, safely when several processes start at once.
 *
 * Neo4j takes no schema change and data change in one transaction, so every statement of a migration runs by itself
 * and must be safe to run again (`IF NOT EXISTS`, `MERGE`): after a crash the whole file is run once more. A graph
 * that is ahead of these files is left alone, since the version after this one may already be starting.
 *
 * @throws {ChangedMigration | LateMigration | BadMigrationName}
 */
export async function migrateGraph(graph: Graph, folder: URL = FOLDER): Promise<void> {
  const [foundation, ...migrations] = await readMigrations(folder);
  if (foundation) await makeLockable(graph, foundation);
  await graph.write(async (lock) => {
    await lock.run(takeLock, { name: 'migrations' });
    // Everything else runs outside the transaction that holds the lock, and is committed as it goes.
    for (const migration of await pending(graph, migrations)) {
      for (const statement of migration.statements) await graph.runSchema(statement);
      const { version, fileName, checksum } = migration;
      await graph.write(({ run }) => run(record, { version: whole(version), fileName, checksum }));
    }
    await graph.query(awaitIndexes, { timeoutSeconds: whole(INDEX_SECONDS) });
  });
}

async function pending(graph: Graph, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const checksums = new Map(
    (await graph.query(applied, {})).map(({ version, checksum }) => [version, checksum]),
  );
  const highestApplied = Math.max(0, ...checksums.keys());
  return migrations.filter(({ version, fileName, checksum }) => {
    const then = checksums.get(version);
    if (then !== undefined && then !== checksum) throw new ChangedMigration(fileName);
    if (then === undefined && version < highestApplied) throw new LateMigration(fileName, highestApplied);
    return then === undefined;
  });
}

async function readMigrations(folder: URL): Promise<readonly Migration[]> {
  const fileNames = (await readdir(folder)).filter((fileName) => fileName.endsWith('.cypher')).sort();
  const migrations = await Promise.all(
    fileNames.map(async (fileName) => {
      const version = /^V(\d{3})__[a-z0-9_]+\.cypher$/.exec(fileName)?.[1];
      if (version === undefined) throw new BadMigrationName(fileName);
      const text = await readFile(new URL(fileName, folder), 'utf8');
      return {
        version: Number(version),
        fileName,
        checksum: createHash('sha256').update(text).digest('hex'),
        statements: statementsOf(text),
      };
    }),
  );
  const twin = migrations.find(({ version }, index) => migrations[index - 1]?.version === version);
  if (twin) throw new BadMigrationName(twin.fileName);
  return migrations;
}

// A semicolon ends a statement only at the end of a line, so that one inside a string does no harm.
function statementsOf(text: string): readonly string[] {
  return text
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^\s*\/\/.*$/gm, '').trim() !== '');
}

// The lock needs a constraint, and two processes that make the same constraint at once can both be refused; one of
// them has made it by the time it is asked for again.
async function makeLockable(graph: Graph, foundation: Migration, attempts = 5): Promise<void> {
  try {
    for (const statement of foundation.statements) await graph.runSchema(statement);
  } catch (failure) {
    if (attempts === 1) throw failure;
    await makeLockable(graph, foundation, attempts - 1);
  }
}
