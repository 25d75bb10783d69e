import { type Bytes, joined, sliceOf } from '../core/index.ts'

/** Bytes [from, to) that one reader never sees. */
export interface Cut {
  readonly from: number
  readonly to: number
}

/** Places in bytes with cuts, and in the bytes as they are. */
export interface Cuts {
  readonly list: readonly Cut[]
  /** The place in the file of a place in the cut bytes. */
  real(at: number): number
  /** The place in the cut bytes of a place in the file. */
  cut(at: number): number
  /** Whether bytes were cut out in front of a place in the cut bytes. */
  at(place: number): boolean
}

/** @param list in rising order, apart from each other */
export function cutsOf(list: readonly Cut[]): Cuts {
  const real = (at: number) => {
    let place = at
    for (const { from, to } of list) if (place >= from) place += to - from
    return place
  }
  const cut = (at: number) => {
    let place = at
    for (const { from, to } of list) if (at > from) place -= Math.min(at, to) - from
    return place
  }
  return { list, real, cut, at: place => list.some(each => cut(each.from) === place) }
}

/** The bytes without what was cut out. */
export function withoutCuts(bytes: Bytes, list: readonly Cut[]): Bytes {
  const pieces: Bytes[] = []
  let at = 0
  for (const { from, to } of list) {
    pieces.push(sliceOf(bytes, at, from))
    at = to
  }
  return list.length === 0 ? bytes : joined([...pieces, sliceOf(bytes, at, bytes.size)])
}
