import { z } from 'zod';
import { VISIBILITIES } from '../../graph/sharing.js';
import { UPLOAD_STATUSES } from '../../graph/uploads.js';
import { TRACK_FORMATS } from '../../timeseries/tracks/recording.js';
import { SPORTS } from '../../timeseries/tracks/sports.js';
import { SharingForm } from '../activities/shapes.js';
import { checkedBody } from '../http/checked.js';

const MAX_NAME_LENGTH = 200;
const MAX_DESCRIPTION_LENGTH = 5_000;
const MAX_EXTERNAL_ID_LENGTH = 200;

/** What comes with the file, as parts of the form; each may stand before or after it. */
export const UploadFields = z.strictObject({
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH).optional(),
  description: z.string().trim().min(1).max(MAX_DESCRIPTION_LENGTH).optional(),
  ...SharingForm,
  sport: z.enum(SPORTS).optional().describe('What the file says when it is left out'),
  externalId: z
    .string()
    .trim()
    .min(1)
    .max(MAX_EXTERNAL_ID_LENGTH)
    .optional()
    .describe('Your own id of the recording; sent again, the first upload is answered'),
});

/** The fields of a form in their shape. @throws {BadBody} with every mistake */
export function checkedFields(fields: Readonly<Record<string, string>>): z.output<typeof UploadFields> {
  return checkedBody(UploadFields, fields);
}

/** The form as a client sends it. */
export const UploadForm = UploadFields.extend({
  file: z
    .file()
    .describe('A recording as .fit, .gpx or .tcx, each also as .gz; at most 25 MB, 200 MB unpacked'),
});

export const UploadKey = z.object({ uploadId: z.uuid() });

// Less than the half minute after which clients and proxies give up.
const MAX_WAIT_SECONDS = 25;

export const UploadQuery = z.strictObject({
  waitSeconds: z.coerce
    .number()
    .min(0)
    .max(MAX_WAIT_SECONDS)
    .default(0)
    .describe('How long to wait for a final status before the answer tells of another'),
});

const ProblemView = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    hint: z.string(),
  })
  .catchall(z.union([z.string(), z.number()]));

const RescueView = z.object({
  reason: z.string(),
  readBytes: z.int(),
  expectedBytes: z.int().optional(),
  rescuedSeconds: z.number(),
});

const Visibility = z.enum(VISIBILITIES).nullable();

/** An upload; how its activities are shared is null where the profile decides. */
export const UploadView = z.object({
  uploadId: z.uuid(),
  status: z.enum(UPLOAD_STATUSES).describe('The last three are final'),
  fileName: z.string(),
  format: z.enum(TRACK_FORMATS),
  sizeBytes: z.int(),
  name: z.string().nullable(),
  description: z.string().nullable(),
  visibility: Visibility,
  mapVisibility: Visibility,
  heartRateVisibility: Visibility,
  powerVisibility: Visibility,
  cadenceVisibility: Visibility,
  temperatureVisibility: Visibility,
  hidesStartTime: z.boolean().nullable(),
  hidesFromHomeFeed: z.boolean().nullable(),
  sport: z.enum(SPORTS).nullable(),
  externalId: z.string().nullable(),
  activityIds: z.array(z.uuid()).describe('What it became; several when there were several sports'),
  duplicateOf: z.uuid().nullable().describe('The activity that was there before'),
  problem: ProblemView.nullable().describe('Why it failed, and what to do'),
  rescued: RescueView.nullable().describe('What could be saved of a file that is cut short'),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
