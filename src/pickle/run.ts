import type { Act, Bytes, Note, Program } from '../core/index.ts'
import { Acts } from './acts.ts'
import { type Cut, cutsOf, withoutCuts } from './cuts.ts'
import { listing } from './listing.ts'
import { Machine } from './machine.ts'
import { builtBy } from './root.ts'
import type { PickleCall, PickleValue } from './value.ts'

/** Bytes of a constant that are given to those who follow it. */
const mostConstant = 64 << 20
/** Runs for readers that drop the rest of a frame, and their opcodes together: one run for long streams. */
const mostReadings = 32
const mostSteps = 2_000_000

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
  /**
   * Other places where a reader goes on after STOP: Python's own behind the frame that STOP stands in, C elsewhere when it
   * dropped the rest of a frame.
   */
  readonly otherEnds: readonly number[]
  /** Protocol by its PROTO opcode; 0 without one. */
  readonly protocol: number
  /** What STOP would return; made when asked for. Null without STOP. */
  readonly root: PickleValue | null
  /** Why the stream breaks before STOP; a sentence. What came before still counts. */
  readonly damaged?: string
  /** Where it was found to break: no reader of CPython does what the acts from there on say. */
  readonly damagedAt?: number
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
  const { machine, acts } = read(bytes, start, options, [])
  const other = otherReadings(bytes, start, options, machine, acts)
  const all = other.acts.length > 0 ? [...acts, ...other.acts] : acts
  const whole = machine.root !== null
  const end = whole ? machine.next : machine.at
  const troubles = [machine.damaged, machine.limited].filter(each => each !== undefined)
  const incomplete = troubles.length > 0 ? troubles.join(' ') : undefined
  return {
    program: {
      language: 'pickle',
      start,
      end,
      acts: all,
      ...(incomplete === undefined ? {} : { incomplete }),
      listing: lines => listing(bytes, start, options, all, lines),
    },
    start,
    end,
    otherEnds: [...new Set([...(whole ? machine.frames.ends : []), ...other.ends])].filter(
      each => (each !== end || incomplete !== undefined) && each > start && each <= bytes.size,
    ),
    protocol: machine.protocol,
    get root() {
      return whole ? builtBy(machine, machine.root!) : null
    },
    ...(incomplete === undefined ? {} : { damaged: incomplete }),
    ...(machine.damaged === undefined ? {} : { damagedAt: machine.damagedAt }),
    constants: machine.carriers.found.map(({ offset, size }) => ({
      offset,
      size,
      read: () => machine.carriers.read(offset, mostConstant),
    })),
    moreConstants: machine.carriers.more,
    notes: [...machine.notes.values()],
  }
}

function read(bytes: Bytes, start: number, options: PickleOptions, cuts: readonly Cut[]) {
  const acts = new Acts()
  const machine = new Machine(withoutCuts(bytes, cuts), start, acts, cutsOf(cuts))
  machine.arrays = options.arrays
  machine.run(options.steps)
  if (acts.overflow) machine.limit('It does more different things than are kept.')
  return { machine, acts: acts.list }
}

/**
 * What readers do besides that drop the rest of a frame in front of an argument which goes beyond the frame: C does so
 * where it reads from a file, for all frames or for the large ones. Each choice of drops takes another run.
 */
function otherReadings(
  bytes: Bytes,
  start: number,
  options: PickleOptions,
  first: Machine,
  before: readonly Act[],
): { readonly acts: readonly Act[]; readonly ends: readonly number[] } {
  const known = new Set(first.frames.straddled.length > 0 ? before.map(keyOf) : [])
  const found: Act[] = []
  const ends: number[] = []
  const open: (readonly Cut[])[] = first.frames.straddled.map(cut => [cut]).reverse()
  let runs = Math.max(1, Math.min(mostReadings, Math.floor(mostSteps / first.steps)))
  for (let cuts = open.pop(); cuts && runs > 0; cuts = open.pop(), runs--) {
    const { machine, acts } = read(bytes, start, options, cuts)
    const { real } = machine.cuts
    for (const act of acts) {
      const moved = { ...act, offset: real(act.offset) }
      const key = keyOf(moved)
      if (!known.has(key)) found.push(moved)
      known.add(key)
    }
    if (machine.root !== null) ends.push(real(machine.next), ...machine.frames.ends.map(real))
    const last = cuts.at(-1)!
    for (const cut of machine.frames.straddled.toReversed()) if (cut.from >= last.to) open.push([...cuts, cut])
  }
  return { acts: found, ends }
}

const keyOf = ({ kind, module, name, by, offset }: Act): string => JSON.stringify([kind, module, name, by, offset])
