import type { Cutter } from './cutter.ts'

const LF = 10
const CR = 13

/** Cuts at newlines; a carriage return before the newline is no part of the record; blank lines are no records. */
export function lineCutter(): Cutter {
  return {
    start: 0,
    end: 0,
    lines: 1,
    leading: 0,
    next(bytes, from, final) {
      const newline = bytes.indexOf(LF, from)
      if (newline < 0 && (!final || from === bytes.length)) return -1
      let end = newline < 0 ? bytes.length : newline
      const next = newline < 0 ? end : newline + 1
      while (end > from && bytes[end - 1] === CR) end--
      this.start = from
      this.end = isBlank(bytes, from, end) ? from : end
      this.lines = newline < 0 ? 0 : 1
      return next
    },
    skip(bytes) {
      return bytes.indexOf(LF) + 1 || -1
    },
  }
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 32 && bytes[i] !== 9) return false
  return true
}
