import { v7 as uuidv7 } from 'uuid';
import type { Grant } from '../policies/access.js';
import type { Place } from '../policies/keys.js';
import { Sealed } from '../policies/sealed.js';
import { lockAthletes } from './locks.js';
import { cypher, type Graph, type Whole, whole } from './session.js';
import type { SharingWishes } from './sharing.js';

/** How far an upload is; the last three are final. */
export const UPLOAD_STATUSES = ['queued', 'processing', 'ready', 'failed', 'duplicate'] as const;

/** One of `UPLOAD_STATUSES`. */
export type UploadStatus = (typeof UPLOAD_STATUSES)[number];

/** Whether an upload stays as it is. */
export const isFinal = (status: UploadStatus): boolean => status !== 'queued' && status !== 'processing';

/** Why an upload failed: a problem of the catalogue, what was particular, and further members. */
export interface UploadProblem {
  readonly slug: string;
  readonly detail: string;
  readonly fields: Readonly<Record<string, string | number>>;
}

/** What was saved of a file that was cut short. */
export interface UploadRescue {
  readonly reason: string;
  readonly readBytes: number;
  readonly expectedBytes?: number;
  readonly rescuedSeconds: number;
}

/** What an athlete says about a file; null where they do not. */
export interface UploadWishes extends SharingWishes {
  readonly name: string | null;
  readonly description: string | null;
  readonly sport: string | null;
  /** The client's own name for it. */
  readonly externalId: string | null;
}

