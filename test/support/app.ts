import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import supertest from 'supertest';
import { readConfig } from '../../api/config.js';
import { listen } from '../../api/http/listen.js';
import { buildServer } from '../../api/http/server.js';
import { startWorker } from '../../api/jobs/worker.js';
import { type App, migrate, wire } from '../../api/wiring.js';
import { claimForTests, type StoreUrls, storeUrls } from './stores.js';
import { assertDocumented } from './validate-answers.js';

export { temporaryFolder } from './folders.js';

/** A running API on the stores of the test run, with every answer held against `openapi.json`. */
export interface TestApi {
  readonly app: App;
  readonly url: string;
  /** A request of nobody in particular. */
  readonly anyone: Client;
  /** Registers and logs in someone new. */
  newAthlete(fields?: Readonly<Record<string, unknown>>): Promise<TestAthlete>;
  /** Starts a worker in this process, once. */
  work(): Promise<void>;
  stop(): Promise<void>;
}

type Request = supertest.Test;

/** Requests with the caller's token already on them. */
export interface Client {
  get(path: string): Request;
  post(path: string, body?: object): Request;
  put(path: string, body?: object): Request;
  patch(path: string, body?: object): Request;
  delete(path: string, body?: object): Request;
}

export interface TestAthlete extends Client {
  readonly athleteId: string;
  readonly displayName: string;
  readonly email: string;
  readonly password: string;
  readonly sessionId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Settings of a test process; any worker of a run can open what any API of it has stored. */
export function testSettings(stores: StoreUrls = storeUrls()): Record<string, string> {
  const run = createHash('sha256').update(stores.neo4jUrl).digest('hex').slice(0, 12);
  return {
    NEO4J_URL: stores.neo4jUrl,
    TIMESCALE_URL: stores.timescaleUrl,
    REDIS_URL: stores.redisUrl,
    OBJECTS_URL: pathToFileURL(join(tmpdir(), `paceline-test-objects-${run}`)).href,
    JOURNAL_DIRECTORY: join(tmpdir(), `paceline-test-journal-${run}`),
    // Where nobody takes letters, each is tried again and again.
    SMTP_URL: process.env.PACELINE_TEST_SMTP_URL ?? 'smtp://127.0.0.1:9',
    MASTER_KEY: Buffer.alloc(32, 'master').toString('base64'),
    EMAIL_KEY: Buffer.alloc(32, 'e-mail').toString('base64'),
    AUDIT_SIGNING_KEY: Buffer.alloc(32, 'audit').toString('base64'),
    TOKEN_KEYS: JSON.stringify([newSigningKey()]),
    PORT: '0',
    PUBLIC_URL: 'http://localhost',
    LOG_LEVEL: 'silent',
    WRITES_PER_MINUTE: '100000',
    READS_PER_MINUTE: '100000',
    ANONYMOUS_PER_MINUTE: '100000',
    FOLLOWS_PER_HOUR: '100000',
    // All tests call from one address.
    FAILED_LOGINS_PER_ADDRESS: '100000',
  };
}

/** A key to sign access tokens with, as configuration takes it. */
export function newSigningKey(): object {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID() };
}

/**
 * Starts the API in this process on a free port.
 *
 * @param settings change what `testSettings` says
 * @param now the clock of the process
 */
export async function startApi(
  settings: Readonly<Record<string, string>> = {},
  now?: () => Date,
): Promise<TestApi> {
  const merged = { ...testSettings(), ...settings };
  await claimForTests({
    neo4jUrl: merged.NEO4J_URL ?? '',
    timescaleUrl: merged.TIMESCALE_URL ?? '',
    redisUrl: merged.REDIS_URL ?? '',
  });
  const config = readConfig(merged);
  await migrate(config);
  const { app, close } = await wire(config, now);
  const http = await listen(app, buildServer(app), 0);
  let worker: { close: () => Promise<void> } | undefined;
  return {
    app,
    url: http.url,
    anyone: client(http.url),
    newAthlete: (fields) => register(http.url, fields),
    work: async () => {
      worker ??= await startWorker(app);
    },
    stop: async () => {
      await http.close();
      await worker?.close();
      await close();
    },
  };
}

async function register(url: string, fields: Readonly<Record<string, unknown>> = {}): Promise<TestAthlete> {
  const account = {
    email: `${randomBytes(9).toString('hex')}@example.org`,
    password: randomBytes(12).toString('base64url'),
    displayName: `Athlete ${randomBytes(4).toString('hex')}`,
  };
  const { displayName, ...profile } = fields;
  if (typeof displayName === 'string') account.displayName = displayName;
  const { body } = await client(url).post('/v1/athletes', account).expect(201);
  const caller = client(url, body.accessToken);
  if (Object.keys(profile).length > 0) await caller.patch('/v1/athletes/me', profile).expect(200);
  return { ...account, ...caller, ...body };
}

/** Requests against an API, as the bearer of a token or as nobody. */
export function client(url: string, accessToken?: string): Client {
  const send = (method: 'get' | 'post' | 'put' | 'patch' | 'delete') => (path: string, body?: object) => {
    const request = supertest(url)[method](path).expect(documented(method, path));
    if (accessToken) request.set('Authorization', `Bearer ${accessToken}`);
    return body === undefined ? request : request.send(body);
  };
  return {
    get: send('get'),
    post: send('post'),
    put: send('put'),
    patch: send('patch'),
    delete: send('delete'),
  };
}

function documented(method: string, path: string) {
  return ({ status, headers, body }: supertest.Response) =>
    assertDocumented({ method, path, status, headers, body });
}
