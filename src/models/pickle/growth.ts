import type { PickleValue } from '../../pickle/index.ts'

/** Values that a walk meets before it is called endless, and how many times over it must meet each. */
const endless = 1e9
const over = 1000
/** Streams up to this size are looked at: bombs are small, and honest ones of this size take milliseconds. */
export const mostBombBytes = 1 << 20

type Container = Exclude<PickleValue, number | bigint | string | boolean | null>

/**
 * Whether values hold the same values so many times over that whoever walks over them (to print, copy, compare or hash
 * them) never ends: the file is small, and what it stands for is not. Cycles are walked once.
 */
export function isBomb(root: PickleValue | null): boolean {
  if (root === null || typeof root !== 'object') return false
  /** 0 while what a value holds is counted. */
  const sizes = new Map<Container, number>()
  const open: Container[] = [root]
  for (let value = open.at(-1); value; value = open.at(-1)) {
    const known = sizes.get(value)
    if (known === undefined) {
      sizes.set(value, 0)
      for (const child of childrenOf(value)) if (!sizes.has(child)) open.push(child)
      continue
    }
    open.pop()
    if (known === 0)
      sizes.set(
        value,
        childrenOf(value).reduce((sum, child) => sum + (sizes.get(child) ?? 0), 1),
      )
  }
  const walked = sizes.get(root)!
  return walked > endless && walked > over * sizes.size
}

const isContainer = (value: PickleValue | undefined): value is Container => typeof value === 'object' && value !== null

function childrenOf(value: Container): Container[] {
  if ('items' in value && value.kind !== 'call') return value.items.filter(isContainer)
  if (value.kind === 'dict') return value.entries.flat().filter(isContainer)
  if (value.kind === 'persistent') return [value.id].filter(isContainer)
  if (value.kind !== 'call') return []
  const { callee, args, keywords, state, items = [], entries = [] } = value
  return [callee, ...args, keywords, state, ...items, ...entries.flat()].filter(isContainer)
}
