/** Index of the first element of a rising list that is not below `value`: how many elements are below it. */
export function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** The lowest `most` different values, rising. */
export function lowestDistinct(values: ArrayLike<number>, most: number): Float64Array {
  const sorted = Float64Array.from(values).sort()
  return sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]).slice(0, most)
}

/** Where values of one rising list stand in another. */
export function placesIn(list: ArrayLike<number>, wanted: Float64Array): number[] {
  const places: number[] = []
  let k = list.length === 0 ? 0 : firstAtLeast(wanted, list[0]!)
  for (let i = 0; i < list.length && k < wanted.length; i++) {
    while (k < wanted.length && wanted[k]! < list[i]!) k++
    if (wanted[k] === list[i]) places.push(i)
  }
  return places
}
