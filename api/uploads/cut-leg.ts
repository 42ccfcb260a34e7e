import { createHash } from 'node:crypto';
import { stringify } from 'uuid';
import { endsOf, newEnds } from '../../timeseries/tracks/hidden-ends.js';
import { hiddenShape, type Place } from '../../timeseries/tracks/hidden-shapes.js';
import { type HiddenArea, hide } from '../../timeseries/tracks/hide.js';
import type { ActivityMeasures } from '../../timeseries/tracks/measures.js';
import type { Positions } from '../../timeseries/tracks/polyline.js';
import type { Leg } from '../../timeseries/tracks/recording.js';
import { extentOf, isNear } from '../../timeseries/tracks/track-extent.js';
import { hiddenMeters, measureVisible } from '../../timeseries/tracks/visible-measures.js';
import type { ZonesTask } from './zones-task.js';

/** What zones leave of a leg. */
export interface CutLeg {
  /** Metres that each zone hides, by its id. */
  readonly hiddenMeters: Readonly<Record<string, number>>;
  /** Absent when all is hidden. */
  readonly visible?: ActivityMeasures;
}

/** Cuts what zones hide out of a leg; undefined when that is nothing. */
export function cutLeg(leg: Leg, whole: ActivityMeasures, zones: ZonesTask): CutLeg | undefined {
  const positions = positionsOf(leg);
  if (!positions) return undefined;
  const areas = areasNear(positions, zones);
  const hiding = hide(leg.samples, leg.sport, areas);
  if (!hiding) return undefined;
  const visible = measureVisible(leg, hiding);
  const meters = hiddenMeters(whole.samples, hiding, areas.length);
  return {
    hiddenMeters: Object.fromEntries(
      areas.flatMap(({ zoneId }, area) => (meters[area] ? [[zoneId, Math.round(meters[area] ?? 0)]] : [])),
    ),
    ...(visible && { visible }),
  };
}

/** Starts and ends of legs that a zone is to hide, and for which none stands yet. */
export function unknownEnds(legs: readonly Leg[], { zones }: ZonesTask): Place[] {
  const zone = zones.find(({ hidesEnds }) => hidesEnds);
  if (!zone || zone.isFull) return [];
  return newEnds(legs.flatMap(endsOfLeg), zone.places);
}

/** Id under which the series keeps what others see of an activity; another one whenever zones change. */
export function publicRecordingId(activityId: string, zonesVersion: number): string {
  const digest = createHash('sha256').update(`public recording ${activityId} ${zonesVersion}`).digest();
  const bytes = digest.subarray(0, UUID_BYTES);
  bytes[VERSION_BYTE] = 0x80 | ((bytes[VERSION_BYTE] ?? 0) & 0x0f);
  bytes[VARIANT_BYTE] = 0x80 | ((bytes[VARIANT_BYTE] ?? 0) & 0x3f);
  return stringify(bytes);
}

const UUID_BYTES = 16;
const VERSION_BYTE = 6;
const VARIANT_BYTE = 8;

/** Farther than any shape reaches from the place that it hides; which are near is told before they are made. */
const MOST_REACH_METERS = 10_000;

/** Shapes of zones that may hide something of a way; none when it is far from all of them. */
export function areasNear(positions: Positions, { secret, zones }: ZonesTask): HiddenArea[] {
  const extent = extentOf(positions);
  if (!extent) return [];
  return zones.flatMap(({ zoneId, hidesEnds, isFull, places }) => {
    const alone = hidesEnds && isFull ? newEnds(endsOf(positions), places) : [];
    const all = [...places, ...alone.map((place) => ({ ...place, size: 'largest' as const }))];
    const near = all.filter((centre) => isNear(extent, { centre, radiiMeters: [MOST_REACH_METERS] }));
    if (near.length === 0) return [];
    return [{ zoneId, shapes: near.map(({ size, ...place }) => hiddenShape(secret, size, place)) }];
  });
}

function endsOfLeg(leg: Leg): Place[] {
  const positions = positionsOf(leg);
  return positions ? endsOf(positions) : [];
}

function positionsOf({ samples }: Leg): Positions | undefined {
  const { latitude, longitude } = samples.channels;
  return latitude && longitude && { latitude, longitude };
}
