import { seeded, shuffled } from '../../core/index.ts'
import type { LabelDoubt, TextModel } from '../../statistics/index.ts'
import type { Bounds } from './plain.ts'
import { toldClasses } from './told.ts'

/** How labels seem to have been given: some by the text, a share of them without reading it. */
interface Channel {
  /** The one direction of the wrong labels, or none. */
  readonly pair: { readonly likely: number; readonly given: number } | null
  /** Share of all rows that are far likelier to be wrong than right. */
  readonly wrong: number
  /** Natural logarithm of the likelihood against that of an honest share, less that of the number of channels tried. */
  readonly evidence: number
}

/** More rows would find the faults of the text model itself, which no share of wrong labels stands for. */
const mostRows = 4000
/** More classes have too many free weights for so few rows. */
const mostClasses = 8
const mostPaired = 3
/** Fewer rows of a class do not tell how its texts are labelled. */
const fewestOfClass = 50
/** A row is accused when its label is this much likelier to be wrong than right. */
const accused = 2

/** Logarithms of what the text says (rows × classes), and the labels. */
interface Read {
  readonly log: Float64Array
  readonly label: Int32Array
  readonly classes: number
}

/** What the model says of rows told apart, without the share of rows that its calibration takes for wrong. */
function readRows({ probability, label, model, repeated }: TextModel): Read {
  const { classes, floor, prior } = model
  const order = shuffled(label.length, seeded(1))
    .filter(i => !repeated[i])
    .slice(0, mostRows)
  const log = new Float64Array(order.length * classes)
  order.forEach((i, j) => {
    for (let c = 0; c < classes; c++) {
      const p = (probability[i * classes + c]! - floor * prior[c]!) / (1 - floor)
      log[j * classes + c] = Math.log(Math.max(1e-9, p))
    }
  })
  return { log, label: Int32Array.from(order, i => label[i]!), classes }
}

type Pair = Channel['pair']

/** Calls back with each row's chance of its label if read, and of its label if given wrongly. */
function eachRow(
  { log, label, classes }: Read,
  x: readonly number[],
  pair: Pair,
  visit: (q: number, r: number) => void,
) {
  const power = Math.exp(-x[1]!)
  const p = new Float64Array(classes)
  for (let i = 0; i < label.length; i++) {
    let sum = 0
    for (let c = 0; c < classes; c++)
      sum += p[c] = Math.exp(power * log[i * classes + c]! + (c < classes - 1 ? x[2 + c]! : 0))
    const y = label[i]!
    const q = p[y]! / sum
    if (!pair) visit(q * (1 - x[0]!), (x[0]! * (1 - q)) / (classes - 1))
    else visit(y === pair.likely ? q * (1 - x[0]!) : q, y === pair.given ? (x[0]! * p[pair.likely]!) / sum : 0)
  }
}

function likelihoodOf(read: Read, x: readonly number[], pair: Pair): number {
  let sum = 0
  eachRow(read, x, pair, (right, wrong) => {
    sum += Math.log(right + wrong + 1e-12)
  })
  return sum
}

/** Climbs along one number at a time with halving steps; `x[0]`, the share, may be kept. */
function climb(read: Read, start: readonly number[], pair: Pair, keepShare: boolean): { x: number[]; at: number } {
  const x = [...start]
  let at = likelihoodOf(read, x, pair)
  const better = (k: number, by: number): boolean => {
    const old = x[k]!
    x[k] = k === 0 ? Math.min(0.5, Math.max(0, old + by)) : Math.min(3, Math.max(-3, old + by))
    const next = likelihoodOf(read, x, pair)
    if (next > at + 1e-9) at = next
    else x[k] = old
    return x[k] !== old
  }
  for (let step = 0.4; step > 0.02; step /= 2)
    for (let round = 0, moved = true; moved && round < 8; round++) {
      moved = false
      for (let k = keepShare ? 1 : 0; k < x.length; k++) {
        const by = k === 0 ? step / 4 : step
        if (better(k, by) || better(k, -by)) moved = true
      }
    }
  return { x, at }
}

/**
 * Texts may be hard and a model unsure or too sure, which a temperature and a weight for each class take in. Labels
 * that were given without reading are what is left: a share that stays however plain the text is.
 * @param honest share up to which wrong labels are honest
 */
function unreadLabels(text: TextModel, honest: number): Channel | null {
  const read = readRows(text)
  const { classes } = read
  if (classes < 2 || classes > mostClasses) return null
  // A class that the model mistakes for another one is the model's fault; of two classes, the weights take it in.
  const tells = toldClasses(text).map(({ told, recognised, rows }) => ({
    told: told && rows >= fewestOfClass,
    recognised,
  }))
  const ordered = tells.flatMap((a, likely) =>
    tells.flatMap((_, given) => (a.told && a.recognised && likely !== given ? [{ likely, given }] : [])),
  )
  const pairs: Pair[] = [
    ...(tells.every(a => a.told && (a.recognised || classes === 2)) ? [null] : []),
    ...(classes > mostPaired ? [] : ordered),
  ]
  if (pairs.length === 0) return null
  const channels = pairs.map(pair => channelOf(read, pair, honest, Math.log(pairs.length)))
  return channels.reduce((best, next) => (next.evidence > best.evidence ? next : best))
}

function channelOf(read: Read, pair: Pair, honest: number, tried: number): Channel {
  const start = [honest, 0, ...new Array<number>(read.classes - 1).fill(0)]
  const bounded = climb(read, start, pair, true)
  const free = climb(read, bounded.x, pair, false)
  const share = free.x[0]!
  let wrong = 0
  eachRow(read, free.x, pair, (right, flipped) => {
    if (flipped > accused * right) wrong++
  })
  const evidence = share > honest ? free.at - bounded.at - tried : 0
  return { pair, wrong: wrong / read.label.length, evidence }
}

/** A share of labels given without reading, beyond what honest labels have, with the most doubtful rows. */
export function unreadFinding(
  text: TextModel,
  doubt: LabelDoubt,
  joint: readonly Float64Array[],
  names: readonly string[],
  { honest, risk }: Bounds,
) {
  const channel = unreadLabels(text, honest)
  if (!channel || channel.evidence < -Math.log(risk)) return null
  const { pair, wrong, evidence } = channel
  const own = pair ? doubt.rows.filter(r => r.given === pair.given && r.likely === pair.likely) : doubt.rows
  return {
    message: pair ? ('oneway' as const) : ('unread' as const),
    matrix: {
      labels: names.slice(0, 64),
      counts: joint.slice(0, 64).map(row => [...row.subarray(0, 64)].map(Math.round)),
      score: evidence,
      expected: -Math.log(risk),
    },
    rows: own.slice(0, Math.max(1, Math.round(wrong * doubt.total))),
    values: {
      rows: doubt.total,
      bound: Math.round(1000 * honest) / 10,
      ...(pair ? { likely: names[pair.likely]!, given: names[pair.given]! } : {}),
    },
  }
}
