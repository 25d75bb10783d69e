import { kinds, parts } from './arena.ts'
import { littleEndian } from './constants.ts'
import type { Effect } from './effects.ts'
import type { Machine } from './machine.ts'
import { names } from './opcodes.ts'
import { builtBy } from './root.ts'

/** Values of an object that are made to ask whether an array follows. */
const mostWrapper = 256
/** Longest name that is made; Python takes longer ones, nobody has them. */
const mostName = 65_536

/** Both lines of GLOBAL or INST. */
function namedBy(machine: Machine): number {
  const { at, next, tape } = machine
  const middle = tape.newline(at + 1)
  const text = (start: number, end: number) => machine.constants.name(start, Math.min(end, start + mostName))
  const module = text(at + 1, middle)
  const name = text(middle + 1, next - 1)
  if (module === '' || name === '') machine.disagree('an empty name', 'Python looks it up, C refuses')
  if (/[^\x00-\x7f]/.test(module + name))
    machine.disagree('a name with letters beyond ASCII', 'some readers refuse them')
  return machine.arena.global(module, name)
}

const called = (machine: Machine, code: number, callee: number, args: number): number => {
  const made = machine.arena.make(kinds.call, callee, args)
  machine.push(made)
  machine.watcher.called(machine, made, code)
  return made
}

const reduce: Effect = (machine, code) => {
  const args = machine.pop()
  called(machine, code, machine.pop(), args)
}

const withKeywords: Effect = (machine, code) => {
  const keywords = machine.pop()
  const args = machine.pop()
  const callee = machine.pop()
  const made = machine.arena.make(kinds.call, callee, args)
  machine.arena.extend(made, parts.keywords, Float64Array.of(keywords), 0, 1)
  machine.push(made)
  machine.watcher.called(machine, made, code)
}

const stackGlobal: Effect = (machine, code) => {
  const name = machine.pop()
  const module = machine.pop()
  const by = names[code]!
  const [nameText, moduleText] = [textOf(machine, name), textOf(machine, module)]
  if (nameText !== null && moduleText !== null) {
    const made = machine.arena.global(moduleText, nameText)
    machine.watcher.resolved(machine, made, by)
    const other = machine.arena.global(otherText(machine, module, moduleText), otherText(machine, name, nameText))
    if (other === made) return machine.push(made)
    machine.disagree('a name in letters beyond ASCII that the loader decodes', 'which name it is is up to the loader')
    machine.watcher.resolved(machine, other, by)
  }
  const made = machine.arena.opaque('a global whose name is computed')
  machine.push(made)
  machine.watcher.unresolved(machine, made, nameText ?? '', by, [module, name])
}

const textOf = (machine: Machine, handle: number): string | null =>
  handle >= 0 ? machine.constants.text(handle, mostName) : null

/** The same constant when the loader takes bytes for Latin letters; texts that are no bytes stay as they are. */
const otherText = (machine: Machine, handle: number, text: string): string =>
  /[^\x00-\x7f]/.test(text) ? (machine.constants.latin(handle) ?? text) : text

const global: Effect = (machine, code) => {
  const made = namedBy(machine)
  machine.push(made)
  machine.watcher.resolved(machine, made, names[code]!)
}

const instance: Effect = (machine, code) => {
  const made = namedBy(machine)
  machine.watcher.resolved(machine, made, names[code]!)
  const args = machine.gather(kinds.tuple, parts.items, machine.unmark())
  called(machine, code, made, args)
}

const object: Effect = (machine, code) => {
  const from = machine.unmark()
  const { stack } = machine
  const known = stack.length > from
  const callee = known ? stack.data[from]! : machine.pop()
  const args = machine.arena.make(kinds.tuple, 0, 0)
  if (stack.length > from + 1) machine.arena.extend(args, parts.items, stack.data, from + 1, stack.length)
  if (known) stack.length = from
  called(machine, code, callee, args)
}

const build: Effect = (machine, code) => {
  const { stack, arena } = machine
  const state = machine.pop()
  const target = machine.top()
  const kind = arena.kind(target)
  const height = stack.length
  if (kind <= kinds.frozenset) return
  stack.push(state)
  if (kind === kinds.call) arena.extend(target, parts.state, stack.data, height, height + 1)
  stack.length = height
  machine.watcher.set(machine, target, code, height, height + 1)
  if (machine.arrays && kind === kinds.call) skipArray(machine, target)
}

/** Steps over raw bytes that are no opcodes for the loader at hand. */
function skipArray(machine: Machine, target: number): void {
  const value = builtBy(machine, target, mostWrapper)
  if (typeof value !== 'object' || value === null || value.kind !== 'call') return
  const size = machine.arrays!(value, machine.next)
  if (size > 0) machine.next = Math.min(machine.next + size, machine.tape.size)
}

const extension: Effect = (machine, code) => {
  const size = machine.next - machine.at - 1
  const number = size === 4 ? littleEndian(machine.tape.data, machine.here + 1) | 0 : machine.argument()
  const made = machine.arena.opaque('an extension code')
  machine.push(made)
  machine.watcher.unresolved(machine, made, `extension ${number}`, names[code]!, [])
}

const persistent =
  (popped: boolean): Effect =>
  (machine, code) => {
    const made = machine.arena.make(kinds.persistent, popped ? machine.pop() : machine.at, 0)
    machine.push(made)
    machine.watcher.persisted(machine, made, names[code]!)
  }

/** Opcodes that name, call or set something outside. */
export const calls: Readonly<Record<string, Effect>> = {
  GLOBAL: global,
  STACK_GLOBAL: stackGlobal,
  INST: instance,
  OBJ: object,
  REDUCE: reduce,
  NEWOBJ: reduce,
  NEWOBJ_EX: withKeywords,
  BUILD: build,
  EXT1: extension,
  EXT2: extension,
  EXT4: extension,
  PERSID: persistent(false),
  BINPERSID: persistent(true),
}
