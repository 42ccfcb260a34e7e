import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_LIMITS, type GatewayLimits } from './gateway.js';
import { DATABASE } from './handshake.js';
import { DEFAULT_TIMES, type MaintenanceTimes } from './maintenance.js';
import type { Orders, Report } from './serve.js';

/** The engine's process cannot start, or fails again and again. */
export class TimescaleFailed extends Error {
  override name = 'TimescaleFailed';
  constructor(
    /** Code of the system (ENOSPC, EADDRINUSE) where there is one. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** How to run it; whatever is left out has a default. */
export interface TimescaleOptions {
  /** Holds the lock, the log and the cluster. */
  readonly directory: string;
  /** 0 is any free one. */
  readonly port: number;
  readonly password: string;
  readonly limits?: Partial<GatewayLimits>;
  readonly times?: Partial<MaintenanceTimes>;
  /** A statement that runs longer ends the process, for there is no other way to stop it. */
  readonly statementSeconds?: number;
  /** A process was started: it must not outlive whoever watches. */
  readonly onStart?: (pid: number) => void;
  readonly onEnd?: (pid: number) => void;
}

/** A running TimescaleDB. */
export interface Timescale {
  readonly url: string;
  /** Of the process that holds the engine now. */
  readonly pid: () => number | undefined;
  /** Resolves with the reason when it is given up after too many failures; never when it is stopped. */
  readonly failed: Promise<string>;
  /** Ends it with a checkpoint, or at once with SIGKILL where the data is thrown away. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
}

const SERVE = fileURLToPath(new URL('./serve.js', import.meta.url));
const STATEMENT_SECONDS = 120;
const START_SECONDS = 180;
const STOP_MILLISECONDS = 20_000;
const TICK_MILLISECONDS = 1_000;
// More failures than this within the window are not bad luck.
const FAILURES_ALLOWED = 5;
const FAILURE_WINDOW_MILLISECONDS = 60_000;

/**
 * Runs the engine in a process of its own, and starts it again when it ends by itself or hangs.
 *
 * @throws {TimescaleFailed} when the first start does not succeed
 */
export async function superviseTimescale(options: TimescaleOptions): Promise<Timescale> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  let child: ChildProcess | undefined;
  let isStopping = false;
  let port = options.port;
  const failuresAt: number[] = [];
  const { promise: failed, resolve: giveUp } = withResolvers<string>();

  async function start(): Promise<void> {
    const current = launch(options, port);
    child = current;
    port = await readiness(current, options);
    // Watched before anything else happens, or an early end would go unseen.
    current.once('exit', restart);
    if (current.exitCode !== null || current.signalCode !== null) restart(current.exitCode);
  }

  function restart(exitCode: number | null): void {
    if (isStopping) return;
    if (exitCode === 0) {
      giveUp('TimescaleDB was asked to stop by someone else.');
      return;
    }
    failuresAt.push(Date.now());
    const recent = failuresAt.filter((at) => at > Date.now() - FAILURE_WINDOW_MILLISECONDS);
    if (recent.length > FAILURES_ALLOWED) {
      giveUp(`TimescaleDB failed ${recent.length} times within a minute: see ${logOf(options)}.`);
      return;
    }
    start().catch((error: unknown) => giveUp(error instanceof Error ? error.message : String(error)));
  }

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    isStopping = true;
    const current = child;
    if (!current || current.exitCode !== null || current.signalCode !== null) return;
    const ended = new Promise((resolve) => current.once('exit', resolve));
    current.kill(signal);
    const timer = setTimeout(() => current.kill('SIGKILL'), STOP_MILLISECONDS);
    await ended;
    clearTimeout(timer);
  }

  await start();
  const url = `postgres://paceline:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${DATABASE}`;
  return { url, pid: () => child?.pid, failed, stop };
}

const logOf = ({ directory }: TimescaleOptions): string => join(directory, 'timescale.log');

function launch(options: TimescaleOptions, port: number): ChildProcess {
  const log = openSync(logOf(options), 'a');
  const child = fork(SERVE, [], { detached: true, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  const { pid } = child;
  if (pid !== undefined) {
    options.onStart?.(pid);
    child.once('exit', () => options.onEnd?.(pid));
  }
  const orders: Orders = {
    directory: options.directory,
    port,
    password: options.password,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    times: { ...DEFAULT_TIMES, ...options.times },
  };
  child.send(orders);
  return child;
}

/** Waits until clients may come, and from then on kills the process when its beats stay away. */
function readiness(child: ChildProcess, options: TimescaleOptions): Promise<number> {
  const { promise, resolve, reject } = withResolvers<number>();
  // Ticks are counted instead of reading the clock: a machine that slept is not a statement that took too long.
  let ticksLeft = START_SECONDS;
  const watch = setInterval(() => {
    ticksLeft -= 1;
    if (ticksLeft < 0) child.kill('SIGKILL');
  }, TICK_MILLISECONDS);
  child.on('message', (report: Report) => {
    ticksLeft = options.statementSeconds ?? STATEMENT_SECONDS;
    if (report.kind === 'ready') resolve(report.port);
    if (report.kind === 'failed') reject(new TimescaleFailed(report.code, report.message));
  });
  child.once('exit', (code, signal) => {
    clearInterval(watch);
    reject(new TimescaleFailed('', `TimescaleDB ended with ${signal ?? code}: see ${logOf(options)}`));
  });
  child.once('error', reject);
  return promise;
}

// Promise.withResolvers came with Node 22.
function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  return { promise, resolve, reject };
}
