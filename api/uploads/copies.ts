import type { Earlier } from '../../graph/upload-work.js';
import { MAX_ELAPSED_SECONDS } from '../../timeseries/tracks/recording.js';
import { isSameRecording } from '../../timeseries/tracks/same-recording.js';
import type { PreparedLeg } from './prepare-track.js';

/**
 * For each leg the activity that is the same recording: from the very same file, or from another file or format.
 *
 * @returns ids of earlier activities; undefined where a leg is new
 */
export async function findCopies(
  earlier: Earlier,
  sha256: string,
  legs: readonly PreparedLeg[],
): Promise<(string | undefined)[]> {
  const fromSameFile = await earlier.fromSameFile(sha256);
  if (fromSameFile !== undefined) return legs.map(() => fromSameFile);
  const copies: (string | undefined)[] = [];
  for (const { span, figures, startedAt } of legs) {
    const overlapping = await earlier.during(span, MAX_ELAPSED_SECONDS);
    const same = overlapping.find(({ distanceMeters, ...other }) =>
      isSameRecording({ startedAt, ...figures }, { ...other, distanceMeters: distanceMeters ?? undefined }),
    );
    copies.push(same?.activityId);
  }
  return copies;
}