/** A file that was stored, about to become an upload. */
export interface NewUpload extends UploadWishes {
  readonly uploadId: string;
  readonly athleteId: string;
  readonly fileName: string;
  readonly format: string;
  /** Of the file as it came, in hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** A file that an athlete sent, and what became of it. */
export interface Upload extends Omit<NewUpload, 'sha256'> {
  readonly status: UploadStatus;
  /** Activities that it became, in order of time. */
  readonly activityIds: readonly string[];
  /** The activity that was there before. */
  readonly duplicateOf: string | null;
  readonly problem: UploadProblem | null;
  readonly rescued: UploadRescue | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** The athlete who uploads is gone. */
export class UploaderGone extends Error {
  override name = 'UploaderGone';
  readonly problem = 'not-found';
}

/** Where the original file of an upload is encrypted for. */
export const originalPlace = (athleteId: string, uploadId: string): Place => ({
  athleteId,
  table: 'originals',
  column: 'content',
  row: uploadId,
});

/** Key of the original file of an upload in the object store. */
export const originalKey = (athleteId: string, uploadId: string): string =>
  `originals/${athleteId}/${uploadId}`;

interface UploadRow {
  readonly upload: Omit<Upload, 'activityIds' | 'problem' | 'rescued'> & {
    readonly problem: string | null;
    readonly rescued: string | null;
  };
  readonly activityIds: readonly string[];
  readonly wrappedKey: Uint8Array | null;
}

const ownerOf = cypher<{ athleteId: string }, { wrappedKey: Uint8Array }>('uploads/owner.cypher');
const byExternalId = cypher<{ athleteId: string; externalId: string }, { uploadId: string }>(
  'uploads/by-external-id.cypher',
);
const create = cypher<{ athleteId: string; uploadId: string; properties: object }, { uploadId: string }>(
  'uploads/create.cypher',
);
const byId = cypher<{ uploadIds: readonly string[] }, UploadRow>('uploads/uploads-by-id.cypher');
const pageOf = cypher<
  { athleteId: string; belowCreatedAt: Date; belowUploadId: string; limit: Whole },
  UploadPosition
>('uploads/page-of-athlete.cypher');

/** The wrapped key that an athlete's files are encrypted under; undefined when the athlete is gone. */
export async function uploaderKey(graph: Graph, athleteId: string): Promise<Uint8Array | undefined> {
  const [row] = await graph.query(ownerOf, { athleteId });
  return row?.wrappedKey;
}

/**
 * Notes a stored file as an upload and tells of it (`upload.received`), unless the client has sent it under the same
 * `externalId` before.
 *
 * @param grant for `upload.create`
 * @returns the upload, or the earlier one
 * @throws {UploaderGone} the athlete was deleted meanwhile
 */
export async function createUpload(
  graph: Graph,
  grant: Grant,
  { uploadId, athleteId, ...properties }: NewUpload,
): Promise<{ uploadId: string; isNew: boolean }> {
  grant.assertFor('upload.create');
  return graph.write(async (transaction) => {
    // Neither a deletion of the athlete nor the same upload once more may go on beside this.
    const lock = () => lockAthletes(transaction, athleteId);
    const { externalId } = properties;
    if (externalId !== null) {
      const [, [earlier]] = await Promise.all([
        lock(),
        transaction.run(byExternalId, { athleteId, externalId }),
      ]);
      if (earlier) return { uploadId: earlier.uploadId, isNew: earlier.uploadId === uploadId };
    }
    const [, [made]] = await Promise.all([
      lock(),
      transaction.run(create, {
        athleteId,
        uploadId,
        properties: { ...properties, sizeBytes: whole(properties.sizeBytes) },
      }),
      transaction.emit({
        eventId: uuidv7(),
        type: 'upload.received',
        key: uploadId,
        payload: { uploadId, athleteId },
      }),
    ]);
    if (!made) throw new UploaderGone();
    return { uploadId, isNew: true };
  });
}

/** One upload; once it is ready, its activities are there. */
export async function uploadById(graph: Graph, uploadId: string): Promise<Sealed<Upload> | undefined> {
  const [row] = await graph.execute(byId, { uploadIds: [uploadId] });
  return row && sealed(row, uploadOf(row));
}

/** An original file: whose, what it was called and the wrapped key that opens it. */
export interface Original {
  readonly athleteId: string;
  readonly uploadId: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly wrappedKey: Uint8Array;
}

/** Where to find the original file of an upload, and what opens it; undefined when it is gone. */
export async function originalOf(graph: Graph, uploadId: string): Promise<Sealed<Original> | undefined> {
  const [row] = await graph.execute(byId, { uploadIds: [uploadId] });
  if (!row?.wrappedKey) return undefined;
  const { wrappedKey } = row;
  const { athleteId, fileName, sizeBytes } = row.upload;
  return sealed(row, { athleteId, uploadId, fileName, sizeBytes, wrappedKey });
}

/** Where a list of uploads goes on: below this pair, newest first. */
export interface UploadPosition {
  readonly createdAt: Date;
  readonly uploadId: string;
}

/** Uploads of an athlete, newest first, and where the next page begins; null when there is none. */
export async function uploadsOfAthlete(
  graph: Graph,
  {
    limit,
    below,
    athleteId,
  }: { readonly athleteId: string; readonly below: UploadPosition; readonly limit: number },
): Promise<{ readonly uploads: readonly Sealed<Upload>[]; readonly next: UploadPosition | null }> {
  const page = await graph.execute(pageOf, {
    athleteId,
    belowCreatedAt: below.createdAt,
    belowUploadId: below.uploadId,
    limit: whole(limit + 1),
  });
  const uploadIds = page.slice(0, limit).map(({ uploadId }) => uploadId);
  const rows = await graph.execute(byId, { uploadIds });
  const byIds = new Map(rows.map((row) => [row.upload.uploadId, row]));
  const found = uploadIds.flatMap((uploadId) => byIds.get(uploadId) ?? []);
  return {
    uploads: found.map((row) => sealed(row, uploadOf(row))),
    next: (page.length > limit && page[limit - 1]) || null,
  };
}

function sealed<Content>({ upload }: UploadRow, content: Content): Sealed<Content> {
  const { uploadId, athleteId, status } = upload;
  return new Sealed({ kind: 'upload', id: uploadId, ownerId: athleteId }, { status }, () => content);
}

function uploadOf({ upload, activityIds }: UploadRow): Upload {
  const { problem, rescued } = upload;
  return {
    ...upload,
    activityIds,
    problem: problem === null ? null : JSON.parse(problem),
    rescued: rescued === null ? null : JSON.parse(rescued),
  };
}
