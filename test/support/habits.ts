import { randomUUID } from 'node:crypto';
import type { App } from '../../api/wiring.js';
import { outlinePlace } from '../../graph/activities.js';
import { encodePolyline } from '../../timeseries/tracks/polyline.js';
import { ask } from './graph.js';

/** What somebody does again and again. */
export interface Doing {
  readonly spot: { readonly latitude: number; readonly longitude: number };
  /** 1 is Monday. */
  readonly weekday?: number;
  readonly sport?: string;
  readonly speedMetersPerSecond?: number;
  readonly visibility?: string;
  readonly mapVisibility?: string;
  readonly weeksAgo?: readonly number[];
}

export const SATURDAY = 6;
const DAY_MILLISECONDS = 86_400_000;

/** Nine in the morning, UTC, of a weekday so many weeks ago. */
export function morning(weekday: number, weeksAgo: number): Date {
  const today = new Date();
  const daysBack = ((today.getUTCDay() - weekday + 7) % 7) + 7 * weeksAgo;
  const day = new Date(today.getTime() - daysBack * DAY_MILLISECONDS);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 9));
}

/** Plants rides as uploads would leave them, of which no job hears; by default of two Saturdays. */
export async function plantRides(
  { graph, masterKey }: App,
  athleteId: string,
  { spot, weeksAgo = [1, 2], ...doing }: Doing,
): Promise<void> {
  const [row] = await ask<{ wrapped: Uint8Array }>(
    graph,
    'MATCH (key:AthleteKey {athleteId: $athleteId}) RETURN key.wrapped AS wrapped',
    { athleteId },
  );
  if (!row) throw new Error(`${athleteId} has no key`);
  const key = masterKey.unwrap(athleteId, row.wrapped);
  const way = encodePolyline({
    latitude: Float64Array.of(spot.latitude, spot.latitude + 0.002),
    longitude: Float64Array.of(spot.longitude, spot.longitude + 0.002),
  });
  const rows = weeksAgo.map((weeks) => {
    const activityId = randomUUID();
    const outline = key.encryptText(way, outlinePlace(athleteId, activityId));
    return { activityId, outline, startedAt: morning(doing.weekday ?? SATURDAY, weeks) };
  });
  const properties = {
    sport: doing.sport ?? 'ride',
    visibility: doing.visibility ?? 'everyone',
    mapVisibility: doing.mapVisibility ?? 'everyone',
    averageSpeedMetersPerSecond: doing.speedMetersPerSecond ?? 8,
  };
  await ask(
    graph,
    `MATCH (athlete:Athlete {athleteId: $athleteId})
     UNWIND $rows AS row
     CREATE (athlete)-[:PERFORMED]->(activity:Activity {
       activityId: row.activityId, athleteId: $athleteId, name: 'Planted', startedAt: row.startedAt, timeZone: 'UTC',
       elapsedSeconds: 3600.0, outline: row.outline, source: 'manual', channels: [], createdAt: datetime(), version: 1,
       zonesVersion: coalesce(athlete.zonesVersion, 0)
     })
     SET activity += $properties`,
    { athleteId, rows, properties },
  );
}
