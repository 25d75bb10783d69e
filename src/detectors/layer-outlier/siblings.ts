import {
  absurdSize,
  type Found,
  type Moments,
  matrixOf,
  type Numbers,
  singularValues,
  type Tensor,
} from '../../core/index.ts'

/** A tensor of real numbers, measured. */
export interface Weighed extends Found<Tensor> {
  readonly numbers: Numbers
  readonly moments: Moments
}

/** Tensors that differ in the number of their layer alone, in the order of the layers. */
export interface Siblings {
  /** The name with `N` for what differs. */
  readonly pattern: string
  readonly members: readonly Weighed[]
}

/** Fewer siblings do not tell what is usual. */
const leastSiblings = 5
/** Smaller tensors (norms, biases) differ from layer to layer as they like. */
const leastNumbers = 4096
const leastSide = 16
/** Rows of a matrix, and numbers in all, that its largest singular value is taken from. */
const sample = { rows: 192, numbers: 1 << 21 }

/** Groups the matrices of a model that stand in the same place of different layers. */
export function siblingsOf(all: readonly Weighed[]): Siblings[] {
  const groups = new Map<string, { layer: number; each: Weighed }[]>()
  for (const each of all) {
    const { name, shape } = each.found
    const matrix = matrixOf(each.found)
    if (!matrix || matrix.rows * matrix.columns < leastNumbers || Math.min(matrix.rows, matrix.columns) < leastSide)
      continue
    for (const number of name.matchAll(/\d+/g)) {
      const pattern = `${name.slice(0, number.index)}N${name.slice(number.index + number[0].length)}`
      const key = `${each.member.path}\0${pattern}\0${shape.join('x')}`
      const known = groups.get(key)
      const sibling = { layer: Number(number[0]), each }
      if (known) known.push(sibling)
      else groups.set(key, [sibling])
    }
  }
  return [...groups]
    .filter(([, members]) => new Set(members.map(m => m.layer)).size >= leastSiblings)
    .map(([key, members]) => ({
      pattern: key.split('\0')[1]!,
      members: members.sort((a, b) => a.layer - b.layer).map(m => m.each),
    }))
}

/** The largest singular value, as a share of what a matrix of noise of the same size has; of evenly spaced rows. */
export function loudness({ found, numbers, moments }: Weighed): number {
  const { rows, columns } = matrixOf(found)!
  const taken = Math.max(2, Math.min(rows, sample.rows, Math.floor(sample.numbers / columns)))
  const width = Math.min(columns, sample.numbers / taken)
  const held = Array.from({ length: taken }, (_, k) => {
    const start = Math.floor((k * rows) / taken) * columns
    return numbers.read(start, start + width).map(x => (Math.abs(x) <= absurdSize ? x : 0))
  })
  const each = (take: (row: Float64Array, nth: number) => void) => held.forEach(take)
  const [first = 0] = singularValues({ rows: taken, columns: width, each }, 2, 4)
  return first / (moments.size * (Math.sqrt(taken) + Math.sqrt(width)) || 1)
}

/** How far a value is from what its neighbours lead to expect. */
export interface Departure {
  readonly at: number
  /** Natural logarithm of how many times the neighbours' median it is. */
  readonly log: number
  /** The same in robust standard deviations of all departures. */
  readonly deviations: number
}

/** Layers drift from the first to the last: each is compared with the median of the two before and behind it. */
export function departuresOf(values: readonly number[]): Departure[] {
  const logs = values.map(value => Math.log(Math.max(value, 1e-30)))
  const departures = logs.map((log, at) => {
    const near = logs.filter((_, k) => k !== at && Math.abs(k - at) <= neighbours(at, logs.length))
    return { at, log: log - median(near) }
  })
  const spread = Math.max(leastSpread, 1.4826 * median(departures.map(({ log }) => Math.abs(log))))
  return departures.map(each => ({ ...each, deviations: Math.abs(each.log) / spread }))
}

/** Layers that are the same to within this share are not told apart. */
const leastSpread = 0.03
/** At the ends there are neighbours on one side alone: take as many from there. */
const neighbours = (at: number, length: number): number => 2 + Math.max(0, 2 - at, at - length + 3)

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
