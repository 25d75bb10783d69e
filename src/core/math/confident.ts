/** How labels seem to have been given: rows of each given class (row) that are confidently of each class (column). */
export interface ConfidentJoint {
  /** Mean probability that the rows of a class give their own class: what counts as confident. */
  readonly threshold: Float64Array
  /** Confident rows as counted. */
  readonly counted: readonly Float64Array[]
  /** Scaled so that each given class adds up to its rows. */
  readonly scaled: readonly Float64Array[]
  /** Rows of each given class. */
  readonly rows: Float64Array
}

/** Sums from which a confident joint is made; those of two shards add up. */
export interface Confidence {
  readonly rows: Float64Array
  readonly own: Float64Array
}

/** Mean self-confidence of each class. */
export function confidenceOf(probability: ArrayLike<number>, label: ArrayLike<number>, classes: number): Confidence {
  const rows = new Float64Array(classes)
  const own = new Float64Array(classes)
  for (let i = 0; i < label.length; i++) {
    const y = label[i]!
    rows[y]!++
    own[y] = own[y]! + probability[i * classes + y]!
  }
  return { rows, own }
}

/** The class a row is confidently of: the likeliest among those above their threshold, -1 when none is. */
export function confidentClass(probability: ArrayLike<number>, at: number, threshold: Float64Array): number {
  let best = -1
  for (let c = 0; c < threshold.length; c++) {
    const p = probability[at + c]!
    if (p >= threshold[c]! && (best < 0 || p > probability[at + best]!)) best = c
  }
  return best
}

/** The confident joint of Northcutt, Jiang and Chuang, Confident Learning (JAIR 2021), sections 3.1 and 3.2. */
export function confidentJoint(
  probability: ArrayLike<number>,
  label: ArrayLike<number>,
  classes: number,
): ConfidentJoint {
  const { rows, own } = confidenceOf(probability, label, classes)
  const threshold = own.map((sum, c) => (rows[c]! > 0 ? sum / rows[c]! : 1))
  const counted = Array.from({ length: classes }, () => new Float64Array(classes))
  for (let i = 0; i < label.length; i++) {
    const c = confidentClass(probability, i * classes, threshold)
    if (c >= 0) counted[label[i]!]![c]!++
  }
  return { threshold, counted, scaled: scaledToRows(counted, rows), rows }
}

/** Scales each given class to its number of rows. */
export function scaledToRows(counted: readonly Float64Array[], rows: Float64Array): Float64Array[] {
  return counted.map((row, y) => {
    const sum = row.reduce((a, b) => a + b, 0)
    return sum > 0 ? row.map(n => (n * rows[y]!) / sum) : Float64Array.from(row, (_, c) => (c === y ? rows[y]! : 0))
  })
}

/** Chance of each given label under each true class (rows given, columns true), one row of smoothing. */
export function noiseOf({ scaled }: Pick<ConfidentJoint, 'scaled'>): Float64Array[] {
  const classes = scaled.length
  const columns = Float64Array.from({ length: classes }, (_, t) => scaled.reduce((sum, row) => sum + row[t]!, classes))
  return scaled.map(row => row.map((n, t) => (n + 1) / columns[t]!))
}

/** P(true class | text, given label) ∝ P(class | text) · noise[given][class]^power, into `out`. */
export function posterior(
  probability: ArrayLike<number>,
  at: number,
  given: Float64Array,
  power: number,
  out: Float32Array | Float64Array,
  to: number,
): void {
  let sum = 0
  for (let t = 0; t < given.length; t++) sum += out[to + t] = probability[at + t]! * given[t]! ** power
  for (let t = 0; t < given.length; t++) out[to + t] = out[to + t]! / sum
}
