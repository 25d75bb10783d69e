import type { Cell } from '../core/index.ts'

/** Deepest nesting that is kept; what lies deeper is left out. */
const mostDepth = 64

/** A value of a binary format as a cell: exact integers stay numbers, others become text, times ISO 8601. */
export function cellOf(value: unknown, depth = 0): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value !== 'object' || depth >= mostDepth) return null
  if (value instanceof Uint8Array) return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, v => cellOf(v) as never)
  if ('toJSON' in value && typeof value.toJSON === 'function') return cellOf(value.toJSON(), depth + 1)
  if (Array.isArray(value)) return value.map(v => cellOf(v, depth + 1) as never)
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, cellOf(v, depth + 1) as never]))
}
