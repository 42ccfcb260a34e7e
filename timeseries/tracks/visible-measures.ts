import { type BestDistance, type BestPower, bestDistances, bestPowers } from './best-efforts.js';
import { figuresWithin, type MeasuredTrack } from './figures.js';
import type { Hiding } from './hide.js';
import { type ActivityMeasures, type LapFigures, measuredTrack } from './measures.js';
import { CHANNELS, type Channel, type Leg, type Samples, type Span } from './recording.js';
import { familyOf, type Sport, type SportFamily } from './sports.js';

// The splits that others see; laps of the watch may have begun where nobody may know.
const SPLIT_METERS: Readonly<Record<SportFamily, number>> = {
  running: 1_000,
  walking: 1_000,
  cycling: 5_000,
  swimming: 500,
  gliding: 1_000,
  stationary: 5_000,
  unknown: 1_000,
};

const MAX_SPLITS = 500;

// Pieces follow one another with one empty sample between, each a second apart, however long something was hidden.
const JOINT_SECONDS = 1;

/**
 * Measures what others see of a leg: from the visible samples alone, as if nothing else had been recorded. Time and
 * distance start at the first of them and stand still where something is hidden; there, a sample without any value
 * parts what must not be joined. The device's own totals and laps are left out, since they count what is hidden.
 *
 * @returns undefined when all is hidden
 */
export function measureVisible(leg: Leg, { pieces }: Pick<Hiding, 'pieces'>): ActivityMeasures | undefined {
  const legs = pieces.map((piece) => legOf(leg, piece));
  const [first] = legs;
  if (!first) return undefined;
  const track = joined(legs.map(measuredTrack));
  const { samples } = track;
  const whole = { startSeconds: 0, endSeconds: samples.elapsedSeconds.at(-1) ?? 0 };
  return {
    startedAt: first.startedAt,
    ...figuresWithin(track, whole),
    laps: splitsOf(track, leg.sport),
    ...bestOfPieces(track, leg.sport),
    samples,
  };
}

/** A piece of a leg, with its own time and distance, as if the watch had been started and stopped at its ends. */
function legOf(leg: Leg, { from, until }: { readonly from: number; readonly until: number }): Leg {
  const { sport, samples, startedAt, device, name, timerPauses } = leg;
  const startSeconds = samples.elapsedSeconds[from] ?? 0;
  const channels: Partial<Record<Channel, Float64Array>> = {};
  for (const channel of CHANNELS) {
    const values = samples.channels[channel]?.slice(from, until);
    if (values?.some((value) => !Number.isNaN(value))) channels[channel] = values;
  }
  if (channels.distance) channels.distance = fromZero(channels.distance);
  const elapsedSeconds = samples.elapsedSeconds.slice(from, until).map((seconds) => seconds - startSeconds);
  return {
    sport,
    startedAt: new Date(startedAt.getTime() + startSeconds * 1_000),
    samples: { length: until - from, elapsedSeconds, channels },
    laps: [],
    timerPauses: clipped(timerPauses, startSeconds, elapsedSeconds.at(-1) ?? 0),
    totals: {},
    ...(device !== undefined && { device }),
    ...(name !== undefined && { name }),
  };
}

function fromZero(distance: Float64Array): Float64Array {
  const first = distance.find((meters) => !Number.isNaN(meters)) ?? 0;
  return distance.map((meters) => meters - first);
}

function clipped(spans: readonly Span[], startSeconds: number, lengthSeconds: number): Span[] {
  return spans.flatMap((span) => {
    const start = Math.max(0, span.startSeconds - startSeconds);
    const end = Math.min(lengthSeconds, span.endSeconds - startSeconds);
    return end > start ? [{ startSeconds: start, endSeconds: end }] : [];
  });
}

