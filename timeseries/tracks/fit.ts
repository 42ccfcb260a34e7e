import type { FitMessages, SessionMesg } from '@garmin/fitsdk';
import { COLUMN, Columns, ROW_LENGTH } from './columns.js';
import { type FitExtent, walkFit } from './fit-layout.js';
import { RECORD_MESSAGE, RecordReader } from './fit-records.js';
import { SummaryMessages } from './fit-summaries.js';
import { cutLeg, type LapMark, type Stretch } from './leg.js';
import type { DeviceTotals, Leg } from './recording.js';
import { sportFromFit } from './sport-names.js';
import type { Sport } from './sports.js';
import { UnreadableTrack } from './unreadable-track.js';

/**
 * Reads a FIT activity: one leg per session, transitions between sports left out.
 *
 * @returns also how far the file made sense
 * @throws {UnreadableTrack}
 */
export function readFit(bytes: Uint8Array): { legs: Leg[]; extent: FitExtent } {
  const columns = new Columns();
  const records = new RecordReader(bytes, columns);
  const summaries = new SummaryMessages(bytes);
  const extent = walkFit(bytes, {
    definition: (layout, from, until) => summaries.keepDefinition(layout, from, until),
    message(layout, localNumber, from, timeOffsetSeconds) {
      if (layout.globalNumber === RECORD_MESSAGE) records.read(layout, from + 1, timeOffsetSeconds);
      else summaries.keepMessage(layout, localNumber, from);
    },
  });
  const messages = summaries.read();
  refuseOtherFiles(messages);
  columns.refuseBackwards();
  const sessions = sessionsOf(messages);
  if (columns.length === 0) addEndsOf(sessions, columns);
  return { legs: legsOf(columns, messages, sessions), extent };
}

interface Session extends Stretch {
  readonly sport: Sport;
  readonly isTransition: boolean;
  readonly totals: DeviceTotals;
  readonly heartRateBpm?: number;
}

function refuseOtherFiles(messages: FitMessages): void {
  const types = (messages.fileIdMesgs ?? []).flatMap(({ type }) => (type === undefined ? [] : [type]));
  if (types.length > 0 && !types.includes('activity')) {
    throw new UnreadableTrack('track-not-an-activity', { fileType: types.join(' ') });
  }
}

function sessionsOf(messages: FitMessages): Session[] {
  const sessions = (messages.sessionMesgs ?? []).flatMap((mesg) => {
    const session = sessionFrom(mesg);
    return session ? [session] : [];
  });
  return sessions.sort((a, b) => a.fromMilliseconds - b.fromMilliseconds);
}

function sessionFrom(mesg: SessionMesg): Session | undefined {
  // One device sums the legs up in a session of its own.
  if (mesg.sport === 'multisport') return undefined;
  const elapsedMilliseconds = (mesg.totalElapsedTime ?? 0) * 1000;
  const endedAt = millisecondsOf(mesg.timestamp);
  const from =
    millisecondsOf(mesg.startTime) ?? (endedAt === undefined ? undefined : endedAt - elapsedMilliseconds);
  if (from === undefined) return undefined;
  const { sport, subSport, totalDistance, totalTimerTime, totalCalories, avgHeartRate } = mesg;
  return {
    fromMilliseconds: from,
    untilMilliseconds: from + elapsedMilliseconds,
    sport: sportFromFit(nameOf(sport), nameOf(subSport)),
    isTransition: sport === 'transition' || /Transition$/.test(nameOf(subSport) ?? ''),
    totals: {
      ...(totalDistance !== undefined && { distanceMeters: totalDistance }),
      ...(totalTimerTime !== undefined && { timerSeconds: totalTimerTime }),
      ...(totalCalories !== undefined && { energyKilocalories: totalCalories }),
    },
    ...(avgHeartRate !== undefined && { heartRateBpm: avgHeartRate }),
  };
}

