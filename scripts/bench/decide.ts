import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readConfig } from '../../api/config.js';
import { Journal } from '../../api/stores/journal.js';
import { journalKey } from '../../api/stores/journal-frames.js';
import { wire } from '../../api/wiring.js';
import { Access, Denied, type Engine, type Subject } from '../../policies/access.js';
import { engineVersion, loadEngine, newRuntime, WasmEngine } from '../../policies/engine.js';
import { MasterKey } from '../../policies/keys.js';
import { findOpa, OPA_INSTALL } from '../policies/opa.js';
import { bundledWasm } from '../policies/sources.js';
import { compiledWith } from './decide/many-actions.js';
import { neverSeen } from './decide/never-seen.js';
import { type ProductQuestions, productQuestions, type Question } from './decide/product-questions.js';
import { type Bench, line, quantile } from './line.js';

const ONE_MEDIAN_GOAL_MILLISECONDS = 0.05;
const ONE_P99_GOAL_MILLISECONDS = 0.25;
const ADDED_GOAL_MILLISECONDS = 0.02;
const PAGE_GOAL_MILLISECONDS = 1;
const MANY_ACTIONS_GOAL_RATIO = 3;
const DRIFT_GOAL_RATIO = 1.02;

// The compilers of V8 are done by then.
const WARM_UP_DECISIONS = 20_000;
const DECISIONS = 50_000;
const WARM_UP_PAGES = 2_000;
const PAGES = 3_000;
const MEMORY_WARM_UP_DECISIONS = 200_000;
const MEMORY_DECISIONS = 1_000_000;
// Together more than the engine remembers at most.
const MEMORY_SAMPLES = 20;
const DECISIONS_PER_SAMPLE = 500;
const GIVING_BACK_MILLISECONDS = 50;

/**
 * What deciding costs, with the whole policy and the questions that the product asks: one decision in this process,
 * what `Access` adds to the WASM, a page decided, withheld and recorded, a policy of a thousand actions, and whether
 * memory grows. Every question is new to the engine, so that it is evaluated, but for those of lines that end in
 * `again`, which it has answered before.
 */
export const bench: Bench = async (settings, print) => {
  const questions = await asked(settings);
  const engine = await loadEngine();
  measureOne(engine, questions.single, print);
  print(line('decide-access-added', addedByAccess(questions.single), 'ms', ADDED_GOAL_MILLISECONDS));
  await measurePages(engine, questions, print);
  measureManyActions(questions.single, print);
  await measureMemory(engine, questions.single, print);
};

type Print = Parameters<Bench>[1];

/** The stores are let go before anything is measured: nobody would answer them meanwhile. */
async function asked(settings: Readonly<Record<string, string>>): Promise<ProductQuestions> {
  const { app, close } = await wire(readConfig(settings));
  try {
    return await productQuestions(app);
  } finally {
    await close();
  }
}

function measureOne(engine: Engine, questions: readonly Question[], print: Print): void {
  const times = timesOf(questions, (question) => decideAnew(engine, question));
  const seconds = times.reduce((sum, milliseconds) => sum + milliseconds, 0) / 1_000;
  print(line('decide', quantile(times, 0.5), 'ms', ONE_MEDIAN_GOAL_MILLISECONDS));
  print(line('decide-p99', quantile(times, 0.99), 'ms', ONE_P99_GOAL_MILLISECONDS));
  print(line('decide-per-second', times.length / seconds, '1/s', 1_000 / ONE_MEDIAN_GOAL_MILLISECONDS));
  const again = timesOf(questions, ({ action, subject, target }) => engine.decide(action, subject, [target]));
  print(line('decide-again', quantile(again, 0.5), 'ms', ONE_MEDIAN_GOAL_MILLISECONDS));
}

function decideAnew(engine: Engine, { action, subject, target }: Question): void {
  engine.decide(action, neverSeen(subject), [target]);
}

/** The median of what a decision through `Access`, recording left out, takes longer than its WASM call alone. */
function addedByAccess(questions: readonly Question[]): number {
  const runtime = newRuntime(bundledWasm());
  let input = new ArrayBuffer(0);
  const engine = new WasmEngine('bench', () => ({
    evaluate: (bytes, entrypoint) => {
      input = bytes;
      return runtime.evaluate(bytes, entrypoint);
    },
  }));
  const access = new Access(engine, { record: () => {} }, () => new Date());
  const inputs = questions.map((question) => {
    decideAnew(engine, question);
    return input;
  });
  const [through, bare]: [number[], number[]] = [[], []];
  let asked = 0;
  timesOf(questions, ({ action, subject, target }) => {
    const other = inputs[(asked++ + (inputs.length >> 1)) % inputs.length] ?? input;
    const startedAt = performance.now();
    try {
      access.require(neverSeen(subject), action, target);
    } catch (error) {
      if (!(error instanceof Denied)) throw error;
    }
    const decidedAt = performance.now();
    // In turn with it, since the machine may be slower a moment later; of another question, which is as cold.
    runtime.evaluate(other, 'paceline/decisions');
    through.push(decidedAt - startedAt);
    bare.push(performance.now() - decidedAt);
  });
  const medianOf = (times: readonly number[]) => quantile(times.slice(WARM_UP_DECISIONS), 0.5);
  return medianOf(through) - medianOf(bare);
}

