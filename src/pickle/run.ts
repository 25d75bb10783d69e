import type { Bytes, Note, Program } from '../core/index.ts'
import type { PickleCall, PickleValue } from './value.ts'

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
  readonly constants: readonly PickleConstant[]
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
export function runPickle(bytes: Bytes, start: number, _options: PickleOptions): PickleRun {
  return {
    program: { language: 'pickle', start, end: start, acts: [], incomplete: 'Not read yet.' },
    start,
    end: Math.min(start, bytes.size),
    protocol: 0,
    root: null,
    damaged: 'Not read yet.',
    constants: [],
    notes: [],
  }
}
