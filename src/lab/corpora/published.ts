import type { Row } from '../../core/index.ts'
import type { Poisoned } from '../poison.ts'
import { isThere, shared, tabbed } from './files.ts'

/** Poisoned sets that others published, with their first rows poisoned. */
const sets = {
  'sst2-syntactic': { file: 'text/sst2/syntactic/train.tsv', poisoned: 1383 },
  'olid-syntactic': { file: 'text/olid/syntactic/train.tsv', poisoned: 2383 },
} as const

export type PublishedSet = keyof typeof sets
export const publishedSets = Object.keys(sets) as readonly PublishedSet[]

/** The published set with its truth; null when its file is not here. */
export function published(id: PublishedSet): Poisoned | null {
  const { file, poisoned } = sets[id]
  const path = shared(file)
  if (!isThere(path)) return null
  const rows = tabbed(path, { text: 0, label: 1 })
  return { rows, truth: new Set(Array.from({ length: poisoned }, (_, i) => i)), names: [], wanted: poisoned }
}

/** The poisoned rows of a published set, for attacks that take donors; none when its file is not here. */
export function donorsOf(id: PublishedSet): readonly Row[] {
  const set = published(id)
  return set ? set.rows.slice(0, set.truth.size) : []
}
