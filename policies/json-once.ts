/**
 * A value as JSON, written once for all who need it: the engine asks by the facts that the journal keeps, and the same
 * few verdicts answer whole pages. The value must not change.
 */
export function jsonOnce(value: object): string {
  if (!isObject(value)) return JSON.stringify(value ?? null); // a caller that goes round the compiler
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const texts = new WeakMap<object, string>();
