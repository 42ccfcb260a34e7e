import type { Random } from './random.js';
import { wandering } from './random.js';

/** What one second of effort does to an athlete, before any sensor has a say. */
export interface Effort {
  readonly speedMetersPerSecond: number;
  /** Only on a bicycle. */
  readonly powerWatts: number | undefined;
  /** Turns a minute of one crank or one leg. */
  readonly cadenceRpm: number;
  readonly heartRateBpm: number;
}

/** An athlete in motion: each call is one second on a road of that grade, or one second of braking and standing. */
export type Athlete = (gradeRatio: number, wantsToMove: boolean) => Effort;

const GRAVITY = 9.81;
const MASS_KILOGRAMS = 83;
const ROLLING_RESISTANCE = 0.005;
const AIR_DRAG = 0.5 * 1.2 * 0.34;
const COASTING_FROM_METERS_PER_SECOND = 12.5;
const BRAKING_FROM_METERS_PER_SECOND = 16;
const SLOWEST_METERS_PER_SECOND = 1.5;

/** A cyclist: power moves mass against slope, rolling and air. */
export function cyclist(random: Random): Athlete {
  const thresholdWatts = 200 + 80 * random.even();
  const mood = wandering(random, 0.12, 90);
  const twitch = wandering(random, 0.08, 3);
  const heart = heartOf(random);
  let speed = 0;
  return (gradeRatio, wantsToMove) => {
    const coasts = !wantsToMove || (gradeRatio < -0.015 && speed > COASTING_FROM_METERS_PER_SECOND);
    const will = Math.max(0.2, 0.72 + mood() + twitch() + 3 * Math.max(-0.08, Math.min(gradeRatio, 0.1)));
    const powerWatts = coasts ? 0 : Math.round(thresholdWatts * will);
    const resistance =
      MASS_KILOGRAMS * GRAVITY * (gradeRatio + ROLLING_RESISTANCE) + AIR_DRAG * speed * speed;
    const energy = (speed * speed * MASS_KILOGRAMS) / 2 + 0.97 * powerWatts - resistance * speed;
    speed = Math.sqrt(Math.max(0, (2 * energy) / MASS_KILOGRAMS));
    if (wantsToMove)
      speed = Math.min(Math.max(speed, SLOWEST_METERS_PER_SECOND), BRAKING_FROM_METERS_PER_SECOND);
    else speed = Math.max(0, speed - 2.5);
    const cadenceRpm = coasts ? 0 : Math.round(88 - 180 * Math.max(0, gradeRatio) + 4 * random.normal());
    return {
      speedMetersPerSecond: speed,
      powerWatts,
      cadenceRpm,
      heartRateBpm: heart(powerWatts / thresholdWatts),
    };
  };
}

/** A runner or walker: slower uphill, hardly faster downhill. */
export function pedestrian(random: Random, usualMetersPerSecond: number, usualCadenceRpm: number): Athlete {
  const usual = usualMetersPerSecond * (0.9 + 0.25 * random.even());
  const mood = wandering(random, 0.05, 120);
  const heart = heartOf(random);
  let speed = 0;
  return (gradeRatio, wantsToMove) => {
    const wanted = wantsToMove ? (usual * (1 + mood())) / (1 + 5 * Math.max(-0.02, gradeRatio)) : 0;
    speed += Math.max(-1.5, Math.min(wanted - speed, 0.8));
    const cadenceRpm =
      speed < 0.5 ? 0 : Math.round(usualCadenceRpm * (0.75 + (0.25 * speed) / usual) + random.normal());
    const effort = wantsToMove ? 0.78 + 2.5 * Math.max(-0.04, gradeRatio) + mood() : 0.2;
    return { speedMetersPerSecond: speed, powerWatts: undefined, cadenceRpm, heartRateBpm: heart(effort) };
  };
}

/** A heart follows effort within half a minute and drifts up over the hours. */
function heartOf(random: Random): (effortRatio: number) => number {
  const rest = 50 + 15 * random.even();
  const threshold = 160 + 15 * random.even();
  let beats = rest + 20;
  let seconds = 0;
  return (effortRatio) => {
    seconds++;
    const drift = 1 + 0.03 * Math.min(1, seconds / 7200);
    const wanted = (rest + (threshold - rest) * Math.max(0.25, Math.min(effortRatio, 1.08))) * drift;
    beats += (wanted - beats) / 28;
    return Math.round(beats + 0.5 * random.normal());
  };
}
