import type { Cut } from './cuts.ts'
import type { Machine } from './machine.ts'
import { codeOf, forms, names, written } from './opcodes.ts'

/** Frames in frames, and opcodes across their ends, that are followed. */
const mostEnds = 8
const mostStraddled = 16

const bytearray = codeOf.get('BYTEARRAY8')!

/**
 * Where frames end. Python's own reader refuses what goes across an end; C reads on, or, where it reads from a file, drops
 * what is left of the frame in front of the argument that goes beyond it.
 */
export class Frames {
  /** Ends of the frames that the opcode at hand stands in. */
  ends: readonly number[] = []
  /** The nearest of them. */
  nearest = Number.POSITIVE_INFINITY
  /** What a reader that drops the rest of a frame may not see, by opcodes that go beyond one. */
  readonly straddled: Cut[] = []

  /** Enters a frame of so many bytes behind the opcode at hand. */
  enter(machine: Machine, size: number): void {
    const { next, cuts } = machine
    const end = cuts.cut(cuts.real(next) + size)
    if (end > machine.tape.size) machine.disagree('a frame beyond the end', 'Python reads on, C refuses')
    for (const outer of this.ends) {
      if (outer <= next) continue
      machine.disagree('a frame in a frame', 'C reads on, Python refuses')
      if (outer < end) this.drop(machine, next, outer)
    }
    this.ends = [...this.ends.filter(outer => outer >= end), end].slice(-mostEnds)
    this.nearest = Math.min(...this.ends)
  }

  /** The opcode at hand goes to or beyond the end of a frame. */
  cross(machine: Machine, code: number): void {
    const { at, next, cuts } = machine
    for (const end of this.ends) {
      if (end >= next || end <= at || cuts.at(end)) continue
      machine.disagree(
        `a ${names[code]} across the end of a frame`,
        'C reads on or drops the rest of the frame, Python refuses',
      )
      this.drop(machine, argumentAt(machine, code, end), end)
    }
    this.ends = this.ends.filter(end => end >= next)
    this.nearest = Math.min(Number.POSITIVE_INFINITY, ...this.ends)
  }

  /** Notes that bytes [from, to) may be dropped. */
  private drop({ cuts }: Machine, from: number, to: number): void {
    if (from < to && this.straddled.length < mostStraddled)
      this.straddled.push({ from: cuts.real(from), to: cuts.real(to - 1) + 1 })
  }
}

/** Where the part of an argument begins that goes beyond the end of a frame. */
function argumentAt(machine: Machine, code: number, end: number): number {
  const { at, tape } = machine
  const form = forms[code]!
  if (form === written.lines) {
    const middle = tape.newline(at + 1) + 1
    machine.here = tape.seek(at)
    return middle > end || middle === 0 ? at + 1 : middle
  }
  const sized = form > 16 && form < written.line
  const header = form === written.counted1 ? 2 : form === written.counted4 ? 5 : 9
  if (!sized || at + header > end) return at + 1
  return code === bytearray ? end : at + header
}
