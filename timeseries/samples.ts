import type { Grant } from '../policies/access.js';
import type { Action } from '../policies/actions.js';
import { type Series, sql } from './pool.js';
import type { SampleChannel } from './sample-rows.js';

/** A column of samples: the seconds since the start, or a channel. */
export type SampleColumn = SampleChannel | 'time';

/** Samples of an activity; each column is the text of a JSON array, null where nothing was measured. */
export interface SampleTexts {
  readonly sampleCount: number;
  /** Only what was asked for and is not withheld. */
  readonly columns: Readonly<Partial<Record<SampleColumn, string>>>;
}

const streams = sql<
  { activityId: string; channels: readonly SampleColumn[] },
  { sampleCount: number } & Record<SampleColumn, string | null>
>('samples/streams.sql');

/**
 * Reads all samples of an activity, in order of time.
 *
 * @param grant for `activity.readStreams` of this activity
 */
export async function readSamples(
  series: Series,
  grant: Grant,
  ids: RecordingIds,
  channels: readonly SampleColumn[],
): Promise<SampleTexts> {
  assertAbout(grant, ids.activityId, 'activity.readStreams');
  const open = grant.without({ channels });
  const [row] = await series.query(streams, { activityId: recordingFor(grant, ids), ...open });
  if (!row) return { sampleCount: 0, columns: {} };
  const { sampleCount, ...columns } = row;
  return {
    sampleCount,
    columns: Object.fromEntries(Object.entries(columns).filter(([, text]) => text !== null)),
  };
}

/** Under which ids an activity is kept: the whole of it, and what zones leave of it for others. */
export interface RecordingIds {
  readonly activityId: string;
  /** Null when zones hide nothing. */
  readonly publicRecordingId: string | null;
}

/** The id of what a grant opens of an activity: who does not get the whole gets what zones leave. */
export function recordingFor(grant: Grant, { activityId, publicRecordingId }: RecordingIds): string {
  return grant.withholds('whole') ? (publicRecordingId ?? activityId) : activityId;
}

/** Asserts that a grant is for one of the actions and for this activity: it opens no other. */
export function assertAbout(grant: Grant, activityId: string, ...actions: readonly Action[]): void {
  grant.assertFor(...actions);
  if (grant.resource.id !== activityId) {
    throw new Error(`a grant for ${grant.resource.id} was used for activity ${activityId}`);
  }
}
