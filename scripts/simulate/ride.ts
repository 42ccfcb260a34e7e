import { type Athlete, cyclist, pedestrian } from './athlete.js';
import { type Random, randomFrom, wandering } from './random.js';
import { type Loop, loopAt } from './roads.js';

/** Sports that can be simulated; a duathlon is a run, a ride and a run with transitions between them. */
export const SIMULATED_SPORTS = ['ride', 'run', 'hike', 'duathlon'] as const;

/** What to simulate; all but the length has a default. */
export interface SimulationOptions {
  /** From start to end, pauses included; without pauses also the number of samples. */
  readonly durationSeconds: number;
  /** The same seed and options give the same bytes. */
  readonly seed?: number;
  readonly sport?: (typeof SIMULATED_SPORTS)[number];
  readonly startedAt?: Date;
  /** Where the loop starts; athletes of one place and loop seed share its roads. */
  readonly place?: { readonly latitude: number; readonly longitude: number };
  readonly loopSeed?: number;
  /** On a trainer or treadmill: no positions and no hills. */
  readonly indoor?: boolean;
  /** How often the timer is stopped; by default every 40 minutes. */
  readonly pauses?: number;
}

/** What the sensors wrote down in one second; what is missing was not measured. */
export interface SimulatedSample {
  readonly elapsedSeconds: number;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly altitudeMeters?: number;
  readonly distanceMeters: number;
  readonly speedMetersPerSecond: number;
  readonly heartRateBpm: number;
  readonly cadenceRpm: number;
  readonly powerWatts?: number;
  readonly temperatureCelsius: number;
}

