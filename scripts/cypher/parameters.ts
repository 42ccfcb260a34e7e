import type { QueryHeader } from '../../graph/query-header.js';
import { whole } from '../../graph/session.js';

/** The words on the command line are not the parameters of the query. */
export class WrongParameters extends Error {
  override name = 'WrongParameters';
}

/**
 * The parameters of a query from words such as `--limit 20 --viewerId 0198…`, each as its header says that it is.
 * `null` is null; lists are separated by commas, maps are JSON.
 *
 * @throws {WrongParameters} one is missing, unknown or of another type
 */
export function parametersIn(
  header: QueryHeader,
  words: readonly string[],
): Readonly<Record<string, unknown>> {
  const given = new Map<string, string>();
  for (let index = 0; index < words.length; index += 2) {
    const [word = '', value] = words.slice(index, index + 2);
    const name = word.replace(/^--/, '');
    const isKnown = header.parameters.some((parameter) => parameter.name === name);
    if (!word.startsWith('--') || !isKnown)
      throw new WrongParameters(`the query takes no ${word}: ${taken(header)}`);
    if (value === undefined) throw new WrongParameters(`${word} wants a value`);
    given.set(name, value);
  }
  const missing = header.parameters.filter(({ name }) => !given.has(name));
  if (missing.length > 0) {
    throw new WrongParameters(
      `missing: ${missing.map(({ name }) => `--${name}`).join(' ')}; ${taken(header)}`,
    );
  }
  return Object.fromEntries(
    header.parameters.map(({ name, type }) => [name, readAs(name, type, given.get(name) ?? '')]),
  );
}

function taken({ parameters }: QueryHeader): string {
  if (parameters.length === 0) return 'it takes no parameters';
  return `it takes ${parameters.map(({ name, type }) => `--${name} ${type}`).join(', ')}`;
}

function readAs(name: string, type: string, text: string): unknown {
  if (text === 'null') return null;
  const parse = TYPES[type];
  const value = parse ? parse(text) : undefined;
  if (value === undefined) throw new WrongParameters(`--${name} wants ${type}, not ${text}`);
  return value;
}

const TYPES: Readonly<Record<string, (text: string) => unknown>> = {
  STRING: (text) => text,
  INTEGER: (text) => (/^-?\d+$/.test(text) ? whole(Number(text)) : undefined),
  FLOAT: (text) => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined),
  BOOLEAN: (text) => (text === 'true' || text === 'false' ? text === 'true' : undefined),
  DATETIME: (text) => (Number.isNaN(Date.parse(text)) ? undefined : new Date(text)),
  'LIST<STRING>': (text) => (text === '' ? [] : text.split(',')),
  MAP: jsonObject,
};

function jsonObject(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
