/**
 * What somebody typed, as a query of a full-text index: every word of it must begin a word. Only letters and digits
 * reach Lucene, so nothing that somebody types can be one of its operators. The word itself is asked for beside its
 * prefix because languages without spaces are indexed sign by sign.
 *
 * @returns empty when there is no word in it
 */
export function prefixQuery(text: string): string {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.map((word) => `+(${word}* OR "${word}")`).join(' ');
}
