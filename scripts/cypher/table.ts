import type { PlanStep } from '../../graph/session.js';

const WIDEST_COLUMN = 60;

/** Rows as a table of text, columns in the order of the first row, numbers to the right. */
export function table(rows: readonly object[]): string {
  const [first] = rows;
  if (!first) return 'no rows';
  const columns = Object.keys(first);
  const cells = rows.map((row) => {
    const values = new Map<string, unknown>(Object.entries(row));
    return columns.map((column) => values.get(column));
  });
  const texts = [columns, ...cells.map((row) => row.map(textOf))];
  const widths = columns.map((_, index) => Math.max(...texts.map((row) => row[index]?.length ?? 0)));
  const isNumeric = columns.map((_, index) =>
    cells.every((row) => typeof row[index] === 'number' || row[index] === null),
  );
  const line = (row: readonly string[]) =>
    row
      .map((text, index) =>
        isNumeric[index] ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = texts;
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)].join('\n');
}

/** The steps of a plan, each further in than the one that it feeds; the work is done from the bottom up. */
export function planAsTable(plan: PlanStep): string {
  return table(linesOf(plan, 0));
}

function linesOf({ operator, rows, hits, details, steps }: PlanStep, depth: number): object[] {
  const line = { step: `${'  '.repeat(depth)}${operator}`, rows, hits: hits ?? null, details };
  // The step that feeds another one alone stands below it, not further in.
  const inner = steps.length > 1 ? depth + 1 : depth;
  return [line, ...steps.flatMap((step, index) => linesOf(step, index === 0 ? depth : inner))];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '·';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > WIDEST_COLUMN ? `${text.slice(0, WIDEST_COLUMN - 1)}…` : text;
}
