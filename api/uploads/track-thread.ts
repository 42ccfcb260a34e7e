import { type MessagePort, parentPort } from 'node:worker_threads';
import type { TrackFormat } from '../../timeseries/tracks/recording.js';
import { UnreadableTrack } from '../../timeseries/tracks/unreadable-track.js';
import { type PreparedTrack, prepareTrack } from './prepare-track.js';
import type { ZonesTask } from './zones-task.js';

/** A file to be read; its chunks come through the port, null after the last. */
export interface TrackTask {
  readonly port: MessagePort;
  readonly uploadId: string;
  readonly format: TrackFormat;
  /** Of the athlete; absent when there are none. */
  readonly zones?: ZonesTask;
}

/** What comes back through the port. */
export type TrackReply =
  | { readonly track: PreparedTrack }
  | { readonly unreadable: Pick<UnreadableTrack, 'problem' | 'fields'> }
  /** A mistake of ours; nothing about it may reach the wire. */
  | { readonly stack: string };

// The program of a thread: one file after another, until the process ends.
parentPort?.on('message', async ({ port, ...task }: TrackTask) => {
  const reply = await prepareTrack(chunksFrom(port), task).then(
    (track): TrackReply => ({ track }),
    (error): TrackReply =>
      error instanceof UnreadableTrack
        ? { unreadable: { problem: error.problem, fields: error.fields } }
        : { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  );
  port.postMessage(reply, 'track' in reply ? buffersOf(reply.track) : []);
});

// Moved instead of copied; each was made for this track alone.
function buffersOf({ legs }: PreparedTrack): ArrayBuffer[] {
  return legs.flatMap(({ batches, cut }) =>
    [...batches, ...(cut?.visible?.batches ?? [])].map(({ buffer }) => buffer),
  );
}

async function* chunksFrom(port: MessagePort): AsyncIterable<Uint8Array> {
  const arrived: (Uint8Array | null)[] = [];
  let wake = () => {};
  port.on('message', (chunk: Uint8Array | null) => {
    arrived.push(chunk);
    wake();
  });
  for (;;) {
    const chunk = arrived.shift();
    if (chunk === null) return;
    if (chunk) yield chunk;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
}
