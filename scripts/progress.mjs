const QUIET_MILLISECONDS = 2_000;
const PLAIN_LINE_EVERY_MILLISECONDS = 15_000;

/**
 * Shows what is under way once it takes longer than two seconds: one line that is rewritten on a terminal,
 * plain lines anywhere else. Several steps may run at once.
 *
 * @param {NodeJS.WriteStream} stream
 * @returns {{ step: <T>(label: string, work: () => Promise<T>) => Promise<T>, say: (line: string) => void }}
 */
export function createProgress(stream = process.stderr) {
  const running = new Set();
  let timer;
  let painted = false;

  const seconds = (step) => Math.round((Date.now() - step.startedAt) / 1000);

  function wipe() {
    if (painted) stream.write('\r\x1b[2K');
    painted = false;
  }

  function say(line) {
    wipe();
    stream.write(`${line}\n`);
  }

  function paint() {
    const slow = [...running].filter((step) => Date.now() - step.startedAt >= QUIET_MILLISECONDS);
    if (stream.isTTY) {
      wipe();
      if (slow.length === 0) return;
      const line = slow.map((step) => `${step.label} … ${seconds(step)} s`).join(' · ');
      stream.write(line.slice(0, (stream.columns ?? 80) - 1));
      painted = true;
      return;
    }
    for (const step of slow) {
      if (Date.now() < step.nextLineAt) continue;
      step.nextLineAt = Date.now() + PLAIN_LINE_EVERY_MILLISECONDS;
      say(`${step.label} … ${seconds(step)} s`);
    }
  }

  async function step(label, work) {
    const entry = { label, startedAt: Date.now(), nextLineAt: 0 };
    running.add(entry);
    timer ??= setInterval(paint, 500);
    try {
      const result = await work();
      if (Date.now() - entry.startedAt >= QUIET_MILLISECONDS) say(`${label}: done in ${seconds(entry)} s`);
      return result;
    } finally {
      running.delete(entry);
      if (running.size === 0) {
        clearInterval(timer);
        timer = undefined;
        wipe();
      }
    }
  }

  return { step, say };
}
