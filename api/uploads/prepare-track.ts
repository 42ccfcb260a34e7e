import { measuredChannels, type SampleSpan, sampleRows } from '../../timeseries/sample-rows.js';
import type { BestDistance, BestPower } from '../../timeseries/tracks/best-efforts.js';
import type { Figures } from '../../timeseries/tracks/figures.js';
import type { Place } from '../../timeseries/tracks/hidden-shapes.js';
import type { LapFigures } from '../../timeseries/tracks/measures.js';
import { type ActivityMeasures, measure } from '../../timeseries/tracks/measures.js';
import { encodePolyline, type Positions } from '../../timeseries/tracks/polyline.js';
import { encodePositionBlocks } from '../../timeseries/tracks/position-blocks.js';
import { readTrack } from '../../timeseries/tracks/read-track.js';
import type { Leg, Rescue, Samples, TrackFormat } from '../../timeseries/tracks/recording.js';
import { simplify } from '../../timeseries/tracks/simplify.js';
import type { Sport } from '../../timeseries/tracks/sports.js';
import { activityIdOf } from '../ids.js';
import { type CutLeg, cutLeg, publicRecordingId, unknownEnds } from './cut-leg.js';
import type { ZonesTask } from './zones-task.js';

/** Everything of a leg that is measured and stored, as its athlete sees it or as others do. */
export interface PreparedVersion {
  /** Under which the series keeps it. */
  readonly activityId: string;
  readonly startedAt: Date;
  readonly figures: Figures & { readonly energyKilocalories?: number };
  readonly laps: readonly LapFigures[];
  readonly bestDistances: readonly BestDistance[];
  readonly bestPowers: readonly BestPower[];
  readonly sampleCount: number;
  readonly channels: readonly string[];
  readonly span: SampleSpan;
  /** Lines for `COPY`, from `sampleRows`. */
  readonly batches: readonly Uint8Array<ArrayBuffer>[];
  readonly positionBlocks: readonly Uint8Array[];
  /** The way in full and with about a hundred points, encoded, a line a piece; absent without positions. */
  readonly polyline?: string;
  readonly outline?: string;
}

/** One leg of a file with everything that is stored of it, except for names and keys. */
export interface PreparedLeg extends PreparedVersion {
  readonly sport: Sport;
  readonly name?: string;
  readonly device?: string;
  /** What zones leave of it; absent when they hide nothing. */
  readonly cut?: PreparedCut;
}

/** What others see of a leg. */
export interface PreparedCut {
  readonly hiddenMeters: Readonly<Record<string, number>>;
  /** Under which the series keeps what is visible, or nothing. */
  readonly publicRecordingId: string;
  /** Absent when all is hidden. */
  readonly visible?: PreparedVersion;
}

/** A file, read and measured. */
export interface PreparedTrack {
  readonly legs: readonly PreparedLeg[];
  readonly rescued?: Rescue;
  /** Starts and ends that have to become hidden first; then nothing is cut, and the file is to be read again. */
  readonly unknownEnds?: readonly Place[];
}

/**
 * Reads a file and makes everything of it that can be made without a store: all of the processor's work.
 *
 * @param task `zones` are those of the athlete; absent when there are none
 * @throws {UnreadableTrack}
 */
export async function prepareTrack(
  file: AsyncIterable<Uint8Array>,
  {
    uploadId,
    format,
    zones,
  }: { readonly uploadId: string; readonly format: TrackFormat; readonly zones?: ZonesTask },
): Promise<PreparedTrack> {
  const { legs, rescued } = await readTrack(file, format);
  const unknown = zones ? unknownEnds(legs, zones) : [];
  return {
    legs: legs.map((leg, index) => prepareLeg(activityIdOf(uploadId, index), leg, zones)),
    ...(rescued && { rescued }),
    ...(unknown.length > 0 && { unknownEnds: unknown }),
  };
}

