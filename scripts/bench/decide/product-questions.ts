import { z } from 'zod';
import { listen } from '../../../api/http/listen.js';
import { buildServer } from '../../../api/http/server.js';
import type { App } from '../../../api/wiring.js';
import type { ActivitySummary } from '../../../graph/activity-summaries.js';
import { feedItems } from '../../../graph/feed.js';
import { VISIBILITIES } from '../../../graph/sharing.js';
import { Access, type Decision, type Subject } from '../../../policies/access.js';
import { loadEngine } from '../../../policies/engine.js';
import type { Sealed } from '../../../policies/sealed.js';
import { RefusedRequest, RestClient } from '../../rest-client.js';
import { newAthlete } from '../new-athlete.js';

/** What the product puts to the policy while a few athletes use it. */
export interface ProductQuestions {
  /** Everything that was decided one by one, in order. */
  readonly single: readonly Question[];
  readonly reader: Subject;
  /** A page of the reader's feed whose activities are shared alike, and one where no two are. */
  readonly pages: Readonly<Record<'alike' | 'different', readonly Sealed<ActivitySummary>[]>>;
}

/** One question, as the product asks it. */
export type Question = Pick<Decision, 'action' | 'subject' | 'target'>;

const PAGE = 50;

/** Lets athletes use the API, in this process, and listens to what it asks. */
export async function productQuestions(app: App): Promise<ProductQuestions> {
  const single: Question[] = [];
  const listener = {
    record: (decisions: readonly Decision[], isList = false) => {
      if (!isList) single.push(...decisions);
    },
  };
  const listening = { ...app, access: new Access(await loadEngine(), listener, app.now) };
  const http = await listen(listening, buildServer(listening), 0);
  try {
    const { readerId, alike, different } = await play(http.url);
    const reader = single.find(({ subject }) => subject.athleteId === readerId)?.subject;
    if (!reader) throw new Error('nothing was decided for the reader');
    const pageOf = (activityIds: readonly string[]) =>
      feedItems(app.graph, app.masterKey, { viewerId: readerId, activityIds });
    return { single, reader, pages: { alike: await pageOf(alike), different: await pageOf(different) } };
  } finally {
    await http.close();
  }
}

/** Much is read and little is written, by the owner, a follower, a stranger and somebody without an account. */
async function play(url: string) {
  const [ada, ben, cleo] = [await newAthlete(url), await newAthlete(url), await newAthlete(url)];
  await ben.send('PUT', `/v1/athletes/${ada.athleteId}/follow`, z.unknown());
  const { clubId } = await ada.send('POST', '/v1/clubs', z.object({ clubId: z.string() }), CLUB);
  await ben.send('PUT', `/v1/clubs/${clubId}/membership`, z.unknown());
  const [alike, different] = [await inTurn(ada, () => ({})), await inTurn(ada, sharedInOneOf64Ways)];
  for (const client of [ada, ben, cleo, new RestClient(url)]) {
    for (const path of pathsOf(ada, clubId)) await look(client, path);
    // Whoever is refused seldom looks again.
    const found = client === ada || client === ben ? different : different.slice(0, 5);
    for (const activityId of found) await look(client, `/v1/activities/${activityId}`);
  }
  return { readerId: ben.athleteId ?? '', alike, different };
}

const CLUB = { name: 'Early birds', visibility: 'public' };

function pathsOf({ athleteId }: RestClient, clubId: string): readonly string[] {
  const mine = [
    '/v1/feed',
    '/v1/accounts/me',
    '/v1/follow-requests',
    '/v1/blocks',
    '/v1/athletes/me/privacy-zones',
  ];
  const athlete = ['', '/activities', '/followers', '/following', '/clubs'];
  const club = ['', '/members', '/feed', '/announcements'];
  return [
    ...mine,
    ...athlete.map((rest) => `/v1/athletes/${athleteId}${rest}`),
    ...club.map((rest) => `/v1/clubs/${clubId}${rest}`),
  ];
}

async function inTurn(athlete: RestClient, sharing: (index: number) => object): Promise<string[]> {
  const activityIds: string[] = [];
  for (let index = 0; index < PAGE; index += 1) {
    const { activityId } = await athlete.send('POST', '/v1/activities', Created, {
      name: 'Lunch run',
      sport: 'run',
      startedAt: '2026-03-01T11:00:00Z',
      elapsedSeconds: 2_700,
      visibility: 'followers',
      ...sharing(index),
    });
    activityIds.push(activityId);
  }
  return activityIds;
}

const Created = z.object({ activityId: z.string() });

function sharedInOneOf64Ways(index: number): object {
  return {
    mapVisibility: VISIBILITIES[index % 4],
    heartRateVisibility: VISIBILITIES[Math.floor(index / 4) % 4],
    powerVisibility: VISIBILITIES[Math.floor(index / 16) % 4],
  };
}

// To be refused is to be decided about as well.
async function look(client: RestClient, path: string): Promise<void> {
  try {
    await client.get(path, z.unknown());
  } catch (error) {
    if (!(error instanceof RefusedRequest)) throw error;
  }
}
