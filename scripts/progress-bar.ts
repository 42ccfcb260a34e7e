import type { WriteStream } from 'node:tty';

const WIDTH = 30;
const REPAINT_MILLISECONDS = 250;
const PLAIN_LINE_MILLISECONDS = 10_000;

/**
 * Bars that show how far something long has come: one line that is rewritten on a terminal, a plain line now and
 * then anywhere else.
 */
export function progressBar(output: WriteStream): (title: string) => (done: number, total: number) => void {
  return (title) => {
    let paintedAt = Date.now();
    return (done, total) => {
      const isOver = done >= total;
      const every = output.isTTY ? REPAINT_MILLISECONDS : PLAIN_LINE_MILLISECONDS;
      if (!isOver && Date.now() - paintedAt < every) return;
      paintedAt = Date.now();
      const share = total === 0 ? 1 : done / total;
      const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
      const line = `${title.padEnd(18)} ${bar} ${Math.round(share * 100)} %`;
      output.write(output.isTTY ? `\r\x1b[2K${line}${isOver ? '\n' : ''}` : `${line}\n`);
    };
  };
}
