import { z } from 'zod';
import { readConfig } from '../../api/config.js';
import { wire } from '../../api/wiring.js';
import { feedItems } from '../../graph/feed.js';
import type { Subject } from '../../policies/access.js';
import type { RestClient } from '../rest-client.js';
import { neverSeen } from './decide/never-seen.js';
import { type Bench, line, quantile } from './line.js';
import { newAthlete } from './new-athlete.js';
import { withRunningApi } from './running-api.js';

const PAGE = 20;
const ROUNDS = 2_000;
const WARM_UP_ROUNDS = 500;
const GOAL_MILLISECONDS = 0.5;

/**
 * What the policy and the journal add to one page of the feed for one client: the early "no", the decision at the
 * door, and a page of twenty decided, recorded and opened; when everything about it is new to the engine, and when it
 * has seen such callers and such activities before.
 */
export const bench: Bench = async (settings, print) => {
  const activityIds: string[] = [];
  const readerId = await withRunningApi(settings, async (url) => {
    const reader = await newAthlete(url);
    for (let index = 0; index < PAGE; index += 1) activityIds.push(await followedActivity(url, reader));
    return reader.athleteId ?? '';
  });

  const { app, close } = await wire(readConfig(settings));
  try {
    const page = await feedItems(app.graph, app.masterKey, { viewerId: readerId, activityIds });
    if (page.length !== PAGE) throw new Error(`the page holds ${page.length} of ${PAGE} activities`);
    const subject: Subject = {
      kind: 'athlete',
      athleteId: readerId,
      standing: 'active',
      scopes: ['*'],
      roles: [],
      requestId: 'bench',
    };
    for (const [name, readerOf] of [
      ['decide-added', neverSeen],
      ['decide-added-again', (reader: Subject) => reader],
    ] as const) {
      const added: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const reader = readerOf(subject);
        const startedAt = performance.now();
        app.access.admit(reader, 'feed.read');
        app.access.require(reader, 'feed.read', { resource: { kind: 'route', id: 'feed.read' }, facts: {} });
        const opened = app.access.openEach(reader, 'feed.readItem', page);
        added.push(performance.now() - startedAt);
        if (opened.length !== PAGE) throw new Error('the policy refused an activity of the page');
        // Requests do not come without a pause; the journal writes its files in the meantime.
        if (round % 100 === 0) await new Promise(setImmediate);
      }
      print(line(name, quantile(added.slice(WARM_UP_ROUNDS), 0.5), 'ms', GOAL_MILLISECONDS));
    }
  } finally {
    await close();
  }
};

async function followedActivity(url: string, reader: RestClient): Promise<string> {
  const athlete = await newAthlete(url);
  await reader.send('PUT', `/v1/athletes/${athlete.athleteId}/follow`, z.unknown());
  const { activityId } = await athlete.send('POST', '/v1/activities', z.object({ activityId: z.string() }), {
    name: 'Lunch run',
    sport: 'run',
    startedAt: '2026-03-01T11:00:00Z',
    elapsedSeconds: 2_700,
    visibility: 'followers',
  });
  return activityId;
}
