/**
 * Every reason why an uploaded file is no recording that can be used.
 *
 * The key is the last part of the problem type on the wire and never changes; `hint` tells the athlete what to do.
 */
export const TRACK_PROBLEMS = {
  'track-empty': {
    title: 'The file is empty',
    hint: 'Export the activity again from the watch; nothing arrived but a name.',
  },
  'track-format-unknown': {
    title: 'The file is neither FIT, GPX nor TCX',
    hint: 'Export the activity as FIT, GPX or TCX; an archive has to be unpacked first, only .gz is read.',
  },
  'track-too-large': {
    title: 'The file is too large',
    hint: 'Split the recording or export it as FIT, which is ten times smaller than GPX or TCX.',
  },
  'track-gzip-bomb': {
    title: 'The gzip file unpacks to more than a recording can be',
    hint: 'Upload the file without .gz; a recording shrinks ten to forty times at most.',
  },
  'track-gzip-broken': {
    title: 'The gzip file cannot be unpacked',
    hint: 'Compress the file again, or upload it without .gz.',
  },
  'track-cut-short': {
    title: 'The file is cut short',
    hint: 'Export the activity again from the watch; too little of it arrived to be saved.',
  },
  'track-checksum-wrong': {
    title: 'The checksum of the file is wrong',
    hint: 'Copy the file again from the watch; it was damaged on the way.',
  },
  'track-damaged': {
    title: 'The file stops making sense',
    hint: 'Copy the file again from the watch; it was damaged on the way.',
  },
  'track-not-an-activity': {
    title: 'The FIT file holds no activity',
    hint: 'Pick a file from the Activity folder of the watch; this one holds settings, a course or monitoring.',
  },
  'track-not-xml': {
    title: 'The file is not well-formed XML',
    hint: 'Export the activity again; a GPX or TCX file has to be XML from its first to its last character.',
  },
  'track-declares-entities': {
    title: 'The file has a document type declaration',
    hint: 'Export the activity again without <!DOCTYPE …>; no watch writes one, and entities are not expanded.',
  },
  'track-without-times': {
    title: 'The points of the track have no times',
    hint: 'Export the recorded activity, not the planned route: each point needs the time at which it was passed.',
  },
  'track-without-measurements': {
    title: 'Nothing was measured',
    hint: 'Export an activity that has positions, distance, heart rate or power; this file has none of them.',
  },
  'track-time-backwards': {
    title: 'Time runs backwards',
    hint: 'Export the activity again with its points in the order in which they were recorded.',
  },
  'track-too-long': {
    title: 'The recording takes longer than a month',
    hint: 'Correct the times in the file or split it; the clock of the watch was probably wrong.',
  },
  'track-in-the-future': {
    title: 'The recording starts in the future',
    hint: 'Set the clock of the watch and correct the times in the file.',
  },
  'track-off-the-globe': {
    title: 'A position is not on the globe',
    hint: 'Export the activity again; latitudes end at 90 degrees and longitudes at 180.',
  },
  'track-too-many-points': {
    title: 'The recording has too many points',
    hint: 'Split the recording, or record one point a second.',
  },
} as const;

/** Last part of the problem type on the wire. */
export type TrackProblem = keyof typeof TRACK_PROBLEMS;

/** An uploaded file that cannot become an activity; says why and what its owner can do. */
export class UnreadableTrack extends Error {
  override name = 'UnreadableTrack';
  readonly title: string;
  readonly hint: string;

  /**
   * @param problem which of the reasons
   * @param fields figures beside the reason, safe to show to the owner: `{ offsetBytes: 4096 }`
   */
  constructor(
    readonly problem: TrackProblem,
    readonly fields: Readonly<Record<string, string | number>> = {},
  ) {
    const figures = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
    super([TRACK_PROBLEMS[problem].title, ...figures].join(', '));
    this.title = TRACK_PROBLEMS[problem].title;
    this.hint = TRACK_PROBLEMS[problem].hint;
  }
}
