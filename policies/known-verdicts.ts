import type { Verdict } from './access.js';

/** As many as there are ways to be shared and to stand to one another among those who ask: a few megabytes. */
const MAX_VERDICTS = 8_192;

/** Facts that are longer hold lists, which hardly ever come again. */
const MAX_CHARACTERS = 2_048;

/**
 * What a policy has answered so far, by everything that its rules saw: the caller, then the thing. Rules see neither
 * ids nor clocks, so the same question has the same answer for as long as the policy is the same.
 */
export class KnownVerdicts {
  readonly #byCaller = new Map<string, Map<string, Verdict>>();
  #count = 0;

  /** The verdicts of one caller, by thing. */
  of(caller: string): ReadonlyMap<string, Verdict> {
    return this.#byCaller.get(caller) ?? NONE;
  }

  remember(caller: string, thing: string, verdict: Verdict): void {
    if (caller.length + thing.length > MAX_CHARACTERS) return;
    if (this.#count >= MAX_VERDICTS) this.#forget();
    const verdicts = this.#byCaller.get(caller) ?? new Map<string, Verdict>();
    this.#byCaller.set(caller, verdicts);
    verdicts.set(thing, verdict);
    this.#count += 1;
  }

  // All at once: asking again costs less than keeping account of who was asked about last.
  #forget(): void {
    this.#byCaller.clear();
    this.#count = 0;
  }
}

const NONE: ReadonlyMap<string, Verdict> = new Map();
