import type { Bytes, Note, Program } from '../core/index.ts'
import { Acts } from './acts.ts'
import { listing } from './listing.ts'
import { Machine } from './machine.ts'
import { builtBy } from './root.ts'
import type { PickleCall, PickleValue } from './value.ts'

/** Bytes of a constant that are given to those who follow it. */
const mostConstant = 64 << 20

/** How to read a pickle. */
export interface PickleOptions {
  /** Most opcodes. */
  readonly steps: number
  /**
   * Asked after each BUILD of a call result: how many raw bytes follow in the stream before the next opcode (an array
   * of joblib); 0 for none.
   * @param at the place of the byte behind the BUILD
   */
  readonly arrays?: (value: PickleCall, at: number) => number
}

/** A byte or text constant that could hold another program. */
export interface PickleConstant {
  /** Place of its opcode. */
  readonly offset: number
  readonly size: number
  /** The bytes that it stands for; of texts the UTF-8 form. */
  read(): Uint8Array
}

/** One pickle stream, read and not run. */
export interface PickleRun {
  readonly program: Program
  readonly start: number
  /** Behind STOP, or where the reading ended. */
  readonly end: number
  /** Where Python's own reader would go on after STOP when that is elsewhere: behind the frame that STOP stands in. */
  readonly frameEnd?: number
  /** Protocol by its PROTO opcode; 0 without one. */
  readonly protocol: number
  /** What STOP would return; made when asked for. Null without STOP. */
  readonly root: PickleValue | null
  /** Why the stream breaks before STOP; a sentence. What came before still counts. */
  readonly damaged?: string
  /** Constants worth following, the first of them. */
  readonly constants: readonly PickleConstant[]
  /** Constants worth following that `constants` has no room for. */
  readonly moreConstants: number
  /** Where the readers of CPython disagree, and what no writer writes. */
  readonly notes: readonly Note[]
}

/**
 * Reads one pickle stream and says what loading it would do. Runs nothing, whatever the bytes are.
 *
 * Acts: `import` for each global resolved; `call` at the time it happens, also when its result is thrown away, with
 * `name()` for what calls the *result* of `name`; `set` for BUILD, SETITEM(S), APPEND(S) and ADDITEMS on what is no
 * fresh builtin container, with the target as the first argument (a `global` there is a write to a module, class or
 * function itself); `persist`; `unresolved` for globals whose name is computed, extension codes and callees that nothing
 * is known of.
 */
export function runPickle(bytes: Bytes, start: number, options: PickleOptions): PickleRun {
  const acts = new Acts()
  const machine = new Machine(bytes, start, acts)
  if (options.arrays) machine.arrays = options.arrays
  machine.run(options.steps)
  if (acts.overflow) machine.limit('It does more different things than are kept.')
  const whole = machine.root !== null
  const end = whole ? machine.next : machine.at
  const incomplete = machine.damaged ?? machine.limited
  return {
    program: {
      language: 'pickle',
      start,
      end,
      acts: acts.list,
      ...(incomplete === undefined ? {} : { incomplete }),
      listing: lines => listing(bytes, start, options, acts.list, lines),
    },
    start,
    end,
    ...(whole && machine.frameEnd > end ? { frameEnd: Math.min(machine.frameEnd, bytes.size) } : {}),
    protocol: machine.protocol,
    get root() {
      return whole ? builtBy(machine, machine.root!) : null
    },
    ...(incomplete === undefined ? {} : { damaged: incomplete }),
    constants: machine.carriers.found.map(({ offset, size }) => ({
      offset,
      size,
      read: () => machine.carriers.read(offset, mostConstant),
    })),
    moreConstants: machine.carriers.more,
    notes: [...machine.notes.values()],
  }
}
