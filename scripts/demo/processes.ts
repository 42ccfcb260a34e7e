import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The processes of a running Paceline, one per role, as in production. */
export interface Roles {
  /** Starts one process per role and answers the URL of the API once it is ready. */
  start(roles: readonly string[]): Promise<string>;
  pidOf(role: string): number;
  /** Resolves when `signal` aborts; rejects when a process ends by itself. */
  untilStopped(signal: AbortSignal): Promise<void>;
  /** Lets each process finish what it has begun. */
  stop(): Promise<void>;
}

const READY_MILLISECONDS = 30_000;
const STOP_MILLISECONDS = 15_000;
const entry = fileURLToPath(new URL('../../api/start.js', import.meta.url));

/**
 * Runs roles of the API as processes of their own.
 *
 * @param settings their configuration, added to this environment
 * @param logDirectory one log file per role goes here
 * @param watch hears of each process, so that somebody ends it when this one is killed
 */
export function startRoles(
  settings: Readonly<Record<string, string>>,
  logDirectory: string,
  watch: (pid: number) => void,
): Roles {
  const children = new Map<string, ChildProcess>();
  // An error of this process must not leave them behind.
  process.once('exit', () => {
    for (const child of children.values()) child.kill('SIGKILL');
  });

  const launch = (role: string) => {
    mkdirSync(logDirectory, { recursive: true });
    const log = openSync(join(logDirectory, `${role}.log`), 'a');
    const env = { ...process.env, ...settings };
    // A group of its own, so that Ctrl-C reaches it through `stop` and not in the middle of a job.
    const child = spawn(process.execPath, [entry, role], {
      env,
      stdio: ['ignore', log, log],
      detached: true,
    });
    if (child.pid !== undefined) watch(child.pid);
    children.set(role, child);
  };

  return {
    start: async (roles) => {
      for (const role of roles) launch(role);
      const url = `http://localhost:${settings.PORT}`;
      await untilReady(url, children, logDirectory);
      return url;
    },
    pidOf: (role) => {
      const pid = children.get(role)?.pid;
      if (pid === undefined) throw new Error(`no process runs the role ${role}`);
      return pid;
    },
    untilStopped: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
        for (const [role, child] of children)
          child.once('exit', () => reject(endedEarly(role, logDirectory)));
      }),
    stop: async () => {
      await Promise.all([...children.values()].map(end));
    },
  };
}

async function untilReady(
  url: string,
  children: Map<string, ChildProcess>,
  logDirectory: string,
): Promise<void> {
  const deadline = Date.now() + READY_MILLISECONDS;
  for (;;) {
    for (const [role, child] of children) if (hasEnded(child)) throw endedEarly(role, logDirectory);
    const isReady = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    if (Date.now() > deadline) throw new Error(`the API is not ready; see ${join(logDirectory, 'http.log')}`);
    await sleep(100);
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

const endedEarly = (role: string, logDirectory: string) =>
  new Error(`the process "${role}" ended by itself; see ${join(logDirectory, `${role}.log`)}`);

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  child.kill('SIGTERM');
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MILLISECONDS);
  await ended;
  clearTimeout(timer);
}
