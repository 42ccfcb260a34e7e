import { measuredChannels, type SampleSpan, sampleRows } from '../../timeseries/sample-rows.js';
import type { BestDistance, BestPower } from '../../timeseries/tracks/best-efforts.js';
import type { Figures } from '../../timeseries/tracks/figures.js';
import type { LapFigures } from '../../timeseries/tracks/measures.js';
import { measure } from '../../timeseries/tracks/measures.js';
import { encodePolyline, type Positions } from '../../timeseries/tracks/polyline.js';
import { encodePositionBlocks } from '../../timeseries/tracks/position-blocks.js';
import { readTrack } from '../../timeseries/tracks/read-track.js';
import type { Leg, Rescue, Samples, TrackFormat } from '../../timeseries/tracks/recording.js';
import { simplify } from '../../timeseries/tracks/simplify.js';
import type { Sport } from '../../timeseries/tracks/sports.js';
import { activityIdOf } from './activity-ids.js';

/** One leg of a file with everything that is stored of it, except for names and keys. */
export interface PreparedLeg {
  readonly activityId: string;
  readonly sport: Sport;
  readonly startedAt: Date;
  readonly name?: string;
  readonly device?: string;
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
  /** The way in full and with about a hundred points, encoded; absent without positions. */
  readonly polyline?: string;
  readonly outline?: string;
}

/** A file, read and measured. */
export interface PreparedTrack {
  readonly legs: readonly PreparedLeg[];
  readonly rescued?: Rescue;
}

/**
 * Reads a file and makes everything of it that can be made without a store: all of the processor's work.
 *
 * @throws {UnreadableTrack}
 */
export async function prepareTrack(
  file: AsyncIterable<Uint8Array>,
  { uploadId, format }: { readonly uploadId: string; readonly format: TrackFormat },
): Promise<PreparedTrack> {
  const { legs, rescued } = await readTrack(file, format);
  return {
    legs: legs.map((leg, index) => prepareLeg(activityIdOf(uploadId, index), leg)),
    ...(rescued && { rescued }),
  };
}

function prepareLeg(activityId: string, leg: Leg): PreparedLeg {
  const { startedAt: _, laps, bestDistances, bestPowers, samples, ...figures } = measure(leg);
  const measured = { startedAt: leg.startedAt, samples };
  const positions = positionsOf(samples);
  return {
    activityId,
    sport: leg.sport,
    startedAt: leg.startedAt,
    ...(leg.name !== undefined && { name: leg.name }),
    ...(leg.device !== undefined && { device: leg.device }),
    figures: rounded(figures),
    laps: laps.map(rounded),
    bestDistances: bestDistances.map(rounded),
    bestPowers: bestPowers.map(rounded),
    sampleCount: samples.length,
    channels: measuredChannels(measured),
    ...sampleRows(activityId, measured),
    positionBlocks: positions ? encodePositionBlocks(positions).map(({ bytes }) => bytes) : [],
    ...(positions && polylines(positions)),
  };
}

function positionsOf({ channels: { latitude, longitude } }: Samples): Positions | undefined {
  return latitude && longitude && { latitude, longitude };
}

// Finer than a map shows, and finer than receivers are.
const POLYLINE_TOLERANCE_METERS = 5;
const OUTLINE_POINTS = 120;

function polylines(positions: Positions): { polyline: string; outline: string } {
  const indices = simplify(positions, POLYLINE_TOLERANCE_METERS);
  return { polyline: encodePolyline(positions, indices), outline: outlineOf(picked(positions, indices)) };
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
