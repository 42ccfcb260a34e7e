import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from './app.js';

/** Sends a file as a browser would. */
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
  for (let polls = 0; polls < MAX_POLLS; polls += 1) {
    const { body } = await athlete.get(`/v1/uploads/${uploadId}`).expect(200);
    if (!['queued', 'processing'].includes(body.status)) return body;
    await wait(POLL_MILLISECONDS);
  }
  throw new Error(`upload ${uploadId} does not end`);
}

const POLL_MILLISECONDS = 20;
const MAX_POLLS = 1_500;
