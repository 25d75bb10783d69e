import { alikeGroups } from '../math/alike.ts'
import { outOfFold } from '../math/discriminant.ts'
import { type LeadingRows, leadingRows } from '../math/principal.ts'
import { appearanceSide, appearanceSize, appearancesOf } from './appearance.ts'

/** Squares of pictures with labels by falling frequency, as the statistic `thumbnails` gives them. */
export interface LabelledSquares {
  readonly side: number
  readonly pixels: Uint8Array
  /** How they appear, where that is known. */
  readonly appearances?: Float32Array
  readonly labels: readonly string[]
  /** Index of each picture's label; -1 where there is none. */
  readonly label: Int32Array
}

type BareSquares = Pick<LabelledSquares, 'side' | 'pixels' | 'appearances'>

/** How pictures appear, and which class they would be taken for. */
export interface PictureClasses {
  /** `columns` numbers a picture, each with mean 0 and deviation 1. */
  readonly values: Float32Array
  readonly columns: number
  /** Classes that are told apart: the first so many labels. */
  readonly classes: number
  /** Class of each picture; -1 where it has no label or one of those left out. */
  readonly label: Int32Array
  /** For each picture the first one of those that look nearly the same: copies, and frames of one scene. */
  readonly group: Int32Array
  /** Probability of each class by a model that saw neither the picture nor its group; `classes` numbers a picture. */
  readonly probability: Float32Array
  /** Share of pictures taken for their own class: what the appearance tells of the labels. */
  readonly accuracy: number
}

/** Labels that are told apart; more cost time and have few pictures each. */
const mostClasses = 128
/** Numbers of probabilities that are kept. */
const mostCells = 6_000_000
/** A label of fewer pictures cannot be learnt without them. */
const fewest = 5
/** Cosine from which two pictures are taken for views of the same thing. */
const sameView = 0.85

const appearances = new WeakMap<Uint8Array, Float32Array>()
const leading = new WeakMap<Uint8Array, LeadingRows>()
const known = new WeakMap<Uint8Array, PictureClasses>()

/** Directions in which appearances vary most: the first dozens hold what pictures have in common and poison shares. */
const mostDirections = 24

/** How the squares appear: `appearanceSize` numbers each. The same squares are measured once. */
export function appearancesOnce({ side, pixels, appearances: given }: BareSquares): Float32Array {
  if (side !== appearanceSide) throw new RangeError(`squares of ${appearanceSide} pixels are wanted, not of ${side}`)
  let found = given ?? appearances.get(pixels)
  if (!found) appearances.set(pixels, (found = appearancesOf(pixels)))
  return found
}

/** How the squares appear, in the coordinates of the directions in which they vary most. The same squares are turned once. */
export function leadingAppearances(squares: BareSquares): LeadingRows {
  let found = leading.get(squares.pixels)
  if (!found) {
    found = leadingRows(appearancesOnce(squares), appearanceSize, mostDirections)
    leading.set(squares.pixels, found)
  }
  return found
}

/** What class each picture looks like to a model that did not see it. The same squares are judged once. */
export function pictureClasses(squares: LabelledSquares): PictureClasses {
  const found = known.get(squares.pixels)
  if (found) return found
  const made = classedRows(appearancesOnce(squares), appearanceSize, squares)
  known.set(squares.pixels, made)
  return made
}

/** The same for any numbers that stand for pictures, such as those of a user's model; nothing is remembered. */
export function classedRows(
  values: Float32Array,
  columns: number,
  { labels, label }: Pick<LabelledSquares, 'labels' | 'label'>,
): PictureClasses {
  const counts = new Int32Array(labels.length)
  for (const c of label) if (c >= 0) counts[c]!++
  const room = Math.min(mostClasses, Math.floor(mostCells / Math.max(1, label.length)))
  const classes = Math.min(room, counts.filter(n => n >= fewest).length)
  const own = label.map(c => (c < classes ? c : -1))
  const group = alikeGroups(values, columns, sameView)
  const told = classes < 2 ? null : outOfFold({ values, columns, label: own, classes, group })
  return {
    values,
    columns,
    classes,
    label: own,
    group,
    probability: told?.probability ?? new Float32Array(label.length * classes).fill(1),
    accuracy: told?.accuracy ?? 0,
  }
}
