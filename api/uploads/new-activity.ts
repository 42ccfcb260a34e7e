import { begun, type NewActivity } from '../../graph/activities.js';
import type { Sharing } from '../../graph/sharing.js';
import type { UploadWork } from '../../graph/upload-work.js';
import type { AthleteKey } from '../../policies/keys.js';
import { defaultName, inWords, plainName } from './default-name.js';
import type { PreparedLeg } from './prepare-track.js';
import { storedMeasures } from './stored-measures.js';

/** The file that a leg is from. */
export interface SourceFile {
  readonly uploadId: string;
  readonly work: UploadWork;
  readonly sharing: Sharing;
  /** It has several legs. */
  readonly isMultisport: boolean;
}

/** The activity that a leg becomes, with what its athlete wished, its places encrypted under their key. */
export function newActivity(leg: PreparedLeg, file: SourceFile, key: AthleteKey): NewActivity {
  const { uploadId, work, sharing, isMultisport } = file;
  const { athleteId, description, timeZone } = work;
  const { activityId } = leg;
  const { begunAt, ...measures } = storedMeasures(leg, athleteId, key);
  // What the athlete says holds for the file as a whole; a leg of several has its own sport.
  const sport = isMultisport ? leg.sport : (work.sport ?? leg.sport);
  return {
    activityId,
    athleteId,
    uploadId,
    name: nameOf({ ...leg, startedAt: begunAt }, file, sport),
    plainName: work.name === null ? plainName(sport) : null,
    description,
    sport,
    ...sharing,
    ...begun(begunAt, sharing.hidesStartTime),
    timeZone,
    device: leg.device ?? null,
    ...measures,
  };
}

function nameOf(
  { name: inFile, startedAt }: Pick<PreparedLeg, 'name' | 'startedAt'>,
  { work, sharing, isMultisport }: SourceFile,
  sport: string,
) {
  // Names that watches and sites write into files are full of dates and times of day.
  if (sharing.hidesStartTime && work.name === null) return plainName(sport);
  const given = work.name ?? inFile;
  if (given === undefined) return defaultName(sport, startedAt, work.timeZone);
  return isMultisport ? `${given}: ${inWords(sport)}` : given;
}
