/** Under which ids the series keeps an activity: the whole of it, and what zones leave of it for others. */
export interface RecordingIds {
  readonly activityId: string;
  /** Null when zones hide nothing. */
  readonly publicRecordingId: string | null;
}
