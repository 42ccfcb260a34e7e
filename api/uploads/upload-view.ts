import { wishesOf } from '../../graph/sharing.js';
import type { Upload } from '../../graph/uploads.js';
import { isProblemSlug } from '../http/problem-types.js';
import { problemBody } from '../http/problems.js';

/** Under which `News` tell that the status of an upload is final. */
export const uploadTopic = (uploadId: string): string => `upload:${uploadId}`;

/** An upload as its athlete sees it: shape `UploadView`. */
export function uploadView(upload: Upload): object {
  const { uploadId, status, fileName, format, sizeBytes, activityIds, createdAt } = upload;
  return {
    uploadId,
    status,
    fileName,
    format,
    sizeBytes,
    name: upload.name,
    description: upload.description,
    ...wishesOf(upload),
    sport: upload.sport,
    externalId: upload.externalId,
    activityIds,
    duplicateOf: upload.duplicateOf,
    problem: upload.problem && problemView(upload.problem, `/v1/uploads/${uploadId}`),
    rescued: upload.rescued,
    createdAt,
    finishedAt: upload.finishedAt,
  };
}

function problemView({ slug, detail, fields }: NonNullable<Upload['problem']>, instance: string): object {
  // A worker of another version may know problems that this process does not.
  return problemBody({ slug: isProblemSlug(slug) ? slug : 'upload-not-processed', detail, fields }, instance);
}
