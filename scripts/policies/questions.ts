import { packageOf } from '../../policies/seen-by-rules.js';
import type { Cell, Expected } from './cases.js';

/** What `cases_test.rego` is given, and which cell it means by the numbers of a question and of a thing in it. */
export interface Questions {
  readonly data: { readonly cells: readonly object[]; readonly answers: readonly Expected[] };
  readonly nameOf: (question: number, item: number) => string;
}

/** Cells of one caller and action are one question. Few answers are given again and again, so each is told once. */
export function questions(cells: readonly Cell[]): Questions {
  const groups = new Map<string, Cell[]>();
  const answers = new Map<string, { readonly at: number; readonly expected: Expected }>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.action, cell.subject]);
    const group = groups.get(key) ?? [];
    group.push(cell);
    groups.set(key, group);
    const { expected } = cell;
    const answer = JSON.stringify(expected);
    if (!answers.has(answer)) answers.set(answer, { at: answers.size, expected });
  }
  const grouped = [...groups.values()];
  return {
    data: {
      cells: grouped.map((group) => ({
        input: {
          action: packageOf(group[0]?.action ?? ''),
          subject: group[0]?.subject,
          items: group.map(({ resource, facts }) => ({ resource, facts })),
        },
        expected: group.map(({ expected }) => answers.get(JSON.stringify(expected))?.at),
      })),
      answers: [...answers.values()].map(({ expected }) => expected),
    },
    nameOf: (question, item) => grouped[question]?.[item]?.name ?? 'none',
  };
}

/**
 * Some cells that need every line which all of them need: of each action every answer, every value of every fact and
 * every thing, both allowed and refused, and every caller.
 */
export function tellingCells(cells: readonly Cell[]): readonly Cell[] {
  const told = new Set<string>();
  const isNews = (...feature: readonly unknown[]) => {
    const key = JSON.stringify(feature);
    if (told.has(key)) return false;
    told.add(key);
    return true;
  };
  return cells.filter(({ action, subject, resource, facts, expected }) => {
    const { allowed } = expected;
    const features = [
      isNews(action, expected),
      isNews(subject, allowed),
      isNews(action, resource, allowed),
      ...Object.entries(facts).map(([name, value]) => isNews(action, allowed, name, value)),
    ];
    return features.includes(true);
  });
}

/** All cells in so many parts of about the same size. */
export function partsOf(cells: readonly Cell[], count: number): readonly (readonly Cell[])[] {
  const size = Math.ceil(cells.length / count);
  return Array.from({ length: count }, (_, part) => cells.slice(part * size, (part + 1) * size));
}
