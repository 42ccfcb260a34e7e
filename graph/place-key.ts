/**
 * What two spellings of one place have in common: letters and digits without case and accents, words one blank apart.
 *
 * @returns null when there is no letter or digit in it
 */
export function placeKey(place: string): string | null {
  const words = place
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return words?.join(' ') ?? null;
}
