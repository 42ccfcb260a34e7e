import type { Writable } from 'node:stream';

/** Tells a person what the demo does, step by step, with how long each took. */
export interface Narrator {
  /** Runs a step; shows that it is still running when it takes over two seconds. */
  step<Result>(title: string, run: (progress: Progress) => Promise<Result>): Promise<Result>;
  figures(rows: readonly (readonly [name: string, value: string])[]): void;
  addresses(rows: readonly (readonly [name: string, value: string])[]): void;
  note(sentence: string): void;
}

/** Called with how much of a step is done. */
export type Progress = (done: number, total: number, unit: string) => void;

const SHOW_AFTER_MILLISECONDS = 2_000;
const TITLE_WIDTH = 52;

/** A narrator that writes plain lines, so that it reads well in a terminal and in a log. */
export function narrate(output: Writable): Narrator {
  const line = (text: string) => output.write(`${text}\n`);
  return {
    step: async (title, run) => {
      const startedAt = performance.now();
      let latest = '';
      const beat = setInterval(() => line(`  … ${title} ${latest}`), SHOW_AFTER_MILLISECONDS);
      try {
        const result = await run((done, total, unit) => {
          latest = `(${done} of ${total} ${unit})`;
        });
        line(`✔ ${title.padEnd(TITLE_WIDTH)} ${duration(performance.now() - startedAt)}`);
        return result;
      } catch (error) {
        line(`✖ ${title}`);
        throw error;
      } finally {
        clearInterval(beat);
      }
    },
    figures: (rows) => line(`    ${rows.map(([name, value]) => `${name}: ${value}`).join(' · ')}`),
    addresses: (rows) => {
      const width = Math.max(...rows.map(([name]) => name.length));
      line('\nTry next');
      for (const [name, value] of rows) line(`  ${name.padEnd(width)}  ${value}`);
    },
    note: (sentence) => line(`  ${sentence}`),
  };
}

function duration(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
