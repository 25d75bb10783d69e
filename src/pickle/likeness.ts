import { isLost, kinds, parts } from './arena.ts'
import type { Machine } from './machine.ts'
import { pathOf } from './show.ts'

/** Texts and bytes up to this are compared by their letters, longer ones by their place. */
const compared = 200
const mostItems = 4
const mostDepth = 2

/** A text that is equal for arguments that a judge need not tell apart. */
export function argumentKey(machine: Machine, handle: number, depth = 0): string {
  const { arena } = machine
  if (handle >= 0) return constantKey(machine, handle)
  const kind = arena.kind(handle)
  if (kind === kinds.global) return `g${handle}`
  if (kind === kinds.persistent || kind === kinds.opaque) return `o${kind}`
  if (kind === kinds.call) {
    const path = pathOf(machine, handle)
    return path === null ? 'c' : JSON.stringify([path.module, path.name])
  }
  if (isLost(handle)) return `o${kind}`
  const part = kind === kinds.dict ? parts.entries : parts.items
  const items = arena.items(handle, part, mostItems + 1)
  if (items.length > mostItems || depth >= mostDepth) return `${kind}+`
  return `${kind}(${items.map(item => argumentKey(machine, item, depth + 1)).join(',')})`
}

function constantKey(machine: Machine, handle: number): string {
  if (machine.constants.isLonger(handle, compared)) return `@${handle}`
  const value = machine.constants.value(handle)
  if (typeof value === 'string') return JSON.stringify(value)
  if (value === null || typeof value !== 'object') return `${typeof value} ${value}`
  if (value.kind === 'opaque') return `@${handle}`
  return `b${machine.constants.view(value.offset, value.offset + value.size).join(' ')}`
}
