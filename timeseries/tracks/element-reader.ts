import type { Leg } from './recording.js';

/** What is told about one XML document while it streams by; names have no prefix and are in lower case. */
export interface ElementReader {
  readonly format: 'gpx' | 'tcx';
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  /** @param text what stood directly before the closing tag */
  close(name: string, text: string): void;
  /** @throws {UnreadableTrack} */
  legs(): Leg[];
}
