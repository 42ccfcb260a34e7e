/** A failure that the person at the keyboard can mend: shown as one sentence, without a stack. */
export class Problem extends Error {
  name = 'Problem';
}

/**
 * The one sentence for a failure of the machine, or undefined when the failure is not of that kind.
 *
 * @param {unknown} error anything thrown by node or found in a child's log
 * @param {string} directory where the work was being done
 * @returns {Problem | undefined}
 */
export function problemOfMachine(error, directory) {
  const text =
    error instanceof Error ? `${error.message} ${'code' in error ? error.code : ''}` : String(error);
  if (/ENOSPC|no space left on device/i.test(text)) {
    return new Problem(
      `The disk is full: free at least 2 GB on the disk that holds ${directory}, then run the command again.`,
    );
  }
  if (/EACCES|EROFS|permission denied/i.test(text)) {
    return new Problem(
      `${directory} cannot be written: give this user the right to write there, or choose another place.`,
    );
  }
  return undefined;
}

/** What to print for a failure: the one sentence of a Problem, or the stack of anything else. */
export function sentenceFor(error, directory) {
  const problem = error instanceof Problem ? error : problemOfMachine(error, directory);
  return problem ? problem.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
}
