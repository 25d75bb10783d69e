/** Swaps two values. */
function swap(values: Float64Array | Float32Array, a: number, b: number): void {
  const kept = values[a]!
  values[a] = values[b]!
  values[b] = kept
}

/**
 * The upper median, in linear time; 0 of nothing. The values are left in another order. Quickselect with the middle of
 * three as pivot (Hoare 1961).
 */
export function medianOf(values: Float64Array | Float32Array): number {
  const wanted = values.length >> 1
  let [low, high] = [0, values.length - 1]
  while (high > low) {
    const centre = (low + high) >> 1
    if (values[centre]! < values[low]!) swap(values, centre, low)
    if (values[high]! < values[low]!) swap(values, high, low)
    if (values[high]! < values[centre]!) swap(values, high, centre)
    const pivot = values[centre]!
    let [a, b] = [low, high]
    while (a <= b) {
      while (values[a]! < pivot) a++
      while (values[b]! > pivot) b--
      if (a <= b) swap(values, a++, b--)
    }
    if (wanted <= b) high = b
    else if (wanted >= a) low = a
    else break
  }
  return values.length === 0 ? 0 : values[wanted]!
}
