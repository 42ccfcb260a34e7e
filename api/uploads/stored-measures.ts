import {
  type Figures,
  type HiddenPart,
  type NewActivity,
  NO_FIGURES,
  NOTHING_HIDDEN,
  outlinePlace,
  polylinePlace,
  startOfDay,
  wholeOutlinePlace,
  wholePolylinePlace,
} from '../../graph/activities.js';
import { encryptedWhole } from '../../graph/whole-activities.js';
import type { AthleteKey, Place } from '../../policies/keys.js';
import type { PreparedCut, PreparedLeg, PreparedVersion } from './prepare-track.js';

/** What the graph keeps of what was measured: as everybody may see it, and encrypted beside it what zones hide. */
export type StoredMeasures = Figures &
  Pick<NewActivity, 'polyline' | 'outline' | 'sampleCount' | 'channels' | 'hidden'> & {
    /** When it started, as others may see it. */
    readonly begunAt: Date;
  };

/** What becomes of a leg in the graph. */
export function storedMeasures(leg: PreparedLeg, athleteId: string, key: AthleteKey): StoredMeasures {
  const { activityId, cut, startedAt, channels, sampleCount } = leg;
  const seen = cut ? cut.visible : leg;
  return {
    // Where all is hidden nothing may be told of the time but the day.
    begunAt: seen?.startedAt ?? startOfDay(startedAt),
    ...(seen ? figuresOf(seen) : NO_TIME),
    polyline: encrypted(key, seen?.polyline, polylinePlace(athleteId, activityId)),
    outline: encrypted(key, seen?.outline, outlinePlace(athleteId, activityId)),
    sampleCount,
    channels,
    hidden: cut ? hiddenPart(leg, cut, athleteId, key) : NOTHING_HIDDEN,
  };
}

function hiddenPart(leg: PreparedLeg, cut: PreparedCut, athleteId: string, key: AthleteKey): HiddenPart {
  const { activityId, startedAt, sampleCount, polyline, outline } = leg;
  const { hiddenMeters, publicRecordingId, visible } = cut;
  const content = { ...figuresOf(leg), startedAt: startedAt.toISOString(), sampleCount, hiddenMeters };
  return {
    whole: encryptedWhole(key, { athleteId, activityId }, content),
    wholePolyline: encrypted(key, polyline, wholePolylinePlace(athleteId, activityId)),
    wholeOutline: encrypted(key, outline, wholeOutlinePlace(athleteId, activityId)),
    publicRecordingId,
    publicChannels: visible?.channels ?? [],
  };
}

function encrypted(key: AthleteKey, text: string | undefined, place: Place): Uint8Array | null {
  return text === undefined ? null : key.encryptText(text, place);
}

function figuresOf({ figures }: PreparedVersion): Figures {
  return {
    distanceMeters: figures.distanceMeters ?? null,
    movingSeconds: figures.movingSeconds,
    elapsedSeconds: figures.elapsedSeconds,
    climbMeters: figures.climbMeters ?? null,
    descentMeters: figures.descentMeters ?? null,
    minAltitudeMeters: figures.lowestAltitudeMeters ?? null,
    maxAltitudeMeters: figures.highestAltitudeMeters ?? null,
    averageSpeedMetersPerSecond: figures.averageSpeedMetersPerSecond ?? null,
    maxSpeedMetersPerSecond: figures.maxSpeedMetersPerSecond ?? null,
    averageHeartRateBpm: figures.averageHeartRateBpm ?? null,
    maxHeartRateBpm: figures.maxHeartRateBpm ?? null,
    averageCadenceRpm: figures.averageCadenceRpm ?? null,
    maxCadenceRpm: figures.maxCadenceRpm ?? null,
    averagePowerWatts: figures.averagePowerWatts ?? null,
    maxPowerWatts: figures.maxPowerWatts ?? null,
    averageTemperatureCelsius: figures.averageTemperatureCelsius ?? null,
    energyKilocalories: figures.energyKilocalories ?? null,
  };
}

const NO_TIME: Figures = { ...NO_FIGURES, elapsedSeconds: 0 };
