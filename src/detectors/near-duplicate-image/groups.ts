import type { PictureCopies, RowId } from '../../core/index.ts'
import type { Thumbnails } from '../../statistics/index.ts'

/** Pictures that are copies of one. */
export interface Group {
  /** Places of its pictures among the thumbnails, the one that stands for it first. */
  readonly places: readonly number[]
  /** Least likeness of a picture to the first. */
  readonly likeness: number
  /** The most frequent label, -1 when none has one, and how many have it. */
  readonly label: number
  readonly agreeing: number
}

/** Groups of two and more, the largest first. */
export function groupsOf({ centre, likeness }: PictureCopies, { label }: Thumbnails): Group[] {
  const members = new Map<number, number[]>()
  centre.forEach((own, i) => {
    if (own === i) return
    const group = members.get(own) ?? [own]
    members.set(own, group)
    group.push(i)
  })
  const groups = [...members.values()].map(places => ({
    places,
    likeness: places.reduce((least, i) => Math.min(least, likeness[i]!), 1),
    ...commonLabel(places, label),
  }))
  return groups.sort((a, b) => b.places.length - a.places.length || a.places[0]! - b.places[0]!)
}

function commonLabel(places: readonly number[], label: Int32Array): Pick<Group, 'label' | 'agreeing'> {
  const counts = countsOf(places, label)
  const [top] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return top ? { label: top[0], agreeing: top[1] } : { label: -1, agreeing: 0 }
}

/** How many of the pictures have each label. */
export function countsOf(places: readonly number[], label: Int32Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const i of places) if (label[i]! >= 0) counts.set(label[i]!, (counts.get(label[i]!) ?? 0) + 1)
  return counts
}

/** The rows of some places, in the order of the table. */
export const rowsAt = (places: readonly number[], { rows }: Thumbnails): RowId[] =>
  places.map(i => rows[i]!).sort((a, b) => a - b)
