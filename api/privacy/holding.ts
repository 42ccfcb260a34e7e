/**
 * What a field holds.
 * `id` names a thing · `person` is about who somebody is · `words` were typed by them · `measured` comes from a
 * sensor · `place` says where · `social` ties two people · `secret` opens something · `machine` is about our own work.
 */
type Kind = 'id' | 'person' | 'words' | 'measured' | 'place' | 'social' | 'secret' | 'machine';

/** `encrypted` fields are bytes under the athlete's data key and unreadable once that is destroyed. */
export type Field = Kind | `encrypted ${Kind}`;

/** Everything that one store keeps under one name, and what becomes of it for the athlete whom it is about. */
export interface Holding {
  /** Whether the athlete gets it in the export of their data. */
  readonly isExported: boolean;
  /**
   * How it goes when the athlete goes: `athlete` together with them, at once; `job` by a job that hears of it;
   * `expires` by itself; `stays` since it names nobody.
   */
  readonly erased: 'athlete' | 'job' | 'expires' | 'stays';
  readonly fields: Readonly<Record<string, Field>>;
}
