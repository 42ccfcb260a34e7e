import type { IncomingMessage } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { wishesOf } from '../../graph/sharing.js';
import {
  createUpload,
  isFinal,
  type NewUpload,
  originalKey,
  originalOf,
  type Upload,
  UploaderGone,
  type UploadPosition,
  uploadById,
  uploaderKey,
  uploadsOfAthlete,
} from '../../graph/uploads.js';
import type { Subject } from '../../policies/access.js';
import { callerId } from '../http/caller.js';
import { type Answer, accepted, type Call, Endpoint, file, ok } from '../http/endpoint.js';
import { decodeCursor, encodeCursor, Page, PageQuery } from '../http/paging.js';
import { NotFound } from '../http/problems.js';
import { openOriginal } from '../stores/originals.js';
import type { App } from '../wiring.js';
import { receiveForm } from './receive-form.js';
import { checkedFields, UploadForm, UploadKey, UploadQuery, UploadView } from './shapes.js';
import { type OriginalOwner, storeOriginal } from './store-original.js';
import { uploadTopic, uploadView } from './upload-view.js';

/** Below everything: the first page starts here. */
const NEWEST = { createdAt: new Date('9999-01-01T00:00:00Z'), uploadId: '' };
const UploadCursor = z.tuple([z.iso.datetime(), z.uuid()]);

export class UploadsController {
  constructor(private readonly app: App) {}

  @Endpoint('POST /v1/uploads', {
    action: 'upload.create',
    decided: 'inside',
    summary: 'Upload a recording',
    description:
      'Takes the file and answers at once; poll the upload until its status is final. The same `externalId` again ' +
      'answers the first upload, unless that one failed.',
    consumes: 'multipart/form-data',
    body: UploadForm,
    answers: { 202: UploadView },
    problems: ['bad-form', 'upload-too-large', 'upload-format-unknown'],
  })
  async create({ subject, request }: Call): Promise<Answer> {
    const { access, graph, masterKey, objects } = this.app;
    const [athleteId, uploadId] = [callerId(subject), uuidv7()];
    const resource = { kind: 'upload', id: uploadId, ownerId: athleteId };
    const grant = access.require(subject, 'upload.create', { resource, facts: {} });
    const wrappedKey = await uploaderKey(graph, athleteId);
    if (!wrappedKey) throw new UploaderGone();
    const key = masterKey.unwrap(athleteId, wrappedKey);
    const upload = await this.#receive(request, { athleteId, uploadId, key });
    // When this fails the file stays: perhaps only the answer of the database was lost. What is not needed is swept.
    const made = await createUpload(graph, grant, upload);
    if (made.isNew) return accepted(uploadView(queued(upload, this.app.now())), `/v1/uploads/${uploadId}`);
    await objects.delete(originalKey(athleteId, uploadId));
    const earlier = await this.#open(subject, made.uploadId);
    return accepted(uploadView(earlier), `/v1/uploads/${made.uploadId}`);
  }

  @Endpoint('GET /v1/uploads/{uploadId}', {
    action: 'upload.read',
    decided: 'inside',
    summary: 'Read how far an upload is',
    description:
      'With `waitSeconds` the answer comes as soon as the status is final, or when the time is over.',
    params: UploadKey,
    query: UploadQuery,
    answers: { 200: UploadView },
  })
  async read({
    subject,
    params: { uploadId },
    query: { waitSeconds },
  }: Call<{ params: typeof UploadKey; query: typeof UploadQuery }>): Promise<Answer> {
    const upload = await this.app.news.watch(uploadTopic(uploadId), {
      seconds: waitSeconds,
      look: () => this.#open(subject, uploadId),
      isEnough: ({ status }) => isFinal(status),
    });
    return ok(uploadView(upload));
  }

  @Endpoint('GET /v1/uploads', {
    action: 'upload.read',
    decided: 'inside',
    summary: 'List your uploads, newest first',
    query: PageQuery,
    answers: { 200: Page(UploadView) },
  })
  async list({ subject, query }: Call<{ query: typeof PageQuery }>): Promise<Answer> {
    const { access, graph } = this.app;
    const { limit, cursor } = query;
    const { uploads, next } = await uploadsOfAthlete(graph, {
      athleteId: callerId(subject),
      below: cursor === undefined ? NEWEST : positionIn(cursor),
      limit,
    });
    const items = access.openEach(subject, 'upload.read', uploads).map(uploadView);
    return ok({ items, nextCursor: next && encodeCursor([next.createdAt.toISOString(), next.uploadId]) });
  }

  @Endpoint('GET /v1/uploads/{uploadId}/original', {
    action: 'upload.read',
    decided: 'inside',
    summary: 'Download the file as it was uploaded',
    params: UploadKey,
    answers: { 200: z.file() },
    produces: 'application/octet-stream',
  })
  async original({ subject, params }: Call<{ params: typeof UploadKey }>): Promise<Answer> {
    const { access, graph } = this.app;
    const sealed = await originalOf(graph, params.uploadId);
    if (!sealed) throw new NotFound('upload');
    const original = access.open(subject, 'upload.read', sealed);
    const { fileName, sizeBytes } = original;
    const contentType = 'application/octet-stream';
    return file(await openOriginal(this.app, original), { contentType, fileName, bytes: sizeBytes });
  }

  async #open(subject: Subject, uploadId: string): Promise<Upload> {
    const sealed = await uploadById(this.app.graph, uploadId);
    if (!sealed) throw new NotFound('upload');
    return this.app.access.open(subject, 'upload.read', sealed);
  }

  /** Takes the file and the fields; when one of them is refused nothing is left of the file. */
  async #receive(request: IncomingMessage, owner: OriginalOwner): Promise<NewUpload> {
    const { objects } = this.app;
    const { athleteId, uploadId } = owner;
    try {
      const { fields, stored } = await receiveForm(request, (fileName, content) =>
        storeOriginal(objects, owner, fileName, content),
      );
      const said = checkedFields(fields);
      const { name, description, sport, externalId } = said;
      return {
        uploadId,
        athleteId,
        ...stored,
        name: name ?? null,
        description: description ?? null,
        ...wishesOf(said),
        sport: sport ?? null,
        externalId: externalId ?? null,
      };
    } catch (error) {
      await objects.delete(originalKey(athleteId, uploadId));
      throw error;
    }
  }
}

function positionIn(cursor: string): UploadPosition {
  const [createdAt, uploadId] = decodeCursor(cursor, UploadCursor);
  return { createdAt: new Date(createdAt), uploadId };
}

function queued({ sha256: _, ...upload }: NewUpload, createdAt: Date): Upload {
  return {
    ...upload,
    status: 'queued',
    activityIds: [],
    duplicateOf: null,
    problem: null,
    rescued: null,
    createdAt,
    finishedAt: null,
  };
}
