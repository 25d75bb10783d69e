import { type Dtype, numpyDtypes } from '../../core/index.ts'
import type { Literal } from './literal.ts'

/** What the elements of an array are. */
export interface ElementType {
  readonly itemBytes: number
  /** Some part of an element is a Python object: the data is a pickle. */
  readonly objects: boolean
  readonly dtype: Dtype | null
  readonly bigEndian: boolean
}

/** The type that a NumPy description means; null when there is no such type. */
export function typeOf(description: Literal): ElementType | null {
  if (typeof description === 'string') return simple(description)
  if (!Array.isArray(description)) return null
  let itemBytes = 0
  let objects = false
  for (const field of description as readonly Literal[]) {
    if (!Array.isArray(field) || field.length < 2) return null
    const [, inner, shape] = field as readonly Literal[]
    const type = inner === undefined ? null : typeOf(inner)
    if (!type) return null
    const repeated = shape === undefined ? 1 : product(typeof shape === 'number' ? [shape] : shape)
    if (repeated === null) return null
    itemBytes += type.itemBytes * repeated
    objects ||= type.objects
  }
  return { itemBytes, objects, dtype: null, bigEndian: false }
}

function simple(description: string): ElementType | null {
  const found = /^([<>|=]?)([?bBhHiIlLqQefdgFDGSUVOMmuc])(\d{0,9})(\[[^\]]{1,20}\])?$/.exec(description)
  if (!found) return null
  const [, order = '', kind = '', digits = ''] = found
  const size = digits === '' ? 1 : Number(digits)
  const dtype = numpyDtypes[kind + digits] ?? null
  const objects = kind === 'O'
  return { itemBytes: objects ? 8 : kind === 'U' ? size * 4 : size, objects, dtype, bigEndian: order === '>' }
}

/** Product of a shape; null when it is none. */
export function product(shape: Literal): number | null {
  if (!Array.isArray(shape)) return null
  let all = 1
  for (const size of shape as readonly Literal[]) {
    if (typeof size !== 'number' || size < 0) return null
    all *= size
  }
  return Number.isSafeInteger(all) ? all : null
}
