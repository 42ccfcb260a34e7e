import { UnreadableTrack } from './unreadable-track.js';

// Planned routes may keep the times of a few points that they were drawn from.
const MIN_TIMED_SHARE = 0.5;

/** A number written in XML; NaN for anything else, the empty text too. */
export function numberFrom(text: string | undefined): number {
  return Number.parseFloat(text ?? '');
}

/** An `xsd:dateTime` in milliseconds since 1970, NaN for anything else; one without a zone is UTC, as GPX demands. */
export function millisecondsFrom(text: string | undefined): number {
  const written = (text ?? '').trim();
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(written);
  return Date.parse(hasZone ? written : `${written}Z`);
}

/**
 * Refuses a track of which too few points have a time to call it recorded.
 *
 * @throws {UnreadableTrack}
 */
export function refuseWithoutTimes(points: number, timedPoints: number): void {
  if (timedPoints < points * MIN_TIMED_SHARE) {
    throw new UnreadableTrack('track-without-times', { points, timedPoints });
  }
}
