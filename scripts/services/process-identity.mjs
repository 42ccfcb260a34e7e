import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process started, in whatever unit the system gives: only good for comparing. Ids are used again, so an
 * id alone does not say that the process is still the same.
 *
 * @param {number} pid
 * @returns {string | undefined} undefined when no such process lives (a zombie does not)
 */
export function processStartedAt(pid) {
  if (process.platform === 'linux') {
    try {
      // The name in brackets may hold spaces; the fields after it do not. State is the first, start the twentieth.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}
