import type { App } from '../../api/wiring.js';
import type { Client } from './app.js';

/** Sends a file as a browser would; the fields come first. */
export function upload(
  athlete: Client,
  fileName: string,
  content: Uint8Array | string,
  fields: Readonly<Record<string, string>> = {},
) {
  const request = athlete.post('/v1/uploads');
  for (const [name, value] of Object.entries(fields)) request.field(name, value);
  return request.attach('file', Buffer.from(content), fileName);
}

/** Waits until an upload is as it stays. */
export async function finished(athlete: Client, uploadId: string) {
  for (let asked = 0; asked < MAX_ASKED; asked += 1) {
    const { body } = await athlete.get(`/v1/uploads/${uploadId}?waitSeconds=10`).expect(200);
    if (!['queued', 'processing'].includes(body.status)) return body;
  }
  throw new Error(`upload ${uploadId} does not end`);
}

/** How many rows TimescaleDB has of an activity. */
export async function rowsOf({ series }: App, activityId: string) {
  if (!/^[0-9a-f-]{36}$/.test(activityId)) throw new Error(`${activityId} is no id`);
  const [counts] = await series.query<object, { samples: number; recordings: number; blocks: number }>(
    {
      path: 'test',
      text: `SELECT
        (SELECT count(*) FROM samples WHERE activity_id = '${activityId}') AS samples,
        (SELECT count(*) FROM recordings WHERE activity_id = '${activityId}') AS recordings,
        (SELECT count(*) FROM position_blocks WHERE activity_id = '${activityId}') AS blocks`,
    },
    {},
  );
  if (!counts) throw new Error('nothing was counted');
  return counts;
}

const MAX_ASKED = 6;
