import { type ChainedDecision, decisionsAfter } from '../../timeseries/audit-trail.js';
import { beginningOf, chainAfter, type Link } from '../../timeseries/decision-chain.js';
import { headOf } from '../../timeseries/decisions.js';
import type { Series } from '../../timeseries/pool.js';
import type { AuditVerifier } from './signatures.js';

/**
 * What is wrong, and where. `edited`: what is stored is not what the chain covers. `missing`, `doubled`, `inserted`:
 * decisions that should be there, once, or not at all. `rewritten`: the chain was made anew, but not by us.
 */
export interface ChainFinding {
  readonly kind: 'edited' | 'missing' | 'doubled' | 'inserted' | 'rewritten' | 'head-forged';
  readonly writer: string;
  /** Numbers of the first and the last decision that it concerns. */
  readonly from: number;
  readonly to: number;
}

/** What else is known of the chain of a writer. */
export interface ChainKnowledge {
  /** Chains that checkpoints have seen, by the number of the decision. */
  readonly anchors: ReadonlyMap<number, string>;
  /** Rows up to here, decided before `cutBefore`, need not be there any more. */
  readonly cut: (Link & { readonly before: Date }) | undefined;
}

/** How a verification goes on. */
export interface ChainReport {
  readonly find: (finding: ChainFinding) => void;
  readonly count: (decisions: number) => void;
}

/** Recomputes the chain of one writer from its rows and holds it against its signed end and all that is known. */
export async function verifyChain(
  { series, verifier }: { readonly series: Series; readonly verifier: AuditVerifier },
  writer: string,
  knowledge: ChainKnowledge,
  report: ChainReport,
): Promise<void> {
  const walk = new Walk(writer, knowledge, report.find);
  let after = BEFORE_ALL;
  for (;;) {
    for (let page = await decisionsAfter(series, writer, after); page.length > 0; ) {
      const rows = wholeNumbers(page);
      for (const row of rows) walk.take(row);
      report.count(rows.length);
      after = BigInt(rows.at(-1)?.sequence ?? 0);
      page = await decisionsAfter(series, writer, after);
    }
    // Read after the rows: what was added meanwhile moved both at once.
    const head = await headOf(series, writer);
    const isOurs = head !== undefined && verifier.verifiesHead(head);
    const hasMore = isOurs && head.sequence > walk.last.sequence;
    if (hasMore && (await decisionsAfter(series, writer, after)).length > 0) continue;
    walk.end(isOurs ? head : undefined);
    return;
  }
}

/** One way along a chain. */
class Walk {
  /** The last decision in order, and its chain as it is stored. */
  last: Link;
  #anchored: number;

  constructor(
    private readonly writer: string,
    private readonly knowledge: ChainKnowledge,
    private readonly find: ChainReport['find'],
  ) {
    this.last = knowledge.cut ?? beginningOf(writer);
    this.#anchored = this.last.sequence;
  }

  take(row: ChainedDecision): void {
    const { sequence } = row;
    const { cut, anchors } = this.knowledge;
    const begin = cut?.sequence ?? 0;
    if (sequence <= begin) {
      const isPast = cut && sequence > 0 && row.decidedAtMicroseconds < cut.before.getTime() * 1_000;
      if (!isPast) this.#found('inserted', sequence, sequence);
      return;
    }
    if (sequence <= this.last.sequence) {
      this.#found('doubled', sequence, sequence);
      return;
    }
    const isAfterGap = sequence > this.last.sequence + 1;
    if (isAfterGap) this.#found('missing', this.last.sequence + 1, sequence - 1);
    const isRight = row.isPlain && chainAfter(this.last.chain, row) === row.chain;
    // What follows a gap covers something that is not there; only the next checkpoint can speak for it.
    if (!isRight && !(isAfterGap && row.isPlain)) this.#found('edited', sequence, sequence);
    const anchor = anchors.get(sequence);
    if (anchor !== undefined) {
      if (anchor !== row.chain) this.#found('rewritten', this.#anchored + 1, sequence);
      this.#anchored = sequence;
    }
    this.last = { sequence, chain: row.chain };
  }

  /** @param head signed by us; undefined when it is missing or forged */
  end(head: Link | undefined): void {
    const { sequence, chain } = this.last;
    const anchored = Math.max(0, this.knowledge.cut?.sequence ?? 0, ...this.knowledge.anchors.keys());
    if (!head || head.sequence < anchored) this.#found('head-forged', sequence, sequence);
    const proved = Math.max(anchored, head?.sequence ?? 0);
    if (proved > sequence) this.#found('missing', sequence + 1, proved);
    if (proved < sequence) this.#found('inserted', proved + 1, sequence);
    if (head?.sequence === sequence && head.chain !== chain) {
      this.#found('rewritten', this.#anchored + 1, sequence);
    }
  }

  #found(kind: ChainFinding['kind'], from: number, to: number): void {
    this.find({ kind, writer: this.writer, from, to });
  }
}

// The smallest number that a column can hold: somebody may have given one below 1.
const BEFORE_ALL = -(2n ** 63n);

/** A page may end in the middle of rows with one number; those come again with the next, unless it is all one. */
function wholeNumbers(page: readonly ChainedDecision[]): readonly ChainedDecision[] {
  const last = page.at(-1)?.sequence;
  const whole = page.filter(({ sequence }) => sequence !== last);
  return whole.length > 0 && page.length > 1 ? whole : page;
}
