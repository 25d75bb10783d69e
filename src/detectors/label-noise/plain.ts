import { logBinomialTail } from '../../core/index.ts'
import type { LabelDoubt, TextModel } from '../../statistics/index.ts'
import { toldClasses } from './told.ts'

/** Rows that plainly speak for one class, and how many of them have a given other label. */
interface PlainRows {
  readonly given: number
  readonly likely: number
  /** Plain rows with either label. */
  readonly rows: number
  readonly wrong: number
  /** Probability of the likely class from which a row is plain. */
  readonly from: number
  /** Natural logarithm of the chance of so many, over all pairs of labels. */
  readonly logChance: number
}

/** Rows are plain when they speak for the class more than nine in ten rows of that class do. */
const plainShare = 0.1
/** Fewer plain rows say nothing about a rate of one in twenty. */
const fewest = 100
/** Where the other label is more than this multiple of its usual share, the text decides nothing and nothing is plain. */
const stillPlain = 0.5
/** A class is known when most of its rows are recognised; else its disagreements are the model's fault. */
const recognised = 0.5

/**
 * Hard texts are mislabelled by honest people and misread by models, but the plainer the text, the rarer that is.
 * Wrong labels that were given without reading do not become rarer: so they are counted where the text is plainest.
 * @param honest share of plain rows that honest annotators mislabel
 */
function plainlyWrong(text: TextModel, doubt: LabelDoubt, honest: number): PlainRows[] {
  const { classes, steps } = doubt
  const told = toldClasses(text).map(c => c.told)
  const apart = shareApart(text)
  const found: PlainRows[] = []
  const width = steps.length / classes ** 2
  const of = (given: number, likely: number) =>
    steps.subarray((given * classes + likely) * width, (given * classes + likely + 1) * width)
  for (let likely = 0; likely < classes; likely++) {
    if (!told[likely]) continue
    const own = of(likely, likely)
    const all = own.reduce((a, b) => a + b, 0)
    const known = own.subarray(width / 2).reduce((a, b) => a + b, 0)
    if (plainShare * all < fewest || known / all < recognised) continue
    const from = plainestStep(own, plainShare * all)
    for (let given = 0; given < classes; given++) {
      if (given === likely) continue
      const copied = of(given, likely)
        .subarray(from)
        .reduce((a, b) => a + b, 0)
      const wrong = Math.round(copied * wrongApart(doubt, given, likely, plainFrom(from)))
      const rows = wrong + Math.round(apart[likely]! * own.subarray(from).reduce((a, b) => a + b, 0))
      const others = of(given, likely).reduce((a, b) => a + b, 0)
      if (wrong / rows > (stillPlain * others) / (others + all)) continue
      const logChance = Math.min(0, logBinomialTail(wrong, rows, honest) + Math.log(classes * (classes - 1)))
      found.push({ given, likely, rows, wrong, from: plainFrom(from), logChance })
    }
  }
  return found.sort((a, b) => a.logChance - b.logChance || b.wrong - a.wrong)
}

/** By class: the share of its rows that are no copies of another one. */
function shareApart({ label, model: { classes }, repeated }: TextModel): Float64Array {
  const all = new Float64Array(classes)
  const apart = new Float64Array(classes)
  label.forEach((y, i) => {
    all[y]!++
    if (!repeated[i]) apart[y]!++
  })
  return apart.map((n, y) => n / Math.max(1, all[y]!))
}

/** The share of the doubted rows that are no copies of another one: of copies, the model says the very same. */
function wrongApart({ rows }: LabelDoubt, given: number, likely: number, from: number): number {
  const listed = rows.filter(r => r.given === given && r.likely === likely && r.best >= from)
  return new Set(listed.map(r => r.own)).size / Math.max(1, listed.length)
}

/** Probability at which a step of log odds begins. */
const plainFrom = (step: number): number => 1 / (1 + Math.exp(8 - step / 4))

/** The step from which upwards at least `enough` rows lie. */
function plainestStep(own: Float64Array, enough: number): number {
  let sum = 0
  for (let step = own.length - 1; step > own.length / 2; step--) {
    sum += own[step]!
    if (sum >= enough) return step
  }
  return own.length / 2
}

/** Noise has one direction when its mirror image is less than this multiple as frequent. */
const mirrored = 0.5

/** What honest labels may be, and the chance of holding them. */
export interface Bounds {
  readonly honest: number
  readonly risk: number
}

/** The pair of labels whose plain rows are wrong beyond what honest labels explain, with the rows. */
export function plainFinding(
  text: TextModel,
  doubt: LabelDoubt,
  joint: readonly Float64Array[],
  names: readonly string[],
  { honest, risk }: Bounds,
) {
  const pairs = plainlyWrong(text, doubt, honest)
  const worst = pairs[0]
  if (!worst || worst.logChance > Math.log(risk)) return null
  const { given, likely, rows, wrong } = worst
  const mirror = pairs.find(p => p.given === likely && p.likely === given)
  const lopsided = mirror === undefined || mirror.wrong / mirror.rows < (mirrored * wrong) / rows
  return {
    message: mirror && lopsided ? ('directional' as const) : ('plain' as const),
    matrix: {
      labels: names.slice(0, 64),
      counts: joint.slice(0, 64).map(row => [...row.subarray(0, 64)].map(Math.round)),
      score: -worst.logChance,
      expected: -Math.log(risk),
    },
    rows: doubt.rows.filter(r => r.best >= worst.from && (!lopsided || (r.given === given && r.likely === likely))),
    values: {
      plain: rows,
      flipped: wrong,
      likely: names[likely]!,
      given: names[given]!,
      bound: Math.ceil(honest * rows),
    },
  }
}
