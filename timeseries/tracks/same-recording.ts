/** What is known about an activity long after its file was read. */
export interface RecordedSummary {
  readonly startedAt: Date;
  readonly elapsedSeconds: number;
  /** Absent when no distance was measured. */
  readonly distanceMeters?: number | undefined;
}

// Formats cut the ends differently: laps, a last pause, a first fix.
const MIN_SHARED_TIME = 0.9;
// A wheel sensor and the positions of the same ride differ by up to this much.
const MAX_DISTANCE_DIFFERENCE = 0.05;
// Below this the share of a few seconds means nothing.
const TOLERATED_SECONDS = 5;

/**
 * Whether two activities of one athlete are the same recording, maybe in two formats: they share nine tenths of
 * their joint time, and their distances are within 5 % of each other or one is unknown.
 */
export function isSameRecording(one: RecordedSummary, other: RecordedSummary): boolean {
  const [oneStart, otherStart] = [one.startedAt.getTime() / 1000, other.startedAt.getTime() / 1000];
  const [oneEnd, otherEnd] = [oneStart + one.elapsedSeconds, otherStart + other.elapsedSeconds];
  const sharedSeconds = Math.min(oneEnd, otherEnd) - Math.max(oneStart, otherStart);
  const jointSeconds = Math.max(oneEnd, otherEnd) - Math.min(oneStart, otherStart);
  const isSameTime =
    sharedSeconds > 0 &&
    (sharedSeconds >= jointSeconds * MIN_SHARED_TIME || jointSeconds - sharedSeconds <= TOLERATED_SECONDS);
  if (!isSameTime) return false;
  if (one.distanceMeters === undefined || other.distanceMeters === undefined) return true;
  const longer = Math.max(one.distanceMeters, other.distanceMeters);
  return Math.abs(one.distanceMeters - other.distanceMeters) <= longer * MAX_DISTANCE_DIFFERENCE;
}