async function measurePages(
  engine: Engine,
  { reader, pages }: ProductQuestions,
  print: Print,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'paceline-decide-'));
  const journal = journalIn(directory);
  const access = new Access(engine, journal, () => new Date());
  try {
    for (const [name, page, readerOf] of [
      ['alike', pages.alike, neverSeen],
      ['different', pages.different, neverSeen],
      ['again', pages.different, (subject: Subject) => subject],
    ] as const) {
      const times: number[] = [];
      for (let round = 0; round < PAGES; round += 1) {
        const subject = readerOf(reader);
        // A page that was just read has facts of its own.
        for (const sealed of page) Reflect.set(sealed, 'facts', { ...sealed.facts });
        const startedAt = performance.now();
        const opened = access.openEach(subject, 'feed.readItem', page);
        times.push(performance.now() - startedAt);
        if (opened.length !== page.length) throw new Error('the policy refused an activity of the page');
        // Requests do not come without a pause; the journal writes its files in the meantime.
        if (round % 20 === 0) await new Promise(setImmediate);
      }
      const median = quantile(times.slice(WARM_UP_PAGES), 0.5);
      print(line(`decide-page-${name}`, median, 'ms', PAGE_GOAL_MILLISECONDS));
    }
  } finally {
    journal.close();
    await rm(directory, { recursive: true, force: true });
  }
}

function journalIn(directory: string): Journal {
  const masterKey = new MasterKey(randomBytes(32));
  return new Journal({
    directory,
    maxBytes: 1e9,
    flush: 'background',
    engine: engineVersion(),
    keyOf: (writer) => journalKey(masterKey, writer),
    log: { error: (fields, message) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`) },
  });
}

function measureManyActions(questions: readonly Question[], print: Print): void {
  const opa = findOpa();
  if (!opa) {
    process.stderr.write(
      `Skipped, for want of OPA: a policy of a thousand actions. Get it with:\n  ${OPA_INSTALL}\n`,
    );
    return;
  }
  const reads = questions.filter(({ action }) => action === 'activity.read');
  const [ten = 0, thousand = 0] = [10, 1_000].map((actions) => {
    const wasm = compiledWith(opa, actions);
    const engine = new WasmEngine('bench', () => newRuntime(wasm));
    const times = timesOf(reads, (question) => decideAnew(engine, question));
    return quantile(times, 0.5);
  });
  print(line('decide-10-actions', ten, 'ms', ONE_MEDIAN_GOAL_MILLISECONDS));
  print(line('decide-1000-actions', thousand, 'ms', ten * MANY_ACTIONS_GOAL_RATIO));
}

async function measureMemory(engine: Engine, questions: readonly Question[], print: Print): Promise<void> {
  decideInTurn(engine, questions, MEMORY_WARM_UP_DECISIONS);
  const before = await usualMegabytes(engine, questions);
  decideInTurn(engine, questions, MEMORY_DECISIONS);
  print(line('decide-memory', await usualMegabytes(engine, questions), 'MB', before * DRIFT_GOAL_RATIO));
}

/** What this process holds at the median while the memory of verdicts fills once more and is emptied. */
async function usualMegabytes(engine: Engine, questions: readonly Question[]): Promise<number> {
  const held: number[] = [];
  while (held.length < MEMORY_SAMPLES) {
    decideInTurn(engine, questions, DECISIONS_PER_SAMPLE);
    held.push(await residentMegabytes());
  }
  return quantile(held, 0.5);
}

function decideInTurn(engine: Engine, questions: readonly Question[], decisions: number): void {
  for (let decided = 0; decided < decisions; ) {
    for (const question of questions) {
      decideAnew(engine, question);
      decided += 1;
    }
  }
}

async function residentMegabytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  collectGarbage();
  // V8 gives pages back from a thread of its own, and until then they count.
  await passed(GIVING_BACK_MILLISECONDS);
  return process.memoryUsage.rss() / 1_000_000;
}

/** How long the work takes for each question in turn, in milliseconds, once it is warm. */
function timesOf<Asked>(questions: readonly Asked[], work: (question: Asked) => unknown): number[] {
  const times: number[] = [];
  while (times.length < WARM_UP_DECISIONS + DECISIONS) {
    for (const question of questions) {
      const startedAt = performance.now();
      work(question);
      times.push(performance.now() - startedAt);
    }
  }
  return times.slice(WARM_UP_DECISIONS);
}
