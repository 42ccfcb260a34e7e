import { type BestDistance, type BestPower, bestDistances, bestPowers } from './best-efforts.js';
import { smoothAltitude } from './climb.js';
import { gradeAlong, speedAlong } from './derived-channels.js';
import { distanceAlong } from './distance.js';
import { type Figures, figuresWithin, type MeasuredTrack } from './figures.js';
import { movingSeconds } from './moving-time.js';
import { timerSeconds } from './pauses.js';
import type { Channel, Leg, Samples, Span } from './recording.js';

/** Figures of a lap as the device cut it. */
export interface LapFigures extends Span, Figures {}

/** Everything that is measured in a leg. */
export interface ActivityMeasures extends Figures {
  readonly startedAt: Date;
  readonly energyKilocalories?: number;
  readonly laps: readonly LapFigures[];
  readonly bestDistances: readonly BestDistance[];
  readonly bestPowers: readonly BestPower[];
  /** The leg's samples with `distance`, `speed` and `grade` filled in wherever they can be told. */
  readonly samples: Samples;
}

/** Measures a leg: derives the channels that the file lacks, then sums all up, over the whole and over each lap. */
export function measure(leg: Leg): ActivityMeasures {
  const track = measuredTrack(leg);
  const { samples } = track;
  const whole = { startSeconds: 0, endSeconds: samples.elapsedSeconds.at(-1) ?? 0 };
  const { energyKilocalories } = leg.totals;
  return {
    startedAt: leg.startedAt,
    ...figuresWithin(track, whole),
    ...(energyKilocalories && { energyKilocalories }),
    laps: leg.laps.map(({ startSeconds, endSeconds }) => ({
      startSeconds,
      endSeconds,
      ...figuresWithin(track, { startSeconds, endSeconds }),
    })),
    bestDistances: bestDistances(samples, leg.sport),
    bestPowers: bestPowers(samples),
    samples,
  };
}

/** A leg with every channel that can be told, not yet summed up. */
export function measuredTrack(leg: Leg): MeasuredTrack {
  const { samples, sport } = leg;
  const ran = timerSeconds(leg);
  const distance = distanceAlong(samples, ran);
  const speed = speedAlong(samples, distance, sport);
  const altitude = smoothAltitude(samples);
  const grade = altitude && distance && gradeAlong(altitude, distance);
  const channels: Partial<Record<Channel, Float64Array>> = { ...samples.channels };
  if (distance) channels.distance = distance;
  if (speed) channels.speed = speed;
  if (grade) channels.grade = grade;
  return {
    samples: { ...samples, channels },
    timerSeconds: ran,
    movingSeconds: movingSeconds(samples, sport, ran, { distance, speed }),
    altitude,
  };
}
