import { Problem } from './problem.mjs';

/** Rejects on the first signal that asks this process to end. */
export function interruption() {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => reject(new Problem(`Stopped by ${signal}.`)));
    }
  });
}
