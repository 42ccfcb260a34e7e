import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { outlinePlace } from '../../graph/activities.js';
import { Graph, type Query } from '../../graph/session.js';
import { AthleteKey, MasterKey } from '../../policies/keys.js';
import { encodePolyline } from '../../timeseries/tracks/polyline.js';
import type { RestClient } from '../rest-client.js';
import { type Bench, line, quantile, timed } from './line.js';
import { newAthlete } from './new-athlete.js';
import { Reader } from './reader.js';
import { withRunningApi } from './running-api.js';

const FOLLOWED = 500;
const ACTIVITIES_EACH = 40;
const FOLLOWERS_EACH = 100;
const ROWS_PER_TRANSACTION = 5_000;
const OUTLINE_POINTS = 100;
const DAY_MILLISECONDS = 86_400_000;
const FIRST_DAY = Date.UTC(2020, 0, 1);

// The servers' compilers take this long.
const WARM_UP_TURNS = 60;
const TURNS = 20;
const READS_PER_TURN = 40;
const CLIENTS = 8;

/**
 * A page of twenty items for an athlete who follows five hundred, the whole request, by one client and by eight at
 * once. The limit is reading the same twenty activities by ids that are known, in one query, by as many clients.
 */
export const bench: Bench = async (settings, print) => {
  const graph = new Graph(settings.NEO4J_URL ?? '');
  try {
    await withRunningApi(settings, async (url) => {
      const athlete = await newAthlete(url);
      await seed(graph, new MasterKey(Buffer.from(settings.MASTER_KEY ?? '', 'base64')), athlete);
      const { items } = await athlete.get('/v1/feed?limit=20', Page);
      if (items.length !== 20) throw new Error(`the page holds ${items.length} items, not 20`);
      const activityIds = items.map(({ activityId }) => activityId);

      for (const clients of [1, CLIENTS]) {
        const [limit, feed] = await mediansOf(clients, [
          () => () => graph.query(KNOWN, { activityIds }),
          () => {
            const reader = new Reader(athlete);
            return () => reader.get('/v1/feed?limit=20');
          },
        ]);
        print(line(clients === 1 ? 'feed' : `feed-${clients}`, feed ?? 0, 'ms', limit ?? 0));
      }
    });
  } finally {
    await graph.close();
  }
};

const Page = z.object({ items: z.array(z.object({ activityId: z.string() })) });

const KNOWN = query<{ activityIds: readonly string[] }>(
  'MATCH (activity:Activity) WHERE activity.activityId IN $activityIds RETURN activity',
);

/**
 * The medians of several kinds of reads, with so many clients reading at once. The kinds take turns, so that each
 * meets the machine in the same moods.
 */
async function mediansOf(
  clients: number,
  newClients: readonly (() => () => Promise<unknown>)[],
): Promise<readonly number[]> {
  const kinds = newClients.map((newClient) => ({
    reads: Array.from({ length: clients }, newClient),
    times: [] as number[],
  }));
  for (let turn = -WARM_UP_TURNS; turn < TURNS; turn += 1) {
    for (const { reads, times } of kinds) {
      await Promise.all(
        reads.map(async (read) => {
          for (let at = 0; at < READS_PER_TURN / clients; at += 1) {
            const milliseconds = await timed(read);
            if (turn >= 0) times.push(milliseconds);
          }
        }),
      );
    }
  }
  return kinds.map(({ times }) => quantile(times, 0.5));
}

/** Five hundred athletes whom the reader follows, each with activities and other followers, in bulk. */
async function seed(graph: Graph, masterKey: MasterKey, reader: RestClient): Promise<void> {
  const athletes = Array.from({ length: FOLLOWED }, () => {
    const athleteId = randomUUID();
    const key = AthleteKey.generate();
    return { athleteId, key, wrapped: masterKey.wrap(athleteId, key) };
  });
  const rows = athletes.map(({ athleteId, wrapped }) => ({ athleteId, wrapped }));
  await inBatches(graph, CREATE_ATHLETES, rows);
  const follows = athletes.flatMap(({ athleteId }, at) => [
    { followeeId: athleteId, followerId: reader.athleteId ?? '' },
    ...Array.from({ length: FOLLOWERS_EACH }, (_, fan) => ({
      followeeId: athleteId,
      followerId: athletes[(at + 1 + fan) % FOLLOWED]?.athleteId ?? '',
    })),
  ]);
  await inBatches(graph, CREATE_FOLLOWS, follows);
  const activities = athletes.flatMap(({ athleteId, key }, athlete) =>
    Array.from({ length: ACTIVITIES_EACH }, (_, day) => {
      const activityId = randomUUID();
      const startedAt = new Date(FIRST_DAY + day * DAY_MILLISECONDS + athlete * 60_000);
      const outline = key.encryptText(outlineOf(athlete), outlinePlace(athleteId, activityId));
      return { athleteId, activityId, startedAt, outline };
    }),
  );
  await inBatches(graph, CREATE_ACTIVITIES, activities);
}

function outlineOf(athlete: number): string {
  const around = Array.from({ length: OUTLINE_POINTS }, (_, at) => (at / OUTLINE_POINTS) * 2 * Math.PI);
  return encodePolyline({
    latitude: Float64Array.from(around, (angle) => 47 + athlete / 1_000 + Math.sin(angle) / 10),
    longitude: Float64Array.from(around, (angle) => 9 + Math.cos(angle * 2) / 10),
  });
}

async function inBatches(graph: Graph, text: string, rows: readonly object[]): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_TRANSACTION) {
    const batch = rows.slice(from, from + ROWS_PER_TRANSACTION);
    await graph.write(({ run }) => run(query<{ rows: readonly object[] }>(text), { rows: batch }));
  }
}

function query<Parameters extends object>(text: string): Query<Parameters, object> {
  return { path: 'bench', text };
}

const CREATE_ATHLETES = `
  UNWIND $rows AS row
  CREATE (athlete:Athlete {
    athleteId: row.athleteId, displayName: 'Athlete ' + row.athleteId, timeZone: 'Europe/Zurich',
    approvesFollowers: false, createdAt: datetime(), version: 1
  })
  CREATE (athlete)-[:KEEPS]->(:AthleteKey {athleteId: row.athleteId, wrapped: row.wrapped})
  RETURN count(*) AS made`;

const CREATE_FOLLOWS = `
  UNWIND $rows AS row
  MATCH (follower:Athlete {athleteId: row.followerId})
  MATCH (followee:Athlete {athleteId: row.followeeId})
  CREATE (follower)-[:FOLLOWS {followerId: row.followerId, followeeId: row.followeeId, since: datetime()}]->(followee)
  RETURN count(*) AS made`;

const CREATE_ACTIVITIES = `
  UNWIND $rows AS row
  MATCH (athlete:Athlete {athleteId: row.athleteId})
  CREATE (athlete)-[:PERFORMED]->(:Activity {
    activityId: row.activityId, athleteId: row.athleteId, name: 'Morning ride', sport: 'ride',
    visibility: 'followers', startedAt: row.startedAt, timeZone: 'Europe/Zurich', distanceMeters: 40123.5,
    movingSeconds: 5400.0, elapsedSeconds: 5600.0, climbMeters: 410.2, averageSpeedMetersPerSecond: 7.43,
    averageHeartRateBpm: 141.3, averagePowerWatts: 201.2, outline: row.outline, source: 'upload',
    channels: ['position', 'distance', 'heartRate'], createdAt: datetime(), version: 1
  })
  RETURN count(*) AS made`;
