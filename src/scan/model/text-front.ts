import { type Bytes, sliceOf } from '../../core/index.ts'

/** Less than this is a magic number in letters. */
const leastText = 16
const mostText = 1 << 20

/** Control characters that no text holds. */
const isControl = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127

/**
 * The text at the beginning of bytes that no format knows as a whole; null when there is none to speak of. A character
 * behind a text makes it no text, and a reader that minds less than we do would still use what stands before.
 */
export function textInFront(bytes: Bytes): Bytes | null {
  // Most tensors end here, before a mebibyte of each is read.
  if (bytes.size < leastText || bytes.read(0, leastText).some(isControl)) return null
  const head = bytes.read(0, mostText)
  let end = leastText
  while (end < head.length && !isControl(head[end]!)) end++
  if (end < leastText) return null
  end = soundUntil(head.subarray(0, end))
  return end < leastText || end >= bytes.size ? null : sliceOf(bytes, 0, end)
}

/** How many of the bytes are UTF-8, from the first on. */
function soundUntil(data: Uint8Array): number {
  if (isSound(data)) return data.length
  let [sound, broken] = [0, data.length]
  while (broken - sound > 1) {
    const middle = (sound + broken) >> 1
    if (isSound(data.subarray(0, middle))) sound = middle
    else broken = middle
  }
  return sound
}

/** The last character may be cut. */
function isSound(data: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(data, { stream: true })
    return true
  } catch {
    return false
  }
}
