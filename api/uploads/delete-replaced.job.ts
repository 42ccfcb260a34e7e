import { z } from 'zod';
import { job } from '../jobs/job.js';
import { deleteUnknownRecordings } from './unknown-recordings.js';

const Replaced = z.object({ recordingId: z.uuid() });

/** Deletes what others saw of an activity until zones cut it in another way. */
export const deleteReplaced = job({
  name: 'recording.deleteReplaced',
  on: ['recording.replaced'],
  run: async (app, { payload, eventId }) => {
    const { recordingId } = Replaced.parse(payload);
    await deleteUnknownRecordings(app, [recordingId], eventId);
  },
});
