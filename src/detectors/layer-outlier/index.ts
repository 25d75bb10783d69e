import { z } from 'zod'
import { type EvidenceOf, type Figure, modelDetector, type Severity, tensorPlace } from '../../core/index.ts'
import { type Departure, departuresOf, loudness, type Siblings, siblingsOf, type Weighed } from './siblings.ts'
import { weighedOf } from './weighed.ts'

const options = z.object({
  times: z.number().min(1).default(3).describe('A layer must differ from its neighbours so many times over.'),
  deviations: z.number().positive().default(5).describe('And by so many robust standard deviations of all layers.'),
  budgetBytes: z
    .number()
    .int()
    .positive()
    .default(2 ** 29)
    .describe('Bytes of numbers of a model that are read; of a larger one, evenly spaced pieces of each tensor.'),
})
type Options = z.output<typeof options>

/** Constants and small tables may hold what they like: limits, masks, markers. */
const leastNumbers = 64
/** The layers at either end of a sound network differ most from the others. */
const ends = { layers: 2, times: 10 }
/** Matrices whose singular values are looked for; each takes some milliseconds. */
const mostMatrices = 1000
const mostUnread = 8

/** What is compared among siblings. */
const measures = {
  size: { title: 'the root of its mean square', of: (each: Weighed) => each.moments.size },
  loudness: { title: 'its largest singular value, against noise of its size,', of: loudness },
}

/**
 * Training leaves traces that are alike from layer to layer. A tensor that holds what no training gives, or a layer
 * unlike its neighbours, was damaged, or changed by hand.
 */
export default modelDetector({
  id: 'layer-outlier',
  title: 'A layer unlike its neighbours',
  threat: 'weight-backdoor',
  input: { model: ['tensors'] },
  cost: 'rescan',
  options,
  messages: {
    impossible: '{member}: "{tensor}" holds numbers that no training gives: {counts}, the first at {first}.',
    unlike:
      '{member}: "{tensor}" is unlike its siblings "{pattern}": {measure} is {times} times what its neighbours have ({deviations} standard deviations).',
  },

  async *detect({ model, options, claim, notJudged, figure }) {
    const { weighed, unread, share } = weighedOf(model, options.budgetBytes)
    if (share < 1) notJudged(`${(100 - share * 100).toFixed(0)} % of the numbers were not read (budgetBytes).`)
    for (const sentence of unread.slice(0, mostUnread)) notJudged(sentence)
    if (unread.length > mostUnread) notJudged(`${unread.length - mostUnread} further tensors could not be read.`)
    for (const each of weighed) {
      const found = impossible(each)
      if (found) yield claim('impossible', found.severity, found.evidence, { values: found.values })
    }
    const groups = siblingsOf(weighed)
    if (groups.reduce((sum, { members }) => sum + members.length, 0) > mostMatrices)
      notJudged(`Largest singular values were taken of the first ${mostMatrices} matrices of repeated layers.`)
    for (const found of unlikeOf(groups, options)) {
      if (found.picture) figure(found.picture)
      yield claim('unlike', found.severity, found.evidence, { values: found.values })
    }
  },
})

interface Told {
  readonly severity: Severity
  readonly evidence: EvidenceOf<'tensor'>
  readonly values: Readonly<Record<string, string | number>>
  readonly picture?: Figure
}

const evidenceOf = (weighed: Weighed, measure: string, index: string, score: number, expected: number) => ({
  ...tensorPlace(weighed),
  measure,
  slices: [{ index, score, note: measure }],
  score,
  expected,
})

/** Numbers that are none, or beyond all measure; a mask of zeros and infinities is a fact. */
function impossible(each: Weighed): Told | null {
  const { nan, infinite, absurd, worst, zeros, weighed, count } = each.moments
  if (worst === null) return null
  const counts = [
    [nan, 'that are no number'],
    [infinite, 'infinite'],
    [absurd, 'beyond 1e15'],
  ]
    .filter(([many]) => many !== 0)
    .map(([many, what]) => `${many} ${what}`)
    .join(', ')
  const isMask = nan === 0 && zeros === weighed
  return {
    severity: count < leastNumbers || isMask ? 'info' : 'hold',
    evidence: evidenceOf(each, counts, String(worst), nan + infinite + absurd, 0),
    values: { counts, first: worst },
  }
}

/** Members of groups that depart from their neighbours, the gravest measure of each. */
function* unlikeOf(groups: readonly Siblings[], options: Options): Generator<Told> {
  let matrices = 0
  const told = new Set<Weighed>()
  for (const group of groups) {
    const loud = (matrices += group.members.length) <= mostMatrices
    for (const { title, of } of loud ? [measures.size, measures.loudness] : [measures.size]) {
      const values = group.members.map(of)
      const far = departuresOf(values).filter(each => isFar(each, options))
      for (const departure of far) {
        const each = group.members[departure.at]!
        if (told.has(each)) continue
        told.add(each)
        yield unlike(group, each, departure, title, values, options)
      }
    }
  }
}

const isFar = ({ log, deviations }: Departure, options: Options): boolean =>
  Math.abs(log) >= Math.log(options.times) && deviations >= options.deviations

function unlike(
  group: Siblings,
  each: Weighed,
  { at, log, deviations }: Departure,
  title: string,
  measured: readonly number[],
  options: Options,
): Told {
  const times = Math.exp(Math.abs(log))
  const last = group.members.length - 1
  const isEnd = Math.min(at, last - at) < ends.layers
  const severity = isEnd && times < ends.times ? 'info' : 'hold'
  const points = measured.map((value, k): [number, number] => [k, value])
  const shown = `${log < 0 ? '1/' : ''}${times.toFixed(1)}`
  return {
    severity,
    evidence: evidenceOf(each, title, each.found.name, times, options.times),
    values: { pattern: group.pattern, measure: title, times: shown, deviations: Math.round(deviations) },
    ...(severity === 'hold'
      ? { picture: { kind: 'line', title: group.pattern, x: 'layer', y: title, series: [{ name: title, points }] } }
      : {}),
  }
}
