import { logBinomialTail } from '../../core/index.ts'
import type { Thumbnails } from '../../statistics/index.ts'
import { countsOf, type Group } from './groups.ts'

/** Honest annotators give the same picture another label at most this often. */
const honest = 0.1

/** Copies that bear different labels, all groups together. */
export interface Conflicts {
  readonly groups: readonly Group[]
  /** Places of the pictures whose label is not the one that most of their group bear; of even groups all. */
  readonly places: readonly number[]
  /** The label that most groups share, when it is in nearly all of them and there are other labels enough. */
  readonly towards: number | null
  /** Natural logarithm of the chance of so many, and so much one way, among honest copies. */
  readonly logChance: number
}

/** Groups with more than one label. */
export const disputedOf = (groups: readonly Group[], { label }: Thumbnails): Group[] =>
  groups.filter(({ places }) => countsOf(places, label).size > 1)

/**
 * Groups of copies with more than one label; null when there are none.
 * @param refuted groups that turned out, near by, to be no copies under different labels
 */
export function conflicts(groups: readonly Group[], thumbs: Thumbnails, refuted: ReadonlySet<Group>): Conflicts | null {
  const { label, labels } = thumbs
  const disputed = disputedOf(groups, thumbs).filter(group => !refuted.has(group))
  if (disputed.length === 0) return null
  const told = groups.filter(({ places }) => places.filter(i => label[i]! >= 0).length > 1).length
  const many = logBinomialTail(disputed.length, told, honest)
  const way = oneWay(disputed, label, labels.length)
  const towards = way && way.logChance < Math.log(1e-3) ? way.label : null
  const places = disputed.flatMap(group => contraryOf(group, label, towards))
  return { groups: disputed, places, towards, logChance: Math.min(0, many, way ? way.logChance : 0) }
}

/** The label that stands in more of the groups than chance would put it, when labels err any way. */
function oneWay(groups: readonly Group[], label: Int32Array, classes: number) {
  if (classes < 4) return null
  const counts = new Map<number, number>()
  for (const { places } of groups)
    for (const [own] of countsOf(places, label)) counts.set(own, (counts.get(own) ?? 0) + 1)
  const [top] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  if (!top) return null
  const own = label.reduce((rows, value) => rows + Number(value === top[0]), 0)
  const all = label.reduce((rows, value) => rows + Number(value >= 0), 0)
  const usual = Math.min(0.9, 2 * Math.max(1 / classes, own / Math.max(1, all)))
  return { label: top[0], logChance: Math.min(0, logBinomialTail(top[1], groups.length, usual) + Math.log(classes)) }
}

function contraryOf(group: Group, label: Int32Array, towards: number | null): number[] {
  const counts = countsOf(group.places, label)
  if (towards !== null && counts.has(towards)) return group.places.filter(i => label[i] === towards)
  const most = Math.max(...counts.values())
  const leading = [...counts].filter(([, rows]) => rows === most).map(([own]) => own)
  if (leading.length > 1) return group.places.filter(i => label[i]! >= 0)
  return group.places.filter(i => label[i]! >= 0 && label[i] !== leading[0])
}