/** One track of several, an empty sample between each two. */
function joined(tracks: readonly MeasuredTrack[]): MeasuredTrack {
  const length = tracks.reduce((sum, { samples }) => sum + samples.length, tracks.length - 1);
  const column = () => new Float64Array(length).fill(Number.NaN);
  const channels: Partial<Record<Channel, Float64Array>> = {};
  for (const channel of CHANNELS) {
    if (tracks.some(({ samples }) => samples.channels[channel])) channels[channel] = column();
  }
  const [elapsedSeconds, altitude] = [column(), column()];
  const [timerSeconds, movingSeconds] = [new Float64Array(length), new Float64Array(length)];
  const joints: number[] = [];
  let [at, seconds, meters] = [0, 0, 0];
  for (const track of tracks) {
    const { samples } = track;
    if (at > 0) {
      elapsedSeconds[at] = seconds + JOINT_SECONDS;
      if (channels.distance) channels.distance[at] = meters;
      seconds += 2 * JOINT_SECONDS;
      joints.push(at);
      at++;
    }
    const [startSeconds, startMeters] = [seconds, meters];
    for (const [channel, values] of Object.entries(samples.channels)) {
      channels[channel as Channel]?.set(values, at); // the names of these channels are channels
    }
    const { distance } = samples.channels;
    for (let own = 0; own < samples.length; own++) {
      elapsedSeconds[at + own] = startSeconds + (samples.elapsedSeconds[own] ?? 0);
      if (channels.distance) channels.distance[at + own] = startMeters + (distance?.[own] ?? 0);
    }
    timerSeconds.set(track.timerSeconds, at);
    movingSeconds.set(track.movingSeconds, at);
    if (track.altitude) altitude.set(track.altitude, at);
    at += samples.length;
    seconds = elapsedSeconds[at - 1] ?? seconds;
    meters = channels.distance?.[at - 1] ?? meters;
  }
  return {
    samples: { length, elapsedSeconds, channels, joints },
    timerSeconds,
    movingSeconds,
    altitude: channels.altitude && altitude,
  };
}

function splitsOf(track: MeasuredTrack, sport: Sport): LapFigures[] {
  const { elapsedSeconds, channels } = track.samples;
  const { distance } = channels;
  const total = distance?.at(-1) ?? 0;
  const meters = Math.max(SPLIT_METERS[familyOf(sport)], total / MAX_SPLITS);
  if (!distance || total <= 0) return [];
  const splits: LapFigures[] = [];
  let startSeconds = 0;
  for (let at = 1; at < distance.length; at++) {
    const isLast = at === distance.length - 1;
    if (!isLast && (distance[at] ?? 0) < (splits.length + 1) * meters) continue;
    const span = { startSeconds, endSeconds: elapsedSeconds[at] ?? 0 };
    splits.push({ ...span, ...figuresWithin(track, span) });
    startSeconds = span.endSeconds;
  }
  return splits;
}

/** Best efforts within pieces: one that reached over what is hidden would be none. */
function bestOfPieces({ samples }: MeasuredTrack, sport: Sport) {
  const bounds = [...(samples.joints ?? []), samples.length];
  const byDistance = new Map<number, BestDistance>();
  const byDuration = new Map<number, BestPower>();
  let from = 0;
  for (const until of bounds) {
    const piece = partOf(samples, from, until);
    const startSeconds = samples.elapsedSeconds[from] ?? 0;
    for (const effort of bestDistances(piece, sport)) {
      const best = byDistance.get(effort.distanceMeters);
      if (best && best.elapsedSeconds <= effort.elapsedSeconds) continue;
      byDistance.set(effort.distanceMeters, { ...effort, startSeconds: startSeconds + effort.startSeconds });
    }
    for (const effort of bestPowers(piece)) {
      const best = byDuration.get(effort.durationSeconds);
      if (best && best.powerWatts >= effort.powerWatts) continue;
      byDuration.set(effort.durationSeconds, { ...effort, startSeconds: startSeconds + effort.startSeconds });
    }
    from = until + 1;
  }
  return {
    bestDistances: [...byDistance.values()].sort((a, b) => a.distanceMeters - b.distanceMeters),
    bestPowers: [...byDuration.values()].sort((a, b) => a.durationSeconds - b.durationSeconds),
  };
}

function partOf(samples: Samples, from: number, until: number): Samples {
  const start = samples.elapsedSeconds[from] ?? 0;
  const { distance, power } = samples.channels;
  return {
    length: until - from,
    elapsedSeconds: samples.elapsedSeconds.subarray(from, until).map((seconds) => seconds - start),
    channels: {
      ...(distance && { distance: distance.subarray(from, until) }),
      ...(power && { power: power.subarray(from, until) }),
    },
  };
}

/** Metres of a leg that are hidden, one for each area. */
export function hiddenMeters(samples: Samples, { areaOfInterval }: Hiding, areaCount: number): number[] {
  const meters = new Array<number>(areaCount).fill(0);
  const { distance } = samples.channels;
  for (let at = 0; at + 1 < samples.length; at++) {
    const area = areaOfInterval[at] ?? -1;
    if (area < 0) continue;
    meters[area] = (meters[area] ?? 0) + ((distance?.[at + 1] ?? 0) - (distance?.[at] ?? 0) || 0);
  }
  return meters;
}
