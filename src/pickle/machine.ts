import type { Bytes, Note } from '../core/index.ts'
import { Arena, kinds } from './arena.ts'
import { Carriers } from './carriers.ts'
import { Constants, counted, littleEndian } from './constants.ts'
import { type Cuts, cutsOf } from './cuts.ts'
import { Doubles } from './doubles.ts'
import { effects } from './effects.ts'
import { Frames } from './frames.ts'
import { Memo } from './memo.ts'
import { codeOf, forms, names, written } from './opcodes.ts'
import { Tape } from './tape.ts'
import type { PickleCall } from './value.ts'
import type { Watcher } from './watcher.ts'

/** Bytes read at once, and bytes looked back at at once. */
const windowBytes = 256 << 10
const backBytes = 8 << 10
/** Values on the stack and open marks: honest picklers write lists in thousands. */
const mostStack = 1 << 22
const mostMarks = 1 << 20
/** Longest name that is made of a line that does not end. */
const longestName = 65_536

const stop = codeOf.get('STOP')!

/** A pickle's stack and memo, with objects that stand for what would be built. It looks at bytes and builds nothing. */
export class Machine {
  readonly stack = new Doubles()
  readonly memo = new Memo()
  readonly arena = new Arena()
  readonly constants: Constants
  readonly carriers: Carriers
  readonly watcher: Watcher
  readonly notes = new Map<string, Note>()
  readonly tape: Tape
  readonly start: number
  /** What was cut out of the bytes. */
  readonly cuts: Cuts
  /** Opcode at hand: its place, the place behind it, its index in the window. */
  at: number
  next: number
  here = 0
  /** Below this the stack belongs to an open mark. */
  fence = 0
  protocol = 0
  readonly frames = new Frames()
  /** Says how many raw bytes stand behind a BUILD. */
  arrays: ((value: PickleCall, at: number) => number) | undefined
  /** What STOP returns. */
  root: number | null = null
  damaged: string | undefined
  /** Where it was found to break; what is done from there on is done by no reader of CPython. */
  damagedAt = Number.POSITIVE_INFINITY
  /** Where an opcode that the end of the bytes cuts off would have ended; infinite for a line. */
  cutTo = 0
  /** Opcodes read. */
  steps = 0
  /** Why something was left out, though the stream is whole. */
  limited: string | undefined
  private readonly marks = new Doubles()

  constructor(bytes: Bytes, start: number, watcher: Watcher, cuts: Cuts = cutsOf([])) {
    this.cuts = cuts
    this.tape = new Tape(bytes, Math.max(64, Math.min(windowBytes, bytes.size - start)))
    const far = new Tape(bytes, Math.max(64, Math.min(backBytes, bytes.size)))
    this.constants = new Constants(this.tape, far)
    this.carriers = new Carriers(this.constants)
    this.watcher = watcher
    this.start = start
    this.at = start
    this.next = start
  }

  /** Reads to STOP, to the end, to what is no opcode, or to the limit of steps. */
  run(steps: number): void {
    const { tape } = this
    for (; this.steps < steps; this.steps++) {
      const at = this.next
      this.at = at
      if (at >= tape.size) break
      this.here = tape.seek(at)
      const code = tape.data[this.here]!
      if (!this.measure(code, at)) {
        this.crossCut(code)
        return
      }
      if (this.next > this.frames.nearest) this.frames.cross(this, code)
      effects[code]!(this, code)
      if (code === stop || this.limited !== undefined) return
    }
    this.at = this.next
    if (this.at >= tape.size) this.breaks('The stream ends without STOP.')
    else this.limit(`It has more than ${steps} opcodes.`)
  }

  /** An opcode that the end of the bytes cuts off may still be whole for a reader that drops the rest of a frame. */
  private crossCut(code: number): void {
    if (this.cutTo <= this.frames.nearest) return
    this.next = this.cutTo
    this.frames.cross(this, code)
    this.next = this.at
  }

  /** Finds where an opcode ends. @returns false when it does not end in these bytes */
  private measure(code: number, at: number): boolean {
    const form = forms[code]!
    if (form < 16) this.next = at + 1 + form
    else if (form === written.unknown) return this.broken(`Byte 0x${code.toString(16).padStart(2, '0')} is no opcode`)
    else if (form >= written.line) return this.lines(code, form === written.lines ? 2 : 1)
    else {
      const { header, size } = counted(form, this.tape.data, this.here)
      this.next = at + header + size
    }
    if (this.next <= this.tape.size) return true
    this.cutTo = this.next
    return this.broken(`${names[code]} goes beyond the end`)
  }

