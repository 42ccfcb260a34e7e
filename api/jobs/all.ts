import { eraseDeleted, sweepTombstones } from '../accounts/erase-athletes.job.js';
import { mailLinks } from '../accounts/mail-links.job.js';
import { eraseAll, eraseData } from '../activities/erase-activities.job.js';
import { checkpointTrail, cutTrail } from '../audit/checkpoint.job.js';
import { drainJournal } from '../audit/drain.job.js';
import { eraseClub, forgetClubMember, sweepClubs } from '../clubs/erase-clubs.job.js';
import { fanOut, followAnew, forgetFeed, move, muteAnew, takeOut } from '../feed/feeds.job.js';
import { mapCells } from '../privacy-zones/map-cells.job.js';
import { buildModels } from '../recommendations/build-models.job.js';
import { keepHabits } from '../recommendations/habits.job.js';
import { forgetShown, noteDismissal, noteFollow, noteJoin } from '../recommendations/record-outcomes.job.js';
import { suggestDaily } from '../recommendations/suggest.job.js';
import { deleteReplaced } from '../uploads/delete-replaced.job.js';
import { forgetSpent, forgetUploads } from '../uploads/forget-uploads.job.js';
import { processUpload } from '../uploads/process-upload.job.js';
import { recutActivities } from '../uploads/recut-activities.job.js';
import { sweepLeftovers } from '../uploads/sweep-leftovers.job.js';
import type { Job } from './job.js';
import { maintainSeries } from './maintain-series.job.js';

/** Every job that a worker runs. */
export const allJobs: readonly Job[] = [
  drainJournal,
  checkpointTrail,
  cutTrail,
  mailLinks,
  eraseDeleted,
  sweepTombstones,
  processUpload,
  recutActivities,
  deleteReplaced,
  forgetSpent,
  forgetUploads,
  sweepLeftovers,
  mapCells,
  eraseData,
  eraseAll,
  fanOut,
  takeOut,
  move,
  followAnew,
  muteAnew,
  forgetFeed,
  forgetClubMember,
  eraseClub,
  sweepClubs,
  noteFollow,
  noteJoin,
  noteDismissal,
  forgetShown,
  keepHabits,
  suggestDaily,
  buildModels,
  maintainSeries,
];