/** A stretch of time in seconds since the start of its leg, half-open. */
export interface SimulatedSpan {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** What really happened, before any sensor erred. */
export interface Truth {
  readonly distanceMeters: number;
  readonly climbMeters: number;
  readonly movingSeconds: number;
  readonly averageHeartRateBpm: number;
  readonly averagePowerWatts: number | undefined;
}

/** One sport of a simulated recording. */
export interface SimulatedLeg {
  readonly sport: 'ride' | 'run' | 'hike' | 'transition';
  readonly indoor: boolean;
  readonly startedAt: Date;
  readonly elapsedSeconds: number;
  readonly samples: readonly SimulatedSample[];
  readonly pauses: readonly SimulatedSpan[];
  readonly laps: readonly SimulatedSpan[];
  readonly truth: Truth;
}

/** A simulated recording: one leg, or those of a duathlon with their transitions. */
export interface SimulatedRide {
  readonly seed: number;
  readonly legs: readonly SimulatedLeg[];
}

const DEFAULT_PLACE = { latitude: 47.31, longitude: 9.64 };
const DEFAULT_START = new Date('2026-05-09T07:30:00Z');
const LOOP_METERS = { ride: 24_000, run: 6000, hike: 9000, transition: 1000 } as const;
const LAP_METERS = { ride: 5000, run: 1000, hike: 1000, transition: Infinity } as const;
const PAUSE_EVERY_SECONDS = 2400;
const TRANSITION_SECONDS = 90;

/** Simulates a recording, second by second; the same options give the same ride. */
export function simulateRide(options: SimulationOptions): SimulatedRide {
  const { seed = 1, sport = 'ride', durationSeconds } = options;
  // FIT counts whole seconds.
  const startedAt = new Date(Math.floor((options.startedAt ?? DEFAULT_START).getTime() / 1000) * 1000);
  const random = randomFrom(seed);
  if (sport !== 'duathlon') return { seed, legs: [simulateLeg({ ...options, sport, startedAt }, random)] };
  const parts = [
    { sport: 'run', share: 0.3 },
    { sport: 'transition', share: 0 },
    { sport: 'ride', share: 0.5 },
    { sport: 'transition', share: 0 },
    { sport: 'run', share: 0.2 },
  ] as const;
  const legs: SimulatedLeg[] = [];
  let start = startedAt;
  for (const part of parts) {
    const seconds = Math.round(part.share * (durationSeconds - 2 * TRANSITION_SECONDS)) || TRANSITION_SECONDS;
    const leg = simulateLeg(
      { ...options, sport: part.sport, startedAt: start, durationSeconds: seconds, pauses: 0 },
      random,
    );
    legs.push(leg);
    start = new Date(start.getTime() + seconds * 1000);
  }
  return { seed, legs };
}

interface LegOptions extends Omit<SimulationOptions, 'sport'> {
  readonly sport: SimulatedLeg['sport'];
  readonly startedAt: Date;
}

function simulateLeg(options: LegOptions, random: Random): SimulatedLeg {
  const { sport, startedAt, durationSeconds, place = DEFAULT_PLACE, loopSeed = 1, indoor = false } = options;
  const loop = loopAt(place, LOOP_METERS[sport], loopSeed);
  const athlete = athleteFor(sport, random);
  const sense = sensors(random, indoor);
  const pauses = pausesOf(options, random);
  const samples: SimulatedSample[] = [];
  const laps: SimulatedSpan[] = [];
  const truth = new TruthKeeper();
  let [meters, standsUntil, lapStart] = [0, 0, 0];
  for (let second = 0; second < durationSeconds; second++) {
    const paused = pauses.some(
      ({ startSeconds, endSeconds }) => second > startSeconds && second < endSeconds,
    );
    // A traffic light every eight minutes or so.
    if (second > standsUntil && random.even() < 1 / 480) standsUntil = second + 15 + 30 * random.even();
    const standsSoon = pauses.some((pause) => second >= pause.startSeconds - 6 && second < pause.endSeconds);
    const effort = athlete(indoor ? 0 : gradeAt(loop, meters), second >= standsUntil && !standsSoon);
    meters += effort.speedMetersPerSecond;
    const point = loop.pointAt(meters);
    if (paused) continue;
    truth.note(effort, meters, point.altitudeMeters);
    samples.push(sense(second, meters, point, effort));
    if (meters >= (laps.length + 1) * LAP_METERS[sport]) {
      laps.push({ startSeconds: lapStart, endSeconds: second });
      lapStart = second;
    }
  }
  if (lapStart < durationSeconds - 1) laps.push({ startSeconds: lapStart, endSeconds: durationSeconds - 1 });
  const elapsedSeconds = durationSeconds - 1;
  return { sport, indoor, startedAt, elapsedSeconds, samples, pauses, laps, truth: truth.sum(indoor) };
}

function athleteFor(sport: SimulatedLeg['sport'], random: Random): Athlete {
  if (sport === 'ride') return cyclist(random);
  return sport === 'run' ? pedestrian(random, 3.1, 85) : pedestrian(random, 1.3, 56);
}

function gradeAt(loop: Loop, meters: number): number {
  return (loop.pointAt(meters + 10).altitudeMeters - loop.pointAt(meters).altitudeMeters) / 10;
}

function pausesOf({ durationSeconds, pauses }: LegOptions, random: Random): SimulatedSpan[] {
  const count = pauses ?? Math.floor(durationSeconds / PAUSE_EVERY_SECONDS);
  return Array.from({ length: count }, (_, at) => {
    const startSeconds = Math.round(((at + 0.4 + 0.4 * random.even()) * durationSeconds) / count);
    return { startSeconds, endSeconds: startSeconds + Math.round(40 + 140 * random.even()) };
  }).filter(({ endSeconds }) => endSeconds < durationSeconds - 10);
}

type Sense = (
  second: number,
  meters: number,
  point: ReturnType<Loop['pointAt']>,
  effort: ReturnType<Athlete>,
) => SimulatedSample;

/** A receiver that wanders by metres, a barometer that drifts, a wheel sensor that is 0.2 % off. */
function sensors(random: Random, indoor: boolean): Sense {
  const metersPerDegree = 111_195;
  const north = drifting(random, 2.5);
  const east = drifting(random, 2.5);
  const weather = wandering(random, 1.5, 1200);
  const warmth = wandering(random, 2, 1800);
  const wheel = 1 + 0.002 * (random.even() - 0.5);
  return (elapsedSeconds, meters, point, effort) => {
    const eastPerDegree = metersPerDegree * Math.cos((point.latitude * Math.PI) / 180);
    const outdoors = {
      latitude: point.latitude + north() / metersPerDegree,
      longitude: point.longitude + east() / eastPerDegree,
      altitudeMeters: point.altitudeMeters + weather() + 0.1 * random.normal(),
    };
    return {
      elapsedSeconds,
      ...(!indoor && outdoors),
      distanceMeters: meters * wheel,
      speedMetersPerSecond: effort.speedMetersPerSecond,
      heartRateBpm: effort.heartRateBpm,
      cadenceRpm: effort.cadenceRpm,
      ...(effort.powerWatts !== undefined && { powerWatts: effort.powerWatts }),
      temperatureCelsius: Math.round(17 + warmth()),
    };
  };
}

/** A receiver's error: it wanders, but a filter smooths it, so that neighbours are wrong alike. */
function drifting(random: Random, deviationMeters: number): () => number {
  const wander = wandering(random, deviationMeters * 1.4, 60);
  let meters = 0;
  return () => {
    meters += (wander() - meters) / 40;
    return meters;
  };
}

class TruthKeeper {
  #seconds = 0;
  #movingSeconds = 0;
  #meters = 0;
  #climbMeters = 0;
  #altitudeMeters = Number.NaN;
  #beats = 0;
  #joules: number | undefined;

  note(effort: ReturnType<Athlete>, meters: number, altitudeMeters: number): void {
    this.#seconds++;
    if (effort.speedMetersPerSecond > 0.5) this.#movingSeconds++;
    this.#meters = meters;
    this.#climbMeters += Math.max(0, altitudeMeters - this.#altitudeMeters) || 0;
    this.#altitudeMeters = altitudeMeters;
    this.#beats += effort.heartRateBpm;
    if (effort.powerWatts !== undefined) this.#joules = (this.#joules ?? 0) + effort.powerWatts;
  }

  sum(indoor: boolean): Truth {
    return {
      distanceMeters: this.#meters,
      climbMeters: indoor ? 0 : this.#climbMeters,
      movingSeconds: this.#movingSeconds,
      averageHeartRateBpm: this.#beats / this.#seconds,
      averagePowerWatts: this.#joules === undefined ? undefined : this.#joules / this.#seconds,
    };
  }
}
