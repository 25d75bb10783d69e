import type { Bytes } from '../../core/index.ts'
import { beginsPickle, looksLikePickle, mayBegin } from '../../pickle/index.ts'

/** Bytes that are searched for another pickle behind one; what lies beyond is unread in any case. */
const searched = 64 << 20
const windowBytes = 64 << 10
/** Bytes that a trial sees. */
const trialBytes = 4096
/** Trials that are run: a place must look like a pickle first. */
const mostTrials = 20_000

/**
 * Place of the next pickle at or behind a place; -1 when none is found.
 * @param whole whether the pickle before was whole, so that one may follow at once
 */
export function nextPickle(bytes: Bytes, from: number, whole: boolean): number {
  if (whole && from < bytes.size && startsHere(bytes, from)) return from
  let trials = 0
  const end = Math.min(bytes.size, from + searched)
  let window = trialBytes
  for (let start = from; start < end; start += window, window = windowBytes) {
    const data = bytes.read(start, Math.min(bytes.size, start + window + trialBytes)).slice()
    const most = Math.min(window, end - start)
    for (let k = start === from && !whole ? 1 : 0; k < most; k++) {
      if (!mayBegin(data, k)) continue
      if (++trials > mostTrials) return -1
      if (beginsPickle(data.subarray(k, k + trialBytes))) return start + k
    }
  }
  return -1
}

/** Whether a pickle begins at a place. */
export const startsHere = (bytes: Bytes, at: number): boolean =>
  looksLikePickle(bytes.read(at, at + windowBytes).slice(), bytes.size - at) > 0
