import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { AuditSigner } from '../../api/audit/signatures.js';
import { readConfig } from '../../api/config.js';
import { migrate } from '../../api/wiring.js';
import { RestClient } from '../rest-client.js';
import { announceRunning, withdrawRunning } from '../running-settings.js';
import { catchMail } from '../services/mail-catcher.js';
import { simulateRide } from '../simulate/ride.js';
import { rideAsFit } from '../simulate/ride-as-fit.js';
import { type AnalystServer, openAnalystsDoor } from './analysts.js';
import { type Narrator, narrate } from './narrator.js';
import { startRoles } from './processes.js';
import { showRecommended } from './recommended.js';
import { SETTLERS, seedSettlers } from './settlers.js';
import { seedStaff } from './staff.js';
import { seedVillage, VILLAGE_DOMAIN } from './village.js';

export interface Demo {
  /** Ends after the main job instead of staying up. */
  readonly once: boolean;
  /** A recorded file to upload; by default a simulated ride. */
  readonly file?: string;
  /** Configuration of the API and the worker, stores included. */
  readonly environment: Readonly<Record<string, string>>;
  readonly browserUrl: string;
  /** Starts the server for analysts, where one is wanted. */
  readonly startAnalysts?: () => Promise<AnalystServer>;
  /** Where the processes write their logs. */
  readonly logDirectory: string;
  /** Ends the demo when it aborts. */
  readonly signal: AbortSignal;
  /** Hears of each process that the demo starts. */
  readonly watch: (pid: number) => void;
}

/**
 * Plays the main job of Paceline through REST: two new athletes, a recorded ride, a friend's feed.
 *
 * @throws when any step does not do what it should
 */
export async function play(demo: Demo): Promise<void> {
  const { once, file, environment, browserUrl, startAnalysts, logDirectory, signal, watch } = demo;
  const tell = narrate(process.stdout);
  const mail = await catchMail(({ to, subject }) => {
    // The villagers' mails would drown the two that matter.
    if (!to.endsWith(VILLAGE_DOMAIN)) tell.note(`mail for ${to}: ${subject}`);
  });
  const settings = { ...environment, SMTP_URL: mail.url, AUDIT_PUBLIC_KEYS: auditKeyOf(environment) };
  const processes = startRoles(settings, logDirectory, watch);
  try {
    await tell.step('Migrate both databases', () => migrate(readConfig({ ...settings, LOG_LEVEL: 'error' })));
    announceRunning(settings);
    await tell.step(`Settle ${SETTLERS} generated athletes`, (progress) => seedSettlers(settings, progress));
    const url = await tell.step('Start the API and a worker', () => processes.start(['http', 'worker']));
    const { email, password } = await tell.step('Seed the village', (progress) =>
      seedVillage(new RestClient(url), progress),
    );
    const staff = await tell.step('Grant one of each role', () => seedStaff(new RestClient(url), settings));
    await playMainJob(new RestClient(url), tell, file);
    await showRecommended(await new RestClient(url).logIn({ email, password }), tell);
    const analysts = startAnalysts && (await openAnalystsDoor(tell, startAnalysts, settings));
    tell.addresses([
      ['API', `${url}/v1`],
      ['API reference', `${url}/reference`],
      ['OpenAPI', `${url}/openapi.json`],
      ['Neo4j Browser', `${browserUrl}  (${loginOf(environment.NEO4J_URL)})`],
      ...(analysts ? [["The analysts' copy", `${analysts.browserUrl}  (the same login)`] as const] : []),
      ['TimescaleDB', environment.TIMESCALE_URL ?? ''],
      ['A villager', `${email} / ${password}`],
      ...staff.map(({ role, email, password }) => [`The ${role}`, `${email} / ${password}`] as const),
      ['Logs', logDirectory],
    ]);
    if (once) return;
    tell.note('Everything stays up until you press Ctrl-C.');
    await processes.untilStopped(signal);
  } finally {
    withdrawRunning();
    await processes.stop();
    await mail.close();
  }
}

const Follow = z.object({ state: z.string() });
const Requests = z.object({ items: z.array(z.object({ athleteId: z.string() })) });
const Activity = z.object({
  activityId: z.string(),
  name: z.string(),
  sport: z.string(),
  distanceMeters: z.number().nullable(),
  movingSeconds: z.number(),
  climbMeters: z.number().nullable(),
});
const Feed = z.object({ items: z.array(Activity), nextCursor: z.string().nullable() });
const Streams = z.object({
  channels: z.record(z.string(), z.array(z.unknown())),
  pointCount: z.number(),
  originalCount: z.number(),
});

