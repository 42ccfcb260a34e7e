import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../../api/wiring.js';
import { ask } from './graph.js';

/**
 * Waits until every job has finished with what happened to some things.
 *
 * @param keys of their events: the id of an activity or an upload, or of the athlete who follows
 */
export async function settled({ graph }: App, ...keys: readonly string[]): Promise<void> {
  for (let polls = 0; polls < MAX_POLLS; polls += 1) {
    const [row] = await ask<{ events: number }>(
      graph,
      'MATCH (event:Event) WHERE event.key IN $keys RETURN count(event) AS events',
      { keys },
    );
    if (row?.events === 0) return;
    await wait(POLL_MILLISECONDS);
  }
  throw new Error(`jobs are not done with ${keys.join(', ')}`);
}

const POLL_MILLISECONDS = 20;
const MAX_POLLS = 1_500;
