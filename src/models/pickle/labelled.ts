import type { Bytes } from '../../core/index.ts'
import type { PickleValue } from '../../pickle/index.ts'

const ofPictures = new Set(['data', 'images'])
const ofLabels = new Set(['label', 'labels', 'fine_labels', 'coarse_labels', 'target', 'targets'])
/** More keys than this has no batch of data. */
const mostKeys = 64
const longestKey = 16

/** True for a dictionary of an array and its labels, as the batches of CIFAR come: data in the form of a program. */
export function holdsLabelledPictures(root: PickleValue | null, bytes: Bytes): boolean {
  if (typeof root !== 'object' || root?.kind !== 'dict') return false
  const entries = root.entries.slice(0, mostKeys).map(([key, value]) => [keyOf(key, bytes), value] as const)
  return (
    entries.some(([key]) => ofLabels.has(key)) && entries.some(([key, value]) => ofPictures.has(key) && isArray(value))
  )
}

/** A key as text; empty for any other and for long ones. */
function keyOf(key: PickleValue, bytes: Bytes): string {
  if (typeof key === 'string') return key
  if (typeof key !== 'object' || key?.kind !== 'bytes' || key.size > longestKey) return ''
  return Buffer.from(bytes.read(key.offset, key.offset + key.size)).toString('latin1')
}

const isArray = (value: PickleValue): boolean =>
  typeof value === 'object' && (value?.kind === 'call' || value?.kind === 'bytes')
