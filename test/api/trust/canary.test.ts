import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { simulateRide } from '../../../scripts/simulate/ride.js';
import { rideAsFit } from '../../../scripts/simulate/ride-as-fit.js';
import { localTime } from '../../../timeseries/tracks/local-time.js';
import { type Client, client, startApi, type TestApi, type TestAthlete } from '../../support/app.js';
import { holdRole } from '../../support/graph.js';
import { finished, upload } from '../../support/uploads.js';
import { type Relations, relationsOf } from '../activities/relations.js';
import { found } from '../clubs/founded.js';

// A value that occurs nowhere else in each field that can be withheld, and every GET route as every kind of viewer: no
// byte of an answer holds one that is not for them.

let api: TestApi;
let people: Relations;
let ids: Readonly<Record<string, readonly string[]>>;
/** What is in the answers to the owner, and whom it is for beside them. */
let canaries: readonly Canary[];

interface Canary {
  readonly what: string;
  readonly text: string;
  readonly isFor: readonly string[];
}

const ROLES = ['admin', 'analyst', 'auditor', 'moderator', 'operator'];
const EVERYBODY = ['follower', 'clubMate', 'requested', 'stranger', 'anonymous', 'narrow', ...ROLES];
const NOBODY: readonly string[] = [];

const BODY = {
  birthDate: '1961-07-13',
  bodyMassKilograms: 77.314159,
  functionalThresholdPowerWatts: 271.828182,
  thresholdPaceSecondsPerKilometer: 277.773123,
  heartRateMaxBpm: 193,
  heartRateRestBpm: 43,
  // Nobody else is a quarter of an hour off.
  timeZone: 'Pacific/Chatham',
};

before(async () => {
  api = await startApi();
  await api.work();
  people = await relationsOf(api);
  const { owner } = people;
  await owner.patch('/v1/athletes/me', { ...BODY, timeZoneVisibility: 'onlyMe' }).expect(200);

  const shared = { visibility: 'everyone', name: 'Canaryeveryone', description: 'Canarywords' };
  const hiding = {
    ...shared,
    mapVisibility: 'onlyMe',
    heartRateVisibility: 'onlyMe',
    powerVisibility: 'onlyMe',
    cadenceVisibility: 'onlyMe',
    temperatureVisibility: 'onlyMe',
    hidesStartTime: 'true',
  };
  const startedAt = new Date(Date.UTC(2026, 2, 3, 5, 17, 23));
  const ride = simulateRide({ durationSeconds: 200, seed: 97, startedAt });
  const { body: sent } = await upload(owner, 'canaryfile.fit', rideAsFit(ride), hiding).expect(202);
  const { activityIds } = await finished(owner, sent.uploadId);
  const [open] = activityIds;
  const others = await Promise.all(
    ['followers', 'clubMates', 'onlyMe'].map(async (visibility) => {
      const fields = {
        name: `Canary${visibility}`,
        description: `Canarywordsof${visibility}`,
        sport: 'ride',
        startedAt: '2026-03-04T06:00:00Z',
        elapsedSeconds: 60,
        visibility,
      };
      const { body } = await owner.post('/v1/activities', fields).expect(201);
      return body.activityId;
    }),
  );
  const clubId = await found(owner, {
    name: 'Canaryclub',
    description: 'Canaryclubwords',
    place: 'Canaryplace',
    visibility: 'secret',
  });
  await owner.post(`/v1/clubs/${clubId}/announcements`, { text: 'Canarynews' }).expect(201);
  const invitation = await owner.post(`/v1/clubs/${clubId}/invitations`, {}).expect(201);

  ids = {
    athleteId: [owner.athleteId],
    activityId: [open, ...others],
    uploadId: [sent.uploadId],
    clubId: [clubId],
    token: ['x'.repeat(43)],
    name: readdirSync(new URL('../../../../graph/queries/analysis/', import.meta.url)).map((file) =>
      file.replace('.cypher', ''),
    ),
    page: ['verify-email'],
    asset: ['swagger-ui.css'],
    decisionId: [open],
    zoneId: [open],
    invitationId: [invitation.body.invitationId ?? open],
  };
  canaries = await canariesOf(owner, open, startedAt);
});
after(() => api.stop());

async function canariesOf(owner: TestAthlete, open: string, startedAt: Date): Promise<readonly Canary[]> {
  const { body } = await owner.get(`/v1/activities/${open}`).expect(200);
  const measured = [
    'averageHeartRateBpm',
    'maxHeartRateBpm',
    'averagePowerWatts',
    'maxPowerWatts',
    'averageCadenceRpm',
  ];
  const field = (name: string, value: unknown) => `"${name}":${JSON.stringify(value)}`;
  const only = (what: string, text: string, isFor: readonly string[] = NOBODY) => ({ what, text, isFor });
  return [
    ...Object.entries(BODY).map(([name, value]) =>
      only(name, typeof value === 'string' ? value : field(name, value)),
    ),
    only('e-mail', owner.email),
    ...measured.map((name) => only(name, field(name, body[name]))),
    only('map', String(body.polyline).slice(4, 24)),
    only('start', startedAt.toISOString().slice(11, 19)),
    only('start in milliseconds', String(startedAt.getTime())),
    only('start on their clock', localTime(startedAt, BODY.timeZone).slice(11)),
    only('where their day begins', 'T10:15:00'),
    only('a known start on their clock', 'T19:45:00'),
    only('file name', 'canaryfile'),
    only('name for nobody', 'CanaryonlyMe'),
    only('description for nobody', 'CanarywordsofonlyMe'),
    only('name for followers', 'Canaryfollowers', ['follower']),
    only('description for followers', 'Canarywordsoffollowers', ['follower']),
    only('name for club-mates', 'CanaryclubMates', ['clubMate']),
    only('description for club-mates', 'CanarywordsofclubMates', ['clubMate']),
    only('name for everyone', 'Canaryeveryone', EVERYBODY),
    only('owner', owner.displayName, EVERYBODY),
    only('secret club', 'Canaryclub"'),
    only('words of a secret club', 'Canaryclubwords'),
    only('place of a secret club', 'Canaryplace'),
    only('news of a secret club', 'Canarynews'),
  ];
}

