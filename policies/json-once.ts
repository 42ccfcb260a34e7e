/**
 * A value as JSON, written once for all who need it: the engine asks by the facts that the journal keeps, and the same
 * few verdicts answer whole pages. The value must not change.
 */
export function jsonOnce(value: object): string {
  // Facts that go round the compiler are refused by the rules, which must be asked.
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}

const texts = new WeakMap<object, string>();