/** A session without a single record, such as weights or a pool swim on an old watch, still has two ends. */
function addEndsOf(sessions: readonly Session[], columns: Columns): void {
  for (const session of sessions) {
    const row = new Float64Array(ROW_LENGTH).fill(Number.NaN);
    row[COLUMN.heartRate] = session.heartRateBpm ?? Number.NaN;
    if (session.totals.distanceMeters) row[COLUMN.distance] = 0;
    columns.add(session.fromMilliseconds, row);
    if (session.totals.distanceMeters) row[COLUMN.distance] = session.totals.distanceMeters;
    columns.add(session.untilMilliseconds, row);
  }
}

function legsOf(columns: Columns, messages: FitMessages, sessions: readonly Session[]): Leg[] {
  const device = deviceOf(messages);
  const marks = { laps: lapsOf(messages), pauses: pausesOf(messages), ...(device && { device }) };
  if (sessions.length === 0) {
    const stretch = { fromMilliseconds: -Infinity, untilMilliseconds: Infinity };
    const leg = cutLeg(columns, stretch, { ...marks, sport: sportWithoutSession(messages), totals: {} });
    return leg ? [leg] : [];
  }
  return sessions.flatMap(({ sport, totals, isTransition }, at) => {
    if (isTransition) return [];
    // A session's own times are not always right: what lies before the next one's start belongs to this one.
    const stretch = {
      fromMilliseconds: at === 0 ? -Infinity : (sessions[at]?.fromMilliseconds ?? Infinity),
      untilMilliseconds: sessions[at + 1]?.fromMilliseconds ?? Infinity,
    };
    const leg = cutLeg(columns, stretch, { ...marks, sport, totals });
    return leg ? [leg] : [];
  });
}

/** A file that is cut short ends before its session; its laps may still tell the sport. */
function sportWithoutSession({ sportMesgs, lapMesgs }: FitMessages): Sport {
  const mesg = sportMesgs?.[0] ?? lapMesgs?.[0];
  return sportFromFit(nameOf(mesg?.sport), nameOf(mesg?.subSport));
}

function lapsOf(messages: FitMessages): LapMark[] {
  return (messages.lapMesgs ?? []).flatMap((mesg) => {
    const from = millisecondsOf(mesg.startTime);
    if (from === undefined || mesg.totalElapsedTime === undefined) return [];
    return [
      {
        fromMilliseconds: from,
        untilMilliseconds: from + mesg.totalElapsedTime * 1000,
        ...(mesg.totalTimerTime !== undefined && { timerSeconds: mesg.totalTimerTime }),
        ...(mesg.totalDistance !== undefined && { distanceMeters: mesg.totalDistance }),
      },
    ];
  });
}

const STOPS = new Set<unknown>(['stop', 'stopAll', 'stopDisable', 'stopDisableAll']);

function pausesOf(messages: FitMessages): Stretch[] {
  const pauses: Stretch[] = [];
  let stoppedMilliseconds: number | undefined;
  for (const { event, eventType, timestamp } of messages.eventMesgs ?? []) {
    const at = millisecondsOf(timestamp);
    if (event !== 'timer' || at === undefined) continue;
    if (STOPS.has(eventType)) stoppedMilliseconds ??= at;
    else if (eventType === 'start' && stoppedMilliseconds !== undefined) {
      pauses.push({ fromMilliseconds: stoppedMilliseconds, untilMilliseconds: at });
      stoppedMilliseconds = undefined;
    }
  }
  return pauses;
}

function deviceOf({ fileIdMesgs }: FitMessages): string | undefined {
  const mesg = fileIdMesgs?.find(({ type }) => type === 'activity') ?? fileIdMesgs?.[0];
  const words = [mesg?.manufacturer, mesg?.productName ?? mesg?.garminProduct ?? mesg?.product];
  return words.filter((word) => word !== undefined).join(' ') || undefined;
}

function nameOf(value: string | number | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function millisecondsOf(value: unknown): number | undefined {
  return value instanceof Date ? value.getTime() : undefined;
}
