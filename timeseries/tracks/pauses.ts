import type { Leg } from './recording.js';

/**
 * Seconds of each interval between two samples during which the timer ran.
 *
 * @returns entry `at` belongs to the time from sample `at` to the next; the last is 0
 */
export function timerSeconds({ samples, timerPauses }: Pick<Leg, 'samples' | 'timerPauses'>): Float64Array {
  const { elapsedSeconds, length } = samples;
  const seconds = new Float64Array(length);
  let first = 0;
  for (let at = 0; at + 1 < length; at++) {
    const from = elapsedSeconds[at] ?? 0;
    const until = elapsedSeconds[at + 1] ?? 0;
    let paused = 0;
    for (let next = first; next < timerPauses.length; next++) {
      const pause = timerPauses[next];
      if (!pause || pause.startSeconds >= until) break;
      paused += Math.max(0, Math.min(until, pause.endSeconds) - Math.max(from, pause.startSeconds));
      if (pause.endSeconds <= until) first = next + 1;
    }
    seconds[at] = Math.max(0, until - from - paused);
  }
  return seconds;
}