test('the owner finds every canary, so the crawl looks where they are', async () => {
  const text = (await crawl(people.owner, people.owner.athleteId)).join('\n');
  // What no answer says to anybody is no proof that it is withheld; these two nobody is told.
  const untold = ['start in milliseconds', 'where their day begins'];
  const missing = canaries.filter(
    ({ what, text: sought }) => !untold.includes(what) && !text.includes(sought),
  );
  assert.deepEqual(
    missing.map(({ what }) => what),
    [],
  );
});

for (const name of [
  'follower',
  'clubMate',
  'requested',
  'stranger',
  'blocked',
  'blocking',
  'suspended',
  'anonymous',
  'narrow',
  ...ROLES,
]) {
  test(`no answer to ${name} holds what is not for them`, async (context) => {
    const viewer = await viewerNamed(name);
    const ownId = 'athleteId' in viewer ? String(viewer.athleteId) : undefined;
    // Whoever blocks reads whom they block, by name.
    const answers = (await crawl(viewer, ownId)).filter((answer) => !answer.startsWith('GET /v1/blocks'));
    const found = canaries
      .filter(({ isFor }) => !isFor.includes(name))
      .flatMap(({ what, text }) =>
        answers
          .filter((answer) => answer.includes(text))
          .map((answer) => `${what} in ${answer.slice(0, answer.indexOf(' {'))}`),
      );
    context.diagnostic(`${answers.length} answers`);
    assert.deepEqual(found.slice(0, 5), []);
  });
}

async function viewerNamed(name: string): Promise<Client> {
  if (name in people) return people[name as keyof Relations];
  const somebody = await api.newAthlete();
  if (name === 'narrow') {
    const { email, password } = somebody;
    const scopes = ['activity:read', 'profile:read'];
    const { body } = await api.anyone.post('/v1/sessions', { email, password, scopes }).expect(201);
    return client(api.url, body.accessToken);
  }
  await holdRole(api.app.graph, somebody.athleteId, name);
  return somebody;
}

/** Every answer to every GET route with every id and query, as text: status, headers, body, and what cursors decode to. */
async function crawl(viewer: Client, ownId: string | undefined): Promise<string[]> {
  const answers: string[] = [];
  for (const path of paths(ownId)) {
    const {
      status,
      headers,
      text = '',
      body,
    } = await viewer
      .get(path)
      .buffer(true)
      .ok(() => true);
    const bytes = Buffer.isBuffer(body) ? body.toString('latin1') : text;
    const coded = [...JSON.stringify(headers).matchAll(TOKEN), ...bytes.matchAll(TOKEN)];
    const decoded = coded.map(([word]) => Buffer.from(word, 'base64url').toString('latin1')).join(' ');
    answers.push(`GET ${path} ${status} ${JSON.stringify(headers)} ${bytes} ${decoded}`);
  }
  return answers;
}

const TOKEN = /[\w-]{24,}/g;

// The owner's own names are sought, as somebody would who knows a part of what is hidden.
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  query: ['Canary', 'Athlete'],
  limit: ['1'],
  points: ['10', '100'],
  channels: ['heartRate,power,position,altitude'],
  after: ['2026-03-03T05:00:00Z'],
  before: ['2026-03-03T06:00:00Z'],
  sport: ['ride'],
};

function* paths(ownId: string | undefined): Generator<string> {
  const document = JSON.parse(readFileSync(new URL('../../../../api/openapi.json', import.meta.url), 'utf8'));
  const known: Readonly<Record<string, readonly string[]>> =
    ownId === undefined ? ids : { ...ids, athleteId: [...new Set([...(ids.athleteId ?? []), ownId])] };
  for (const [path, methods] of Object.entries<{ get?: { parameters?: readonly Parameter[] } }>(
    document.paths,
  )) {
    if (!methods.get || path.startsWith('/reference')) continue;
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    let filled = [path];
    for (const name of names) {
      const values = known[name];
      assert.ok(values, `no id for {${name}} of ${path}`);
      filled = filled.flatMap((each) => values.map((value) => each.replace(`{${name}}`, value)));
    }
    const parameters = (methods.get.parameters ?? []).filter((parameter) => parameter.in === 'query');
    const needed = parameters.filter(({ required }) => required);
    const base = needed
      .map(({ name }) => `${name}=${encodeURIComponent(QUERIES[name]?.[0] ?? '')}`)
      .join('&');
    for (const each of filled) {
      yield base ? `${each}?${base}` : each;
      for (const { name } of parameters)
        for (const value of QUERIES[name] ?? []) yield `${each}?${queryOf(base, name, value)}`;
    }
  }
}

function queryOf(base: string, name: string, value: string): string {
  const query = new URLSearchParams(base);
  query.set(name, value);
  return query.toString();
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}
