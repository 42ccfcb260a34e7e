import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A file does not hold pairs of ids. */
export class NoPairs extends Error {
  override name = 'NoPairs';
  constructor(path: string, line: number) {
    super(`${path} has no two ids in line ${line}: write id,id`);
  }
}

/**
 * Pairs of ids from a file of comma-separated values with one line of names at its top, gzipped or not.
 *
 * @throws {NoPairs}
 */
export function readPairs(path: string): readonly (readonly [string, string])[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [, ...lines] = text.trimEnd().split(/\r?\n/);
  return lines.map((line, at) => {
    const [one = '', other = '', ...more] = line.split(',');
    if (one === '' || other === '' || more.length > 0) throw new NoPairs(path, at + 2);
    return [one, other];
  });
}
