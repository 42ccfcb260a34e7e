import { z } from 'zod';

/** An answer outside 2xx, with what the problem document said. */
export class RefusedRequest extends Error {
  override name = 'RefusedRequest';
  constructor(
    request: string,
    readonly status: number,
    readonly body: string,
  ) {
    super(`${request} was answered with ${status}: ${body.slice(0, 500)}`);
  }
}

const Session = z.object({ athleteId: z.string(), accessToken: z.string(), refreshToken: z.string() });
const UploadStatus = z.object({
  uploadId: z.string(),
  status: z.enum(['queued', 'processing', 'ready', 'failed', 'duplicate']),
  activityIds: z.array(z.string()),
});
type UploadStatus = z.infer<typeof UploadStatus>;

/** A client of the REST API as anyone could write one: it knows the wire and nothing else. */
export class RestClient {
  constructor(
    readonly url: string,
    readonly athleteId?: string,
    readonly accessToken?: string,
  ) {}

  /** Registers a new athlete and answers a client that acts for them. */
  async register(account: { email: string; password: string; displayName: string }): Promise<RestClient> {
    const session = await this.send('POST', '/v1/athletes', Session, account);
    return new RestClient(this.url, session.athleteId, session.accessToken);
  }

  async logIn(account: { email: string; password: string }): Promise<RestClient> {
    const session = await this.send('POST', '/v1/sessions', Session, account);
    return new RestClient(this.url, session.athleteId, session.accessToken);
  }

  /**
   * Sends one request and reads its answer.
   *
   * @throws {RefusedRequest} for any status outside 2xx
   */
  async send<Shape extends z.ZodType>(
    method: string,
    path: string,
    shape: Shape,
    body?: object,
  ): Promise<z.output<Shape>> {
    const isForm = body instanceof FormData;
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: {
        ...(this.accessToken && { authorization: `Bearer ${this.accessToken}` }),
        ...(body && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new RefusedRequest(`${method} ${path}`, response.status, text);
    return shape.parse(text === '' ? undefined : JSON.parse(text));
  }

  get<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.output<Shape>> {
    return this.send('GET', path, shape);
  }

  /** Hands in a recorded file; answers before it is processed. */
  async upload(
    fileName: string,
    bytes: Uint8Array<ArrayBuffer>,
    fields: Record<string, string> = {},
  ): Promise<UploadStatus> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([bytes]), fileName);
    return this.send('POST', '/v1/uploads', UploadStatus, form);
  }

  /** Asks until an upload is ready, failed or a duplicate. */
  async whenProcessed(uploadId: string): Promise<UploadStatus> {
    const deadline = Date.now() + PROCESSING_MILLISECONDS;
    for (;;) {
      const upload = await this.get(`/v1/uploads/${uploadId}?waitSeconds=${WAIT_SECONDS}`, UploadStatus);
      if (upload.status !== 'queued' && upload.status !== 'processing') return upload;
      if (Date.now() > deadline)
        throw new Error(`upload ${uploadId} is still ${upload.status}; does a worker run?`);
    }
  }
}

const WAIT_SECONDS = 20;
const PROCESSING_MILLISECONDS = 120_000;
