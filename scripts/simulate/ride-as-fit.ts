import {
  type ActivityMesg,
  Encoder,
  type EventMesg,
  type FileIdMesg,
  type LapMesg,
  type RecordMesg,
  type SessionMesg,
} from '@garmin/fitsdk';
import type { SimulatedLeg, SimulatedRide, SimulatedSample, SimulatedSpan } from './ride.js';

/** Writes a ride as a FIT activity through the SDK, one session per leg; several legs make a multisport file. */
export function rideAsFit(ride: SimulatedRide): Uint8Array {
  const encoder = new Encoder();
  const startedAt = ride.legs[0]?.startedAt ?? new Date(0);
  const fileId: FileIdMesg = {
    type: 'activity',
    manufacturer: 'development',
    product: 1,
    serialNumber: 1000 + (ride.seed % 1_000_000),
    timeCreated: startedAt,
  };
  encoder.onMesg(MESSAGE.fileId, fileId);
  ride.legs.forEach((leg) => {
    writeLeg(encoder, leg);
  });
  const last = ride.legs.at(-1);
  const activity: ActivityMesg = {
    timestamp: last ? instant(last, last.elapsedSeconds) : startedAt,
    totalTimerTime: ride.legs.reduce((sum, leg) => sum + timerSeconds(leg, whole(leg)), 0),
    numSessions: ride.legs.length,
    type: ride.legs.length > 1 ? 'autoMultiSport' : 'manual',
    event: 'activity',
    eventType: 'stop',
  };
  encoder.onMesg(MESSAGE.activity, activity);
  return encoder.close();
}

// Global numbers of the FIT profile.
const MESSAGE = { fileId: 0, session: 18, lap: 19, record: 20, event: 21, activity: 34 } as const;

const FIT_SPORT = { ride: 'cycling', run: 'running', hike: 'hiking', transition: 'transition' } as const;

function writeLeg(encoder: Encoder, leg: SimulatedLeg): void {
  writeTimer(encoder, leg, 0, 'start');
  let pause = 0;
  for (const sample of leg.samples) {
    const next = leg.pauses[pause];
    if (next && sample.elapsedSeconds >= next.endSeconds) {
      writeTimer(encoder, leg, next.startSeconds, 'stopAll');
      writeTimer(encoder, leg, next.endSeconds, 'start');
      pause++;
    }
    encoder.onMesg(MESSAGE.record, recordOf(leg, sample));
  }
  writeTimer(encoder, leg, leg.elapsedSeconds, 'stopAll');
  for (const span of leg.laps) {
    const lap: LapMesg = { ...sumOf(leg, span), event: 'lap' };
    encoder.onMesg(MESSAGE.lap, lap);
  }
  const session: SessionMesg = {
    ...sumOf(leg, whole(leg)),
    ...(leg.indoor && { subSport: leg.sport === 'ride' ? 'indoorCycling' : 'treadmill' }),
    event: 'session',
    numLaps: leg.laps.length,
  };
  encoder.onMesg(MESSAGE.session, session);
}

function writeTimer(
  encoder: Encoder,
  leg: SimulatedLeg,
  second: number,
  eventType: 'start' | 'stopAll',
): void {
  const event: EventMesg = { timestamp: instant(leg, second), event: 'timer', eventType };
  encoder.onMesg(MESSAGE.event, event);
}

function recordOf(leg: SimulatedLeg, sample: SimulatedSample): RecordMesg {
  const { latitude, longitude, altitudeMeters, powerWatts } = sample;
  return {
    timestamp: instant(leg, sample.elapsedSeconds),
    ...(latitude !== undefined && { positionLat: semicircles(latitude) }),
    ...(longitude !== undefined && { positionLong: semicircles(longitude) }),
    ...(altitudeMeters !== undefined && { enhancedAltitude: altitudeMeters }),
    distance: sample.distanceMeters,
    enhancedSpeed: sample.speedMetersPerSecond,
    heartRate: sample.heartRateBpm,
    cadence: sample.cadenceRpm,
    ...(powerWatts !== undefined && { power: powerWatts }),
    temperature: sample.temperatureCelsius,
  };
}

function sumOf(leg: SimulatedLeg, span: SimulatedSpan) {
  const within = leg.samples.filter(
    ({ elapsedSeconds }) => elapsedSeconds >= span.startSeconds && elapsedSeconds <= span.endSeconds,
  );
  const meters = (within.at(-1)?.distanceMeters ?? 0) - (within[0]?.distanceMeters ?? 0);
  return {
    timestamp: instant(leg, span.endSeconds),
    startTime: instant(leg, span.startSeconds),
    eventType: 'stop' as const,
    sport: FIT_SPORT[leg.sport],
    totalElapsedTime: span.endSeconds - span.startSeconds,
    totalTimerTime: timerSeconds(leg, span),
    totalDistance: meters,
    totalCalories: Math.round(within.reduce((sum, { powerWatts = 180 }) => sum + powerWatts, 0) / 1000),
  };
}

function timerSeconds(leg: SimulatedLeg, span: SimulatedSpan): number {
  const paused = leg.pauses.reduce((sum, { startSeconds, endSeconds }) => {
    return (
      sum + Math.max(0, Math.min(endSeconds, span.endSeconds) - Math.max(startSeconds, span.startSeconds))
    );
  }, 0);
  return span.endSeconds - span.startSeconds - paused;
}

function whole(leg: SimulatedLeg): SimulatedSpan {
  return { startSeconds: 0, endSeconds: leg.elapsedSeconds };
}

function instant(leg: SimulatedLeg, second: number): Date {
  return new Date(leg.startedAt.getTime() + second * 1000);
}

function semicircles(degrees: number): number {
  return Math.round((degrees * 2 ** 31) / 180);
}
