import { z } from 'zod';
import type { HiddenPlace } from '../../graph/privacy-zones.js';
import { uploaderKey } from '../../graph/uploads.js';
import { hiddenSize, shapeSecret } from '../../timeseries/map-cells.js';
import { ZONE_SIZES } from '../../timeseries/tracks/hidden-shapes.js';
import { NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';

/**
 * A place about to be hidden, with how much around it.
 *
 * @param size the least; one of `ZONE_SIZES`
 */
export async function hiddenPlace(
  { graph, series, masterKey }: Pick<App, 'graph' | 'series' | 'masterKey'>,
  athleteId: string,
  [latitude, longitude]: readonly [latitude: number, longitude: number],
  size: string,
): Promise<HiddenPlace> {
  const wrappedKey = await uploaderKey(graph, athleteId);
  if (!wrappedKey) throw new NotFound('athlete');
  const wanted = z.enum(ZONE_SIZES).parse(size);
  const place = { latitude, longitude };
  const secret = shapeSecret(masterKey.unwrap(athleteId, wrappedKey));
  return { ...place, size: await hiddenSize(series, masterKey, { secret, wanted, place }) };
}