function prepareLeg(activityId: string, leg: Leg, zones: ZonesTask | undefined): PreparedLeg {
  const measures = measure(leg);
  const cut = zones && cutLeg(leg, measures, zones);
  return {
    ...prepareVersion(activityId, measures),
    sport: leg.sport,
    ...(leg.name !== undefined && { name: leg.name }),
    ...(leg.device !== undefined && { device: leg.device }),
    ...(zones && cut && { cut: prepareCut(publicRecordingId(activityId, zones.zonesVersion), cut) }),
  };
}

function prepareCut(publicRecordingId: string, { hiddenMeters, visible }: CutLeg): PreparedCut {
  return {
    hiddenMeters,
    publicRecordingId,
    ...(visible && { visible: prepareVersion(publicRecordingId, visible) }),
  };
}

function prepareVersion(activityId: string, measures: ActivityMeasures): PreparedVersion {
  const { startedAt, laps, bestDistances, bestPowers, samples, ...figures } = measures;
  const measured = { startedAt, samples };
  const positions = positionsOf(samples);
  return {
    activityId,
    startedAt,
    figures: rounded(figures),
    laps: laps.map(rounded),
    bestDistances: bestDistances.map(rounded),
    bestPowers: bestPowers.map(rounded),
    sampleCount: samples.length,
    channels: measuredChannels(measured),
    ...sampleRows(activityId, measured),
    positionBlocks: positions ? encodePositionBlocks(positions).map(({ bytes }) => bytes) : [],
    ...(positions && polylines(positions, samples)),
  };
}

function positionsOf({ channels: { latitude, longitude } }: Samples): Positions | undefined {
  return latitude && longitude && { latitude, longitude };
}

// Finer than a map shows, and finer than receivers are.
const POLYLINE_TOLERANCE_METERS = 5;
const OUTLINE_POINTS = 120;

function polylines(positions: Positions, samples: Samples): { polyline: string; outline: string } {
  const pieces = piecesOf(positions, samples).map((piece) => {
    const indices = simplify(piece, POLYLINE_TOLERANCE_METERS);
    return { polyline: encodePolyline(piece, indices), outline: outlineOf(picked(piece, indices)) };
  });
  const lines = (name: 'polyline' | 'outline') => pieces.map((piece) => piece[name]).join('\n');
  return { polyline: lines('polyline'), outline: lines('outline') };
}

/** The pieces of a way between its joints; nearly always there is one. */
function piecesOf({ latitude, longitude }: Positions, { joints = [], length }: Samples): Positions[] {
  const starts = [0, ...joints.map((joint) => joint + 1)];
  return starts.map((from, piece) => {
    const until = joints[piece] ?? length;
    return { latitude: latitude.subarray(from, until), longitude: longitude.subarray(from, until) };
  });
}

function outlineOf(positions: Positions): string {
  let outline = positions;
  for (let meters = 2 * POLYLINE_TOLERANCE_METERS; meters < 1e6; meters *= 2) {
    if (outline.latitude.length <= OUTLINE_POINTS) break;
    outline = picked(outline, simplify(outline, meters));
  }
  return encodePolyline(outline);
}

function picked({ latitude, longitude }: Positions, indices: Uint32Array): Positions {
  return {
    latitude: Float64Array.from(indices, (at) => latitude[at] ?? Number.NaN),
    longitude: Float64Array.from(indices, (at) => longitude[at] ?? Number.NaN),
  };
}

// A millimetre, a millisecond: nothing measures finer, and the figures stay short in JSON.
const PARTS_PER_UNIT = 1_000;

/** The same figures with three decimals. */
function rounded<Figured extends object>(figures: Figured): Figured {
  const entries = Object.entries(figures).map(([name, value]) => [
    name,
    typeof value === 'number' ? Math.round(value * PARTS_PER_UNIT) / PARTS_PER_UNIT : value,
  ]);
  return Object.assign({}, figures, Object.fromEntries(entries));
}
