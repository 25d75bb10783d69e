import { counted } from './constants.ts'
import { codeOf, forms, names, written } from './opcodes.ts'

/** How a walk over opcodes ended, and in `named` whether something was looked up on the way. */
export const walks = { stop: 1, cut: 2, broken: 3, named: 4 } as const

const stop = codeOf.get('STOP')!
const global = codeOf.get('GLOBAL')!
const inst = codeOf.get('INST')!
const lookups = Uint8Array.from({ length: 256 }, (_, code) =>
  ['STACK_GLOBAL', 'EXT1', 'EXT2', 'EXT4'].includes(names[code] ?? '') ? walks.named : 0,
)
const longestName = 500

/**
 * Walks over opcodes from the first byte, at most so many, without stack and memo: tells what cannot be a pickle from
 * what may be one. @returns one of `walks.stop`, `cut` and `broken`, with `named` added when a global with a name that
 * can be one or an extension code was looked up
 */
export function walked(data: Uint8Array, most: number): number {
  let named = 0
  let at = 0
  for (let steps = 0; steps < most; steps++) {
    if (at >= data.length) return walks.cut | named
    const code = data[at]!
    const next = behind(data, code, at)
    if (next < 0) return walks.broken | named
    if (next > data.length) return walks.cut | named
    if (code === stop) return walks.stop | named
    if (code === global || code === inst) {
      if (!nameable(data, at + 1, next)) return walks.broken | named
      named = walks.named
    }
    named |= lookups[code]!
    at = next
  }
  return walks.cut | named
}

/** Place behind an opcode; -1 when it is none, beyond the end when it is cut. */
function behind(data: Uint8Array, code: number, at: number): number {
  const form = forms[code]!
  if (form < 16) return at + 1 + form
  if (form === written.unknown) return -1
  if (form < written.line) {
    if (at + 9 > data.length) return data.length + 1
    const { header, size } = counted(form, data, at)
    return at + header + size
  }
  let end = at
  for (let lines = form === written.lines ? 2 : 1; lines > 0; lines--) {
    end = data.indexOf(10, end + 1)
    if (end < 0) return data.length + 1
  }
  return end + 1
}

/** Whether two lines can be the names of a module and of something in it. */
function nameable(data: Uint8Array, start: number, end: number): boolean {
  if (end - start > longestName) return false
  for (let at = start; at < end; at++) {
    const byte = data[at]!
    if (byte < 32 && byte !== 10 && byte !== 13) return false
  }
  return data[start] !== 10
}

/** Opcodes in a row that have to fit before a place in other bytes is worth a trial. */
const fitting = 40
const proto = codeOf.get('PROTO')!
const texts = new Set(['SHORT_BINUNICODE', 'BINUNICODE', 'BINUNICODE8'].map(name => codeOf.get(name)!))

/** Whether a pickle may begin at a place among other bytes: a header, a named global, or texts that name one. */
export function mayBegin(data: Uint8Array, at: number): boolean {
  const code = data[at]!
  if (code === proto) return data[at + 1]! <= 5 && (walked(data.subarray(at), fitting) & walks.broken) !== walks.broken
  if (code === global || code === inst) {
    const next = behind(data, code, at)
    return next > 0 && next <= data.length && nameable(data, at + 1, next)
  }
  return texts.has(code) && (walked(data.subarray(at, at + 512), 6) & walks.named) !== 0
}
