import { begun, type NewActivity, outlinePlace, polylinePlace } from '../../graph/activities.js';
import { sharingOf } from '../../graph/sharing.js';
import type { UploadWork } from '../../graph/upload-work.js';
import type { AthleteKey, Place } from '../../policies/keys.js';
import { startOfLocalDay } from '../../timeseries/tracks/local-time.js';
import { defaultName, inWords, plainName } from './default-name.js';
import type { PreparedLeg } from './prepare-track.js';

/** The file that a leg is from. */
export interface SourceFile {
  readonly uploadId: string;
  readonly work: UploadWork;
  /** It has several legs. */
  readonly isMultisport: boolean;
}

/** The activity that a leg becomes, with what its athlete wished, its places encrypted under their key. */
export function newActivity(leg: PreparedLeg, file: SourceFile, key: AthleteKey): NewActivity {
  const { uploadId, work, isMultisport } = file;
  const { athleteId, description, timeZone, hidesStartTime } = work;
  const { activityId, startedAt, figures, sampleCount, channels } = leg;
  // What the athlete says holds for the file as a whole; a leg of several has its own sport.
  const sport = isMultisport ? leg.sport : (work.sport ?? leg.sport);
  const encrypted = (text: string | undefined, place: Place) =>
    text === undefined ? null : key.encryptText(text, place);
  return {
    activityId,
    athleteId,
    uploadId,
    name: nameOf(leg, file, sport),
    plainName: work.name === null ? plainName(sport) : null,
    description,
    sport,
    ...sharingOf(work),
    ...begun({ startedAt, timeZone }, hidesStartTime, startOfLocalDay),
    timeZone,
    device: leg.device ?? null,
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
    polyline: encrypted(leg.polyline, polylinePlace(athleteId, activityId)),
    outline: encrypted(leg.outline, outlinePlace(athleteId, activityId)),
    sampleCount,
    channels,
  };
}

function nameOf({ name: inFile, startedAt }: PreparedLeg, { work, isMultisport }: SourceFile, sport: string) {
  // Names that watches and sites write into files are full of dates and times of day.
  if (work.hidesStartTime && work.name === null) return plainName(sport);
  const given = work.name ?? inFile;
  if (given === undefined) return defaultName(sport, startedAt, work.timeZone);
  return isMultisport ? `${given}: ${inWords(sport)}` : given;
}
