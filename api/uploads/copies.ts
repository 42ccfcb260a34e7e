import type { UploadFacts } from '../../graph/upload-work.js';
import { openedWhole } from '../../graph/whole-activities.js';
import type { AthleteKey } from '../../policies/keys.js';
import { isSameRecording } from '../../timeseries/tracks/same-recording.js';
import type { PreparedLeg } from './prepare-track.js';

/** What activities really are of which zones hide a part. */
export function wholeOnes(
  { overlapping, ...facts }: UploadFacts,
  { athleteId, key }: { readonly athleteId: string; readonly key: AthleteKey },
): UploadFacts {
  const wholes = overlapping.map((activity) => {
    if (!activity.whole) return activity;
    const { startedAt, elapsedSeconds, distanceMeters } = openedWhole(
      key,
      { athleteId, activityId: activity.activityId },
      activity.whole,
    );
    return { ...activity, startedAt: new Date(startedAt), elapsedSeconds, distanceMeters };
  });
  return { ...facts, overlapping: wholes };
}

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
    const same = overlapping.find(({ distanceMeters, whole: _, ...other }) =>
      isSameRecording({ startedAt, ...figures }, { ...other, distanceMeters: distanceMeters ?? undefined }),
    );
    return same?.activityId;
  });
}
