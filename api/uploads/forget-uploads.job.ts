import { z } from 'zod';
import { deleteUploads, spentUploads, uploadsOfDeletedAthlete } from '../../graph/upload-remains.js';
import { originalKey } from '../../graph/uploads.js';
import { systemSubject } from '../../policies/subject.js';
import { job } from '../jobs/job.js';
import type { App } from '../wiring.js';

/** Payload of both events, as far as it matters here. */
const OfAthlete = z.object({ athleteId: z.uuid() });

/** Deletes an upload and its file once the last of its activities was deleted. */
export const forgetSpent = job({
  name: 'upload.forgetSpent',
  on: ['activity.deleted'],
  run: async (app, { payload, eventId }) => {
    const { athleteId } = OfAthlete.parse(payload);
    const uploadIds = await spentUploads(app.graph, athleteId);
    if (uploadIds.length === 0) return;
    const grant = app.access.require(systemSubject('worker', eventId), 'upload.process', {
      resource: { kind: 'athlete', id: athleteId, ownerId: athleteId },
      facts: { status: 'spent' },
    });
    await deleteFiles(app, athleteId, uploadIds);
    await deleteUploads(app.graph, grant, uploadIds);
  },
});

/** Deletes all uploads of an athlete who was deleted, with their files. */
export const forgetUploads = job({
  name: 'upload.forgetAll',
  on: ['athlete.deleted'],
  run: async (app, { payload, eventId }) => {
    const { athleteId } = OfAthlete.parse(payload);
    const grant = app.access.require(systemSubject('worker', eventId), 'athlete.erase', {
      resource: { kind: 'athlete', id: athleteId, ownerId: athleteId },
      facts: { ownerStanding: 'deleted' },
    });
    for (;;) {
      const uploadIds = await uploadsOfDeletedAthlete(app.graph, athleteId, UPLOADS_PER_TRANSACTION);
      if (uploadIds.length === 0) return;
      await deleteFiles(app, athleteId, uploadIds);
      await deleteUploads(app.graph, grant, uploadIds);
    }
  },
});

const UPLOADS_PER_TRANSACTION = 500;

// Before the graph forgets them: a run that is cut short finds them again.
async function deleteFiles({ objects }: App, athleteId: string, uploadIds: readonly string[]): Promise<void> {
  for (const uploadId of uploadIds) await objects.delete(originalKey(athleteId, uploadId));
}
