import { knownIds } from '../../graph/upload-remains.js';
import { systemSubject } from '../../policies/subject.js';
import { deleteActivityData } from '../../timeseries/activity-data.js';
import type { App } from '../wiring.js';

/**
 * Deletes what the series keeps under ids that the graph does not know.
 *
 * @param requestId under which the deletions are recorded
 * @returns the ids that were unknown
 */
export async function deleteUnknownRecordings(
  { access, graph, series }: App,
  recordingIds: readonly string[],
  requestId: string,
): Promise<readonly string[]> {
  const known = await knownIds(graph, { uploadIds: [], activityIds: recordingIds });
  const unknown = recordingIds.filter((id) => !known.has(id));
  for (const id of unknown) {
    const grant = access.require(systemSubject('worker', requestId), 'upload.process', {
      resource: { kind: 'activity', id },
      facts: { status: 'unknown' },
    });
    await deleteActivityData(series, grant, id);
  }
  return unknown;
}
