import { pictureClasses } from '../../core/index.ts'
import type { Thumbnails } from '../../statistics/index.ts'

/** How likely each label is for each picture by its look alone, said so carefully that honest errors are no surprise. */
export interface Surprise {
  readonly pictures: number
  readonly classes: number
  /** Index of each picture's label; -1 where it has none that is judged. */
  readonly label: Int32Array
  /** The class that each picture looks like. */
  readonly look: Int32Array
  /** The class that it clearly looks like where its own label is left out; -1 where there is none. */
  readonly second: Int32Array
  /** For each picture the first of those that look nearly the same: frames of one scene are one observation. */
  readonly group: Int32Array
  /** Chance of each class for each picture, `classes` numbers a picture, never too small. */
  readonly chance: Float32Array
  /** Share of pictures that are taken for their own class. */
  readonly accuracy: number
}

/** The odds of a label are taken this many times over: what a picture shows tells more than we can see. */
const odds = 2.5
const most = 0.97
/** Share of what its label leaves from which a picture clearly looks like another class. */
const clear = 0.7

/**
 * The chance of a label is the larger of what a classifier says that saw neither the picture nor those like it, and the
 * share of that label among all pictures that look like the same class. The second makes wrong labels no surprise: a
 * patch is suspect only when pictures that look the same and lack it are labelled otherwise.
 */
export function surpriseOf(thumbnails: Thumbnails): Surprise {
  const { classes, label, group, probability, accuracy } = pictureClasses(thumbnails)
  const pictures = label.length
  const look = new Int32Array(pictures)
  const second = new Int32Array(pictures)
  const counts = new Float64Array(classes * classes)
  const looking = new Float64Array(classes)
  for (let i = 0; i < pictures; i++) {
    const likely = likeliest(probability, i * classes, classes, -1)
    look[i] = likely
    second[i] = clearSecond(probability, i * classes, classes, label[i]!)
    looking[likely]!++
    if (label[i]! >= 0) counts[likely * classes + label[i]!]!++
  }
  const chance = new Float32Array(pictures * classes)
  for (let i = 0; i < pictures; i++)
    for (let c = 0, at = i * classes; c < classes; c++, at++) {
      const share = (counts[look[i]! * classes + c]! + 0.5) / (looking[look[i]!]! + 1)
      const chanceOf = Math.max(probability[at]!, share)
      chance[at] = Math.min(most, (chanceOf * odds) / (1 - chanceOf + chanceOf * odds))
    }
  return { pictures, classes, label, look, second, group, chance, accuracy }
}

/** The class that has nearly all of what a label leaves. */
function clearSecond(probability: Float32Array, at: number, classes: number, label: number): number {
  const likely = likeliest(probability, at, classes, label)
  let sum = 0
  for (let c = 0; c < classes; c++) if (c !== label) sum += probability[at + c]!
  return probability[at + likely]! >= clear * sum ? likely : -1
}

function likeliest(probability: Float32Array, at: number, classes: number, except: number): number {
  let likely = except === 0 ? 1 : 0
  for (let c = 0; c < classes; c++) if (c !== except && probability[at + c]! > probability[at + likely]!) likely = c
  return likely
}
