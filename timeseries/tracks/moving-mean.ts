/**
 * Mean of a column over a centred window along another one, present values only.
 *
 * @param along rising: seconds or metres, one per value
 * @param halfWidth of the window, in the unit of `along`
 * @returns NaN where the window holds no value
 */
export function movingMean(values: Float64Array, along: Float64Array, halfWidth: number): Float64Array {
  const means = new Float64Array(values.length);
  let [from, until, sum, present] = [0, 0, 0, 0];
  for (let at = 0; at < values.length; at++) {
    const centre = along[at] ?? 0;
    for (; until < values.length && (along[until] ?? 0) <= centre + halfWidth; until++) {
      const value = values[until] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sum += value;
      present++;
    }
    for (; (along[from] ?? 0) < centre - halfWidth; from++) {
      const value = values[from] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sum -= value;
      present--;
    }
    means[at] = present > 0 ? sum / present : Number.NaN;
  }
  return means;
}
