import { z } from 'zod';
import { ENDS_PER_ZONE, type HiddenPlace, noteEnds, type ZonesInForce } from '../../graph/privacy-zones.js';
import type { Grant } from '../../policies/access.js';
import type { AthleteKey } from '../../policies/keys.js';
import { hiddenSize, shapeSecret } from '../../timeseries/map-cells.js';
import { type Place, ZONE_SIZES, type ZoneSize } from '../../timeseries/tracks/hidden-shapes.js';
import type { App } from '../wiring.js';

/** What a thread needs to cut a track: the zones of its athlete. */
export interface ZonesTask {
  /** Shapes follow from it. */
  readonly secret: Uint8Array;
  readonly zonesVersion: number;
  readonly zones: readonly {
    readonly zoneId: string;
    readonly hidesEnds: boolean;
    /** No more ends are kept: a new one stands for itself. */
    readonly isFull: boolean;
    readonly places: readonly (Place & { readonly size: ZoneSize })[];
  }[];
}

/** Zones in force, for a thread. */
export function zonesTask({ zonesVersion, zones }: ZonesInForce, key: AthleteKey): ZonesTask {
  return {
    secret: shapeSecret(key),
    zonesVersion,
    zones: zones.map(({ zoneId, kind, places }) => ({
      zoneId,
      hidesEnds: kind === 'ends',
      isFull: places.length >= ENDS_PER_ZONE,
      places: places.map(({ size, ...place }) => ({ ...place, size: Size.parse(size) })),
    })),
  };
}

const Size = z.enum(ZONE_SIZES);

/**
 * Hides starts and ends for which none stood yet, each with its own size.
 *
 * @returns nothing; whoever asked reads the zones again, whether these were noted or others were quicker
 */
export async function hideEnds(
  { graph, series, masterKey, now }: App,
  grant: Grant,
  athlete: { readonly athleteId: string; readonly key: AthleteKey },
  { zonesVersion, zones }: ZonesInForce,
  unknown: readonly Place[],
): Promise<void> {
  const zone = zones.find(({ kind }) => kind === 'ends');
  if (!zone) return;
  const secret = shapeSecret(athlete.key);
  const wanted = Size.parse(zone.size);
  const ends: HiddenPlace[] = [];
  for (const place of unknown) {
    ends.push({ ...place, size: await hiddenSize(series, masterKey, { secret, wanted, place }) });
  }
  await noteEnds(graph, grant, { ...athlete, now: now(), zonesVersion, zone, ends });
}