  private lines(code: number, count: number): boolean {
    let end = this.at
    for (let k = 0; k < count; k++) {
      end = this.tape.newline(end + 1)
      if (end < 0) {
        this.cut(code)
        this.cutTo = Number.POSITIVE_INFINITY
        return this.broken(`The line of ${names[code]} does not end`)
      }
    }
    this.next = end + 1
    this.here = this.tape.seek(this.at)
    return true
  }

  /** Python's own reader takes the last line without its last letter; what it names still counts. */
  private cut(code: number): void {
    const first = this.tape.newline(this.at + 1)
    const { size } = this.tape
    const line = (start: number, end: number) => this.constants.name(start, Math.min(end, start + longestName))
    const module = line(this.at + 1, first < 0 ? size - 1 : first)
    if (names[code] !== 'GLOBAL' && names[code] !== 'INST') return
    this.disagree('a name that the end of the file cuts off', 'Python reads it, C refuses')
    for (const end of first < 0 ? [size] : [size - 1, size]) {
      const named = this.arena.global(module, line(first < 0 ? size : first + 1, end))
      this.watcher.resolved(this, named, names[code]!)
      if (names[code] === 'INST')
        this.watcher.called(this, this.arena.make(kinds.call, named, this.arena.make(kinds.tuple, 0, 0)), code)
    }
  }

  private broken(sentence: string): false {
    this.breaks(`${sentence} (byte ${this.at}).`)
    this.next = this.at
    return false
  }

  /** Says that every reader stops here; the first time counts. What can still be read is read. */
  breaks(sentence: string): void {
    if (this.damaged !== undefined) return
    this.damaged = sentence
    this.damagedAt = this.at
  }

  /** Says that not all of it is read. */
  limit(sentence: string): void {
    this.limited ??= sentence
  }

  /** Says that CPython's readers do not read this alike. */
  disagree(what: string, how: string): void {
    if (!this.notes.has(what))
      this.notes.set(what, {
        rule: 'pickle-readers-disagree',
        severity: 'hold',
        text: `There is ${what}: ${how}. Both readings were followed.`,
        start: this.at,
        end: Math.min(this.next > this.at ? this.next : this.at + 1, this.tape.size),
      })
  }

  push(handle: number): void {
    if (this.stack.length >= mostStack) this.limit(`It has more than ${mostStack} values on its stack.`)
    else this.stack.push(handle)
  }

  pop(): number {
    const { stack } = this
    if (stack.length > this.fence) return stack.data[--stack.length]!
    this.underflow()
    return this.arena.opaque('nothing')
  }

  top(): number {
    const { stack } = this
    if (stack.length > this.fence) return stack.data[stack.length - 1]!
    this.underflow()
    this.push(this.arena.opaque('nothing'))
    return stack.data[stack.length - 1]!
  }

  mark(): void {
    if (this.marks.length >= mostMarks) this.limit(`It has more than ${mostMarks} open marks.`)
    this.marks.push(this.stack.length)
    this.fence = this.stack.length
  }

  /** Opens the values above the last mark. @returns the height of the mark */
  unmark(): number {
    const { marks } = this
    if (marks.length === 0) {
      this.breaks(`${names[this.code()]} has no MARK (byte ${this.at}).`)
      return this.stack.length
    }
    const height = marks.data[--marks.length]!
    this.fence = marks.length > 0 ? marks.data[marks.length - 1]! : 0
    return height
  }

  /** Whether the last mark stands on top of the stack. */
  marked(): boolean {
    return this.marks.length > 0 && this.fence === this.stack.length
  }

  /** Values above a height become content of a new object in their place. */
  gather(kind: number, part: number, from: number): number {
    const made = this.arena.make(kind, 0, 0)
    if (this.stack.length > from) this.arena.extend(made, part, this.stack.data, from, this.stack.length)
    this.stack.length = from
    return made
  }

  code(): number {
    return this.tape.data[this.tape.seek(this.at)]!
  }

  /** The fixed argument of the opcode at hand, little-endian. */
  argument(): number {
    const { data } = this.tape
    const { here } = this
    const size = this.next - this.at - 1
    if (size === 1) return data[here + 1]!
    if (size === 2) return data[here + 1]! | (data[here + 2]! << 8)
    const low = littleEndian(data, here + 1)
    return size === 4 ? low : low + littleEndian(data, here + 5) * 2 ** 32
  }

  /** The line of the opcode at hand, without its newline. */
  line(): string {
    return this.constants.line(this.at + 1, this.next - 1)
  }

  private underflow(): void {
    this.breaks(`${names[this.code()]} finds nothing on the stack (byte ${this.at}).`)
  }
}
