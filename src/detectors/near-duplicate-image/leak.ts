import { labelOf, type Part, partOf, type Row, type RowId } from '../../core/index.ts'
import type { Thumbnails } from '../../statistics/index.ts'
import type { Group } from './groups.ts'

/** Pictures of one split that repeat pictures of the training split. */
export interface Leak {
  readonly from: string
  readonly to: string
  readonly places: number[]
  readonly groups: Group[]
}

const trains = /^train/i

/** Where copies of training pictures stand in other splits. */
export function leaks(
  groups: readonly Group[],
  { rows }: Thumbnails,
  about: { readonly parts: readonly Part[]; readonly cells: ReadonlyMap<RowId, Row> },
): Leak[] {
  const splitOf = (i: number): string | null =>
    labelOf(about.cells.get(rows[i]!)?.split) ?? about.parts[partOf(rows[i]!)]?.split ?? null
  const found = new Map<string, Leak>()
  for (const group of groups) {
    const splits = group.places.map(splitOf)
    const from = splits.find(split => split !== null && trains.test(split))
    if (!from) continue
    const others = new Set(splits.filter((split): split is string => split !== null && split !== from))
    for (const to of others) {
      const leak = found.get(to) ?? { from, to, places: [], groups: [] }
      found.set(to, leak)
      leak.groups.push(group)
      leak.places.push(...group.places.filter((_, k) => splits[k] === to))
    }
  }
  return [...found.values()].sort((a, b) => (a.to < b.to ? -1 : 1))
}
