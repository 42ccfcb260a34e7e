import { cleanPositions } from './clean-positions.js';
import { cleanValues } from './clean-values.js';
import type { Columns } from './columns.js';
import { type Lap, type Leg, MAX_ELAPSED_SECONDS, type Samples, type Span } from './recording.js';
import { UnreadableTrack } from './unreadable-track.js';

/** A half-open stretch of absolute time, in milliseconds since 1970. */
export interface Stretch {
  readonly fromMilliseconds: number;
  readonly untilMilliseconds: number;
}

/** A lap as the file has it, in absolute time. */
export interface LapMark extends Stretch {
  readonly timerSeconds?: number;
  readonly distanceMeters?: number;
}

/** Everything that a file knows about one leg beside its samples; laps and pauses in any order. */
export interface LegOutline extends Omit<Leg, 'startedAt' | 'samples' | 'laps' | 'timerPauses'> {
  readonly laps: readonly LapMark[];
  readonly pauses: readonly Stretch[];
}

/**
 * Cuts one leg out of the columns of a file and cleans it.
 *
 * @param stretch time of the leg; infinite ends for all of it
 * @returns `undefined` when fewer than two instants lie there
 * @throws {UnreadableTrack} when its times or positions are impossible
 */
export function cutLeg(columns: Columns, stretch: Stretch, outline: LegOutline): Leg | undefined {
  const cut = columns.between(stretch.fromMilliseconds, stretch.untilMilliseconds);
  if (!cut || cut.samples.length < 2) return undefined;
  const elapsedSeconds = cut.samples.elapsedSeconds.at(-1) ?? 0;
  if (elapsedSeconds > MAX_ELAPSED_SECONDS) {
    throw new UnreadableTrack('track-too-long', { elapsedSeconds, limitSeconds: MAX_ELAPSED_SECONDS });
  }
  refuseOffTheGlobe(cut.samples);
  const { laps, pauses, ...rest } = outline;
  return {
    ...rest,
    startedAt: cut.startedAt,
    samples: cleanValues(cleanPositions(cut.samples, outline.sport), outline.sport),
    laps: lapsWithin(laps, cut.startedAt.getTime(), elapsedSeconds),
    timerPauses: spansWithin(pauses, cut.startedAt.getTime(), elapsedSeconds),
  };
}

/** Whether a leg holds more than times: temperature and altitude alone are no activity. */
export function isMeasured({ samples }: Leg): boolean {
  const { latitude, heartRate, cadence, power, distance, speed } = samples.channels;
  const moved = [distance, speed, cadence, power].some((values) => values?.some((value) => value > 0));
  const hasPosition = latitude?.some((value) => !Number.isNaN(value)) ?? false;
  return hasPosition || moved || (heartRate?.some((value) => value > 0) ?? false);
}

function refuseOffTheGlobe({ channels: { latitude, longitude } }: Samples): void {
  const at = Math.max(
    latitude?.findIndex((degrees) => Math.abs(degrees) > 90) ?? -1,
    longitude?.findIndex((degrees) => Math.abs(degrees) > 180) ?? -1,
  );
  if (at >= 0) throw new UnreadableTrack('track-off-the-globe', { pointNumber: at + 1 });
}

function lapsWithin(marks: readonly LapMark[], startedMilliseconds: number, elapsedSeconds: number): Lap[] {
  const laps: Lap[] = [];
  for (const mark of inOrder(marks)) {
    const { timerSeconds, distanceMeters } = mark;
    const span = clipped(mark, startedMilliseconds, laps.at(-1)?.endSeconds ?? 0, elapsedSeconds);
    if (!span) continue;
    laps.push({
      ...span,
      ...(timerSeconds !== undefined && { timerSeconds }),
      ...(distanceMeters !== undefined && { distanceMeters }),
    });
  }
  return laps;
}

function spansWithin(marks: readonly Stretch[], startedMilliseconds: number, elapsedSeconds: number): Span[] {
  const spans: Span[] = [];
  for (const mark of inOrder(marks)) {
    const span = clipped(mark, startedMilliseconds, spans.at(-1)?.endSeconds ?? 0, elapsedSeconds);
    if (span) spans.push(span);
  }
  return spans;
}

function inOrder<T extends Stretch>(stretches: readonly T[]): T[] {
  return [...stretches].sort((a, b) => a.fromMilliseconds - b.fromMilliseconds);
}

function clipped(
  stretch: Stretch,
  startedMilliseconds: number,
  minSeconds: number,
  maxSeconds: number,
): Span | undefined {
  const startSeconds = Math.max((stretch.fromMilliseconds - startedMilliseconds) / 1000, minSeconds);
  const endSeconds = Math.min((stretch.untilMilliseconds - startedMilliseconds) / 1000, maxSeconds);
  return endSeconds > startSeconds ? { startSeconds, endSeconds } : undefined;
}
