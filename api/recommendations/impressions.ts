import type { Logger } from 'pino';
import type { Grant } from '../../policies/access.js';
import type { MasterKey, PseudonymKey } from '../../policies/keys.js';
import type { Series } from '../../timeseries/pool.js';
import { type Impression, recordShown } from '../../timeseries/recommendation-events.js';

/** Makes the pseudonyms under which it is counted what came of recommendations. */
export const impressionKey = (masterKey: MasterKey): PseudonymKey =>
  masterKey.pseudonymKey('recommendations');

/** What one list has shown. */
export interface ShownList {
  readonly version: string;
  readonly athleteId: string;
  readonly itemIds: readonly string[];
  readonly shownAt: Date;
}

const LISTS_PER_BATCH = 100; // about a thousand rows
const LISTS_WAITING = 2_000; // what comes while TimescaleDB is away for ten seconds, and a megabyte

/**
 * Writes down what lists have shown, behind their answers: at once, and while one batch is written the next one
 * gathers. It is for counting and no truth: what waits in a process that dies is lost, and so is what comes while
 * TimescaleDB does not answer; the log says how much.
 */
export class Impressions {
  readonly #series: Series;
  readonly #key: PseudonymKey;
  readonly #log: Logger;
  #waiting: { readonly grant: Grant; readonly list: ShownList }[] = [];
  #writing: Promise<void> | undefined;

  constructor(series: Series, key: PseudonymKey, log: Logger) {
    this.#series = series;
    this.#key = key;
    this.#log = log;
  }

  /** Takes a list that is being answered; never waits and never fails. @param grant for `recommendation.list` */
  add(grant: Grant, list: ShownList): void {
    if (list.itemIds.length === 0) return;
    if (this.#waiting.length >= LISTS_WAITING) {
      this.#log.warn({ lists: 1 }, 'what was recommended is not counted: too much is waiting');
      return;
    }
    this.#waiting.push({ grant, list });
    this.#writing ??= this.#writeAll();
  }

  /** Resolves when everything that was added is written or lost. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, LISTS_PER_BATCH);
      try {
        await recordShown(
          this.#series,
          batch.map(({ grant }) => grant),
          this.#key,
          batch.flatMap(({ list }) => impressionsOf(list)),
        );
      } catch (error) {
        const lists = batch.length + this.#waiting.length;
        this.#waiting = [];
        this.#log.warn({ err: error, lists }, 'what was recommended could not be counted');
      }
    }
    this.#writing = undefined;
  }
}

function impressionsOf({ itemIds, ...shown }: ShownList): Impression[] {
  return itemIds.map((itemId) => ({ ...shown, itemId }));
}
