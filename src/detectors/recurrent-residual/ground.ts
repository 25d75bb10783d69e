import { dotScorer, type PictureClasses } from '../../core/index.ts'
import type { Standard } from './standard.ts'

/** Dot products of some rows with weights. */
type Scorer = (weights: Float64Array) => Float64Array

/** Everything that templates are made of and scored on. */
export interface Ground {
  /** The squares themselves: red, green and blue, `side * side * 3` bytes a picture. */
  readonly pixels: Uint8Array
  readonly views: readonly Standard[]
  readonly looks: Standard
  /** Index of each row's label; -1 where there is none. */
  readonly label: Int32Array
  /** An even sample of all rows, and its scorers: one a view, and one for looks. */
  readonly sample: Int32Array
  readonly crowd: readonly Scorer[]
  readonly crowdLooks: Scorer
  /** How likely each row's own label is by how it looks, to a model that did not see it; null without labels. */
  readonly ownChance: Float32Array | null
  /** The first one of the pictures that look nearly the same as each; null without labels. */
  readonly group: Int32Array | null
}

/** Some rows laid out to be scored again and again. */
export interface Among {
  readonly rows: Int32Array
  readonly scorers: readonly Scorer[]
  /** Place of each row in `rows`. */
  readonly place: ReadonlyMap<number, number>
}

/** Lays rows out. */
export const among = (views: readonly Standard[], rows: Int32Array): Among => ({
  rows,
  scorers: views.map(view => dotScorer(view, rows)),
  place: new Map(Array.from(rows, (row, k) => [row, k])),
})

/** The ground of a corpus. */
export function groundOf(
  pixels: Uint8Array,
  views: readonly Standard[],
  looks: Standard,
  label: Int32Array,
  sample: Int32Array,
  classes: PictureClasses | null,
): Ground {
  const ownChance = classes && Float32Array.from(label, (own, row) => ownChanceOf(classes, own, row))
  const crowd = views.map(view => dotScorer(view, sample))
  return {
    pixels,
    views,
    looks,
    label,
    sample,
    crowd,
    crowdLooks: dotScorer(looks, sample),
    ownChance,
    group: classes?.group ?? null,
  }
}

/** A label that the classes leave out says nothing about its rows. */
const unknownChance = 0.5
const ownChanceOf = ({ classes, probability }: PictureClasses, own: number, row: number): number =>
  own < 0 || own >= classes ? unknownChance : probability[row * classes + own]!