async function playMainJob(anyone: RestClient, tell: Narrator, file: string | undefined): Promise<void> {
  const ada = await tell.step('Register Ada, who records a ride', () => anyone.register(newAccount('Ada')));
  const ben = await tell.step('Register Ben, who wants to see it', () => anyone.register(newAccount('Ben')));
  await tell.step('Ada closes her profile', () =>
    ada.send('PATCH', '/v1/athletes/me', z.unknown(), { approvesFollowers: true }),
  );
  const { state } = await tell.step('Ben asks to follow Ada', () =>
    ben.send('PUT', `/v1/athletes/${ada.athleteId}/follow`, Follow),
  );
  expect(state === 'requested', `Ben's request is ${state}, not requested`);
  await tell.step('Ada accepts', async () => {
    const { items } = await ada.get('/v1/follow-requests', Requests);
    expect(items[0]?.athleteId === ben.athleteId, 'Ada does not see the request of Ben');
    await ada.send('PUT', `/v1/follow-requests/${ben.athleteId}`, z.unknown());
  });

  const recording = await recordingFrom(file);
  const { uploadId } = await tell.step(
    `Ada uploads ${recording.name} (${(recording.bytes.length / 1024).toFixed(0)} KiB)`,
    () => ada.upload(recording.name, recording.bytes, { visibility: 'followers' }),
  );
  const upload = await tell.step('The worker reads it', () => ada.whenProcessed(uploadId));
  expect(upload.status === 'ready', `the upload is ${upload.status}: ${JSON.stringify(upload)}`);

  const feed = await tell.step('Ben reads his feed', () => untilListed(ben, upload.activityIds));
  const seen = feed.items.find(({ activityId }) => upload.activityIds.includes(activityId));
  expect(seen !== undefined, "Ada's ride is not in Ben's feed");
  tell.figures([
    [seen.name, seen.sport],
    ['distance', `${((seen.distanceMeters ?? 0) / 1000).toFixed(2)} km`],
    ['moving', `${(seen.movingSeconds / 60).toFixed(1)} min`],
    ['climb', `${(seen.climbMeters ?? 0).toFixed(0)} m`],
  ]);
  const streams = await tell.step('Ben reads its streams', () =>
    ben.get(`/v1/activities/${seen.activityId}/streams?points=500`, Streams),
  );
  tell.figures([
    ['points', `${streams.pointCount} of ${streams.originalCount}`],
    ['channels', Object.keys(streams.channels).join(', ')],
  ]);
  await tell.step('A stranger does not see it', async () => {
    const stranger = await anyone.register(newAccount('Stranger'));
    const status = await stranger.get(`/v1/activities/${seen.activityId}`, z.unknown()).then(
      () => 200,
      (refused) => refused.status,
    );
    expect(status === 404, `a stranger got ${status} instead of 404`);
  });
}

// The feed is filled by a job after the upload is ready; a reader looks again, as an app would.
async function untilListed(
  reader: RestClient,
  activityIds: readonly string[],
): Promise<z.output<typeof Feed>> {
  const deadline = Date.now() + FEED_MILLISECONDS;
  for (;;) {
    const feed = await reader.get('/v1/feed', Feed);
    if (feed.items.some(({ activityId }) => activityIds.includes(activityId)) || Date.now() > deadline)
      return feed;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const FEED_MILLISECONDS = 10_000;

async function recordingFrom(
  file: string | undefined,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  if (file !== undefined) return { name: basename(file), bytes: new Uint8Array(await readFile(file)) };
  const ride = simulateRide({
    sport: 'ride',
    seed: Math.floor(Math.random() * 1e9),
    durationSeconds: 3600,
    startedAt: new Date(Date.now() - 2 * 3_600_000),
  });
  return { name: 'morning-ride.fit', bytes: new Uint8Array(rideAsFit(ride)) };
}

function newAccount(displayName: string): { email: string; password: string; displayName: string } {
  const suffix = randomBytes(5).toString('hex');
  return {
    email: `${displayName.toLowerCase()}-${suffix}@demo.example`,
    password: randomBytes(12).toString('base64url'),
    displayName,
  };
}

// With it `npm run audit:verify` checks the trail of the demo.
function auditKeyOf({ AUDIT_SIGNING_KEY = '' }: Readonly<Record<string, string>>): string {
  return new AuditSigner(Buffer.from(AUDIT_SIGNING_KEY, 'base64')).publicKey;
}

function loginOf(url: string | undefined): string {
  const { username, password } = new URL(url ?? 'neo4j://none');
  return `user ${username}, password ${decodeURIComponent(password)}`;
}

function expect(isTrue: boolean, otherwise: string): asserts isTrue {
  if (!isTrue) throw new Error(otherwise);
}
