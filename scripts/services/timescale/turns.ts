import { type Answer, type Engine, EngineBroken } from './engine.js';
import type { Session, Unit } from './session.js';
import { BASE_SETTINGS, readSettings, type Settings, sameSettings, settingsSql } from './settings.js';
import { closeStatement, copyInResponse, queryFrame } from './wire.js';

/** Asks a client for the rows of its COPY, when what it sent before has been answered. */
export interface Invitation {
  readonly session: Session;
  readonly copy: 'text' | 'binary';
  queuedAt: number;
}

/** Work of the gateway itself between those of clients. */
interface Chore {
  readonly session: undefined;
  readonly run: () => void;
  queuedAt: number;
}

type Task = Unit | Invitation | Chore;

/** What the turns tell the gateway. */
export interface Callbacks {
  /** The client has one unit less in the queue. */
  answered(session: Session): void;
  /** The client kept everyone waiting, or waited, for too long: its connection ends. */
  expired(session: Session, why: 'idle in a transaction' | 'waiting for its turn'): void;
  broken(error: EngineBroken): void;
}

/** Limits of time, in milliseconds. */
export interface TurnLimits {
  /** One forgotten BEGIN or open cursor stops everyone else. */
  readonly idleTransactionMilliseconds: number;
  readonly queueMilliseconds: number;
}

/**
 * Lets clients use the engine's one session in turn: first come first served, and whoever has a transaction or
 * a half-read cursor keeps the turn until it ends.
 */
export class Turns {
  #queue: Task[] = [];
  #holder: Session | undefined;
  #lastSession: Session | undefined;
  #settingsInEngine: Settings | undefined;
  #unnamedOwner: Session | undefined;
  #isScheduled = false;
  #isOver = false;
  readonly #idleTimer: NodeJS.Timeout;
  readonly #queueTimer: NodeJS.Timeout;

  constructor(
    private readonly engine: Engine,
    limits: TurnLimits,
    private readonly callbacks: Callbacks,
  ) {
    this.#idleTimer = setTimeout(() => this.#expireHolder(), limits.idleTransactionMilliseconds);
    const everyMilliseconds = Math.min(1_000, limits.queueMilliseconds);
    this.#queueTimer = setInterval(() => this.#expireWaiting(limits.queueMilliseconds), everyMilliseconds);
  }

  submit(task: Unit | Invitation): void {
    this.#enqueue(task);
  }

  /** Runs work of the gateway when no client holds the turn. */
  submitChore(run: () => void): void {
    this.#enqueue({ session: undefined, run, queuedAt: 0 });
  }

  /** The holder shows that it is alive. */
  refresh(session: Session): void {
    if (session === this.#holder) this.#idleTimer.refresh();
  }

  /** Forgets a client that is gone, with all that it left in the engine. */
  withdraw(session: Session): void {
    if (this.#isOver) return;
    this.#queue = this.#queue.filter((task) => task.session !== session);
    this.#attempt(() => {
      // Only the holder may have a transaction open; a ROLLBACK now would otherwise be somebody else's.
      const [sync, rollback, closes] = session.farewell();
      if (session === this.#holder) {
        if (sync) this.engine.send(sync);
        if (rollback) this.engine.send(rollback);
        if (closes) this.engine.send(closes);
        this.#holder = undefined;
      } else if (closes && session.hasStatements) {
        this.submitChore(() => this.engine.send(closes));
      }
      if (session === this.#lastSession) {
        this.#lastSession = undefined;
        this.#settingsInEngine = session.settingsMayDiffer ? undefined : this.#settingsInEngine;
      }
      if (session === this.#unnamedOwner) this.#unnamedOwner = undefined;
    });
    this.#schedule();
  }

  /** Nothing reaches the engine any more. */
  stop(): void {
    this.#isOver = true;
    this.#queue = [];
    clearTimeout(this.#idleTimer);
    clearInterval(this.#queueTimer);
  }

  #enqueue(task: Task): void {
    if (this.#isOver) return;
    task.queuedAt = performance.now();
    this.#queue.push(task);
    if (!this.#isScheduled) this.#runNext();
  }

  // One unit for each round of the event loop: answers leave and messages arrive in between.
  #schedule(): void {
    if (this.#isScheduled || this.#queue.length === 0) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#runNext();
    });
  }

  #runNext(): void {
    const task = this.#takeTask();
    if (!task) return;
    this.#attempt(() => {
      if (!task.session) task.run();
      else if ('copy' in task) task.session.socket.write(copyInResponse(task.copy === 'binary'));
      else this.#runUnit(task);
    });
    if (task.session && !this.#isOver) this.callbacks.answered(task.session);
    this.#schedule();
  }

