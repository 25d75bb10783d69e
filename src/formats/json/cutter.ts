import type { Cutter } from '../cutter.ts'
import { newlinesIn } from '../window.ts'
import type { Shape } from './shape.ts'

const [LF, SPACE, TAB, CR] = [10, 32, 9, 13]
const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125]

const isSpace = (byte: number | undefined): boolean => byte === SPACE || byte === LF || byte === TAB || byte === CR
const isClose = (byte: number): boolean => byte === CLOSE_LIST || byte === CLOSE_OBJECT

/** Scans one JSON value byte by byte. Keeps depth and string state, so that a value may span many windows. */
function valueScanner() {
  let depth = 0
  let string = false
  let escaped = false
  return {
    reset() {
      depth = 0
      string = false
      escaped = false
    },
    /** Place of the comma or bracket that ends the value at depth 0, or -1. `whole` stops behind a closed object. */
    end(bytes: Buffer, from: number, whole: boolean): number {
      for (let i = from; i < bytes.length; i++) {
        const byte = bytes[i]!
        if (string) {
          if (escaped) escaped = false
          else if (byte === BACKSLASH) escaped = true
          else if (byte === QUOTE) string = false
        } else if (byte === QUOTE) string = true
        else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth++
        else if (isClose(byte)) {
          if (depth === 0) return i
          if (--depth === 0 && whole) return i + 1
        } else if (byte === COMMA && depth === 0) return i
      }
      return -1
    },
  }
}

/**
 * Cuts a JSON file into its records: the elements of its lists, the members of an object that is a table by key, or
 * the objects that stand one after another.
 */
export function jsonCutter(shape: Exclude<Shape, 'columns'>): Cutter {
  let state: 'top' | 'list' | 'members' = 'top'
  /** True inside a list that is a member of the top object. */
  let nested = false
  const scan = valueScanner()

  function step(cutter: Cutter, bytes: Buffer, at: number, final: boolean): number {
    const byte = bytes[at]!
    if (state === 'top') {
      if (byte === OPEN_LIST) state = 'list'
      else if (byte === OPEN_OBJECT && shape !== 'objects') state = 'members'
      else if (byte === OPEN_OBJECT) return record(cutter, bytes, at, final, true)
      else return stop(cutter, bytes, at)
      cutter.unfinished = { kind: 'truncated', message: 'The file ends before its JSON is closed.' }
      return at + 1
    }
    if (byte === (state === 'list' ? CLOSE_LIST : CLOSE_OBJECT)) {
      state = nested ? 'members' : 'top'
      if (!nested) cutter.unfinished = undefined
      nested = false
      return at + 1
    }
    if (state === 'members' && shape === 'lists') return member(bytes, at)
    return record(cutter, bytes, at, final, false)
  }

  /** A member of the top object: goes into a list, and past anything else. */
  function member(bytes: Buffer, at: number): number {
    let i = bytes[at] === QUOTE ? at + 1 : bytes.length
    while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1
    for (i++; isSpace(bytes[i]) || bytes[i] === COLON; ) i++
    if (i >= bytes.length) return -1
    if (bytes[i] === OPEN_LIST) {
      state = 'list'
      nested = true
      return i + 1
    }
    scan.reset()
    return scan.end(bytes, i, false)
  }

  function record(cutter: Cutter, bytes: Buffer, at: number, final: boolean, whole: boolean): number {
    scan.reset()
    const found = scan.end(bytes, at, whole)
    if (found < 0 && !final) return -1
    if (found < 0) cutter.unfinished = { kind: 'truncated', message: 'The file ends inside this record.' }
    if (found < 0) return -1
    // A stray bracket would otherwise be met again and again.
    const end = Math.max(found, at + 1)
    cutter.start = at
    cutter.end = end
    return end
  }

  function stop(cutter: Cutter, bytes: Buffer, at: number): number {
    cutter.done = true
    cutter.unfinished = {
      kind: 'bad-json',
      message: 'There is something here that is neither a list nor an object; reading stopped.',
    }
    return Math.min(bytes.length, at + 1)
  }

  return {
    start: 0,
    end: 0,
    lines: 0,
    leading: 0,
    done: false,
    unfinished: undefined,
    next(bytes, from, final) {
      let at = from
      while (isSpace(bytes[at]) || bytes[at] === COMMA) at++
      this.start = at
      this.end = at
      if (at >= bytes.length) return -1
      const next = step(this, bytes, at, final)
      if (next < 0) return -1
      this.leading = newlinesIn(bytes, from, this.start)
      this.lines = newlinesIn(bytes, from, next)
      return next
    },
    skip(bytes, start) {
      let at = 0
      if (start) {
        scan.reset()
        while (isSpace(bytes[at]) || bytes[at] === COMMA) at++
      }
      return scan.end(bytes, at, false)
    },
  }
}
