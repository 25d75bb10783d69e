import type { Value } from '../core/index.ts'
import { isLost, kinds, parts } from './arena.ts'
import type { Machine } from './machine.ts'

/** Bounds of what is shown of a value. */
const mostArgs = 16
const mostText = 200
const mostBytes = 64
const mostDepth = 4
const mostHops = 8

/** What a callee is called: the global at its root, with `()` for each call of a result on the way. */
export interface Path {
  readonly module: string
  readonly name: string
}

/** The path of a callee; null when nothing at its root has a name. */
export function pathOf(machine: Machine, handle: number): Path | null {
  const { arena } = machine
  let hops = ''
  let at = handle
  while (arena.kind(at) === kinds.call && hops.length < 2 * mostHops) {
    hops += '()'
    at = arena.first(at)
  }
  if (arena.kind(at) !== kinds.global) return null
  const { module, name } = arena.globals[arena.first(at)]!
  return { module, name: name + hops }
}

/** The arguments of a call. */
export function argumentsOf(machine: Machine, call: number): number[] {
  const args = machine.arena.second(call)
  if (machine.arena.kind(args) === kinds.tuple && !isLost(args)) return machine.arena.items(args, parts.items, mostArgs)
  return [args]
}

/** A handle as detectors and people see it: bounded in depth and size. */
export function shown(machine: Machine, handle: number, depth = 0): Value {
  const { arena } = machine
  if (handle >= 0) return constantOf(machine, handle)
  const kind = arena.kind(handle)
  if (kind === kinds.global) return arena.globals[arena.first(handle)]!
  if (kind === kinds.opaque) return { kind: 'opaque', why: arena.reasons[arena.first(handle)]! }
  if (kind === kinds.persistent) return { kind: 'opaque', why: 'something that the loader finds by an id' }
  if (kind === kinds.call) return callOf(machine, handle, depth)
  if (isLost(handle)) return { kind: 'opaque', why: 'left out' }
  const part = kind === kinds.dict ? parts.entries : parts.items
  const items = depth >= mostDepth ? [] : arena.items(handle, part, mostArgs)
  return {
    kind: 'list',
    size: arena.size(handle, part) + (kind < kinds.global ? Math.max(0, arena.second(handle)) : 0),
    items: items.map(item => shown(machine, item, depth + 1)),
  }
}

function callOf(machine: Machine, handle: number, depth: number): Value {
  const path = pathOf(machine, machine.arena.first(handle))
  if (path === null) return { kind: 'opaque', why: 'what a call of something unknown returns' }
  const args = depth >= mostDepth ? [] : argumentsOf(machine, handle)
  return { kind: 'call', ...path, args: args.map(item => shown(machine, item, depth + 1)) }
}

function constantOf(machine: Machine, handle: number): Value {
  const text = machine.constants.head(handle, mostText)
  if (text !== null) return { kind: 'constant', value: text }
  const value = machine.constants.value(handle)
  if (value === null || typeof value !== 'object') return { kind: 'constant', value }
  if (value.kind === 'opaque') return value
  const head = machine.constants.view(value.offset, value.offset + Math.min(value.size, mostBytes)).slice()
  return { kind: 'bytes', size: value.size, head }
}
