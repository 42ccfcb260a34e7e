import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

/** There is no object under this key. */
export class ObjectMissing extends Error {
  override name = 'ObjectMissing';
  constructor(readonly key: string) {
    super(`there is no object ${key}`);
  }
}

export interface StoredObject {
  readonly key: string;
  readonly storedAt: Date;
}

/**
 * Files under keys such as `originals/<athleteId>/<uploadId>`, in a folder. Whoever stores them encrypts them first.
 */
export class Objects {
  /** @param root the folder; made when it is not there */
  constructor(private readonly root: string) {}

  /** Stores all of the stream or nothing; what was there before is replaced. */
  async put(key: string, content: Readable): Promise<void> {
    const path = this.path(key);
    const incoming = join(this.root, INCOMING, randomUUID());
    await Promise.all([makeFolder(dirname(incoming)), makeFolder(dirname(path))]);
    try {
      // `flush` syncs the file before it is closed; only then it gets its name, and the name is synced too.
      await pipeline(content, createWriteStream(incoming, { flags: 'wx', mode: 0o600, flush: true }));
      await rename(incoming, path);
      await syncFolder(dirname(path));
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
  }

  /** @throws {ObjectMissing} */
  async get(key: string): Promise<Readable> {
    try {
      const file = await open(this.path(key));
      return createReadStream('', { fd: file });
    } catch (error) {
      throw isMissing(error) ? new ObjectMissing(key) : error;
    }
  }

  /** Does nothing when there is no such object. */
  async delete(key: string): Promise<void> {
    await rm(this.path(key), { force: true });
  }

  /** Objects whose key begins with these whole parts, for example `originals/<athleteId>`. */
  async *list(prefix: string): AsyncIterable<StoredObject> {
    const folder = this.path(prefix);
    // Object stores have no folders, so an empty one is as good as none.
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(noEntries);
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const found = await stat(path).catch(() => undefined);
      if (found) yield { key: relative(this.root, path).replaceAll(sep, '/'), storedAt: found.mtime };
    }
  }

  private path(key: string): string {
    if (!KEY.test(key)) throw new Error(`${key} cannot be the key of an object`);
    return join(this.root, ...key.split('/'));
  }
}

/** Opens the object store of a URL: a folder, `file:///var/lib/paceline/objects`. */
export function openObjects(url: string): Objects {
  return new Objects(fileURLToPath(url));
}

const KEY = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/; // no dots: a key cannot climb out of the folder
const INCOMING = 'incoming';

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

function noEntries(error: unknown): [] {
  if (isMissing(error)) return [];
  throw error;
}