  #takeTask(): Task | undefined {
    if (!this.#holder) return this.#queue.shift();
    const index = this.#queue.findIndex((task) => task.session === this.#holder);
    return index < 0 ? undefined : this.#queue.splice(index, 1)[0];
  }

  #runUnit(unit: Unit): void {
    const { session } = unit;
    this.#adopt(session);
    if (unit.changesSettings) session.settingsMayDiffer = true;
    const answer = this.#sendWithUnnamed(unit);
    if (answer.standing === 'open' && !unit.isOpen) throw new EngineBroken('an answer without an end');
    session.socket.write(unit.isCopy ? withoutCopyInResponse(answer.bytes) : answer.bytes);
    this.#holder = answer.standing === 'idle' ? undefined : session;
    if (this.#holder) this.#idleTimer.refresh();
  }

  // The settings of the engine become those of this client.
  #adopt(session: Session): void {
    if (session === this.#lastSession) return;
    const last = this.#lastSession;
    if (last?.settingsMayDiffer) {
      last.settings = readSettings(this.engine);
      last.settingsMayDiffer = false;
      this.#settingsInEngine = last.settings;
    }
    this.#lastSession = session;
    if (this.#settingsInEngine && sameSettings(this.#settingsInEngine, session.settings)) return;
    this.engine.send(queryFrame(settingsSql(session.settings)));
    this.#settingsInEngine = session.settings;
  }

  // The engine has one unnamed statement; a client that uses the one of its last batch must not get another's.
  #sendWithUnnamed(unit: Unit): Answer {
    const { session } = unit;
    const isLost = unit.usesUnnamed && this.#unnamedOwner !== session;
    const restore = isLost ? (session.unnamedParse ?? closeStatement('')) : undefined;
    const answer = this.engine.send(restore ? Buffer.concat([restore, unit.bytes]) : unit.bytes);
    if (unit.isQuery) {
      session.unnamedParse = undefined;
      this.#unnamedOwner = undefined;
    } else if (unit.unnamedParse || isLost) {
      session.unnamedParse = unit.unnamedParse ?? session.unnamedParse;
      this.#unnamedOwner = session;
    }
    const isRestored = restore && (answer.bytes[0] === PARSE_COMPLETE || answer.bytes[0] === CLOSE_COMPLETE);
    return isRestored ? { ...answer, bytes: answer.bytes.subarray(5) } : answer;
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof EngineBroken)) throw error;
      this.stop();
      this.callbacks.broken(error);
    }
  }

  #expireHolder(): void {
    const holder = this.#holder;
    if (holder && !this.#queue.some((task) => task.session === holder)) {
      this.callbacks.expired(holder, 'idle in a transaction');
    }
  }

  #expireWaiting(limitMilliseconds: number): void {
    const oldestAllowed = performance.now() - limitMilliseconds;
    const late = this.#queue.filter((task) => task.queuedAt < oldestAllowed);
    for (const session of new Set(late.map((task) => task.session))) {
      if (session) this.callbacks.expired(session, 'waiting for its turn');
    }
  }
}

const PARSE_COMPLETE = 0x31;
const CLOSE_COMPLETE = 0x33;
const COPY_IN_RESPONSE = 0x47;
const NOTICE = 0x4e;

function withoutCopyInResponse(answer: Buffer): Buffer {
  let at = 0;
  while (answer[at] === NOTICE) at += 1 + answer.readInt32BE(at + 1);
  if (answer[at] !== COPY_IN_RESPONSE) return answer;
  return Buffer.concat([answer.subarray(0, at), answer.subarray(at + 1 + answer.readInt32BE(at + 1))]);
}

/** The settings that are in the engine before the first client. */
export function applyBaseSettings(engine: Engine): void {
  engine.send(queryFrame(settingsSql(BASE_SETTINGS)));
}
