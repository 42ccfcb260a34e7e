import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const GUARDIAN = fileURLToPath(new URL('./guardian.mjs', import.meta.url));
const STOP_MILLISECONDS = 10_000;

/**
 * Starts processes that cannot outlive this one: a guardian watches over them.
 *
 * @returns children with `start`, `watch`, `forget`, `removeAtEnd` and `close`
 */
export function createChildren() {
  const guardian = spawn(process.execPath, [GUARDIAN], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guardian.unref();
  guardian.stdin.unref?.();
  guardian.stdin.on('error', () => {});
  const tell = (order) => guardian.stdin.write(`${JSON.stringify(order)}\n`);

  const watch = (pid) => tell({ watch: pid });
  const forget = (pid) => tell({ forget: pid });
  const removeAtEnd = (directory) => tell({ remove: directory });

  /** Starts one program in a session of its own, with its output in a file. */
  function start(command, args, { logFile, cwd, env = process.env }) {
    const log = openSync(logFile, 'a');
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    const exited = new Promise((resolve) => {
      child.once('error', (error) => resolve({ code: null, signal: null, error }));
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    let ended = false;
    exited.then(() => {
      ended = true;
      if (child.pid) forget(child.pid);
    });
    if (child.pid) watch(child.pid);

    async function stop(signal = 'SIGTERM') {
      if (ended) return;
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MILLISECONDS);
      await exited;
      clearTimeout(timer);
    }

    return { pid: child.pid, exited, hasEnded: () => ended, stop, logTail: () => tailOf(logFile) };
  }

  /** Lets the guardian end; it then stops what is still watched and removes the folders. */
  async function close() {
    const ended = new Promise((resolve) => guardian.once('exit', resolve));
    if (guardian.exitCode !== null) return;
    guardian.ref();
    guardian.stdin.end();
    await ended;
  }

  return { start, watch, forget, removeAtEnd, close };
}

function tailOf(logFile) {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
  } catch {
    return '';
  }
}
