import type { UploadFacts } from '../../graph/upload-work.js';
import { isSameRecording } from '../../timeseries/tracks/same-recording.js';
import type { PreparedLeg } from './prepare-track.js';

/**
 * For each leg the activity that is the same recording: from the very same file, or from another file or format.
 *
 * @returns ids of earlier activities; undefined where a leg is new
 */
export function copiesAmong(
  { fromSameFile, overlapping }: UploadFacts,
  legs: readonly PreparedLeg[],
): (string | undefined)[] {
  if (fromSameFile !== null) return legs.map(() => fromSameFile);
  return legs.map(({ startedAt, figures }) => {
    const same = overlapping.find(({ distanceMeters, ...other }) =>
      isSameRecording({ startedAt, ...figures }, { ...other, distanceMeters: distanceMeters ?? undefined }),
    );
    return same?.activityId;
  });
}
