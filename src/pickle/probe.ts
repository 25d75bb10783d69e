import { counted } from './constants.ts'
import { codeOf, forms, written } from './opcodes.ts'

/** What a walk over opcodes saw, without stack and memo. */
export interface Probe {
  /** Opcodes that were whole. */
  readonly steps: number
  /** Whether something is looked up: a global with names that can be names, an extension code. */
  readonly names: boolean
  /** How the walk ended. */
  readonly ended: 'stop' | 'cut' | 'broken'
  readonly end: number
}

const stop = codeOf.get('STOP')!
const global = codeOf.get('GLOBAL')!
const inst = codeOf.get('INST')!
const lookups = new Set(['STACK_GLOBAL', 'EXT1', 'EXT2', 'EXT4'].map(name => codeOf.get(name)!))
const longestName = 500

/** Walks over opcodes from a place, at most so many. Cheap: tells what cannot be a pickle from what may be one. */
export function probe(data: Uint8Array, from: number, most: number): Probe {
  let at = from
  let named = false
  let steps = 0
  const ended = (how: Probe['ended']): Probe => ({ steps, names: named, ended: how, end: at })
  for (; steps < most; steps++) {
    if (at >= data.length) return ended('cut')
    const code = data[at]!
    const next = behind(data, code, at)
    if (next < 0) return ended('broken')
    if (next > data.length) return ended('cut')
    if (code === global || code === inst) {
      if (!nameable(data, at + 1, next)) return ended('broken')
      named = true
    }
    if (lookups.has(code)) named = true
    at = next
    if (code === stop) return ended('stop')
  }
  return ended('cut')
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
