import type { PictureClasses } from '../../core/index.ts'

/** How labels of pictures seem to have been given: by the look, but for a share given without looking. */
export interface LookChannel {
  /** Share of labels given without looking; of the pictures of one class where a pair is meant. */
  readonly share: number
  /** Temperature of what the look says. */
  readonly power: number
  /** Natural logarithm of the likelihood against that of an honest share. */
  readonly evidence: number
}

/** What the look says of some pictures. */
export interface Said {
  /** Pictures, as indices. */
  readonly rows: readonly number[]
  /** Chance of the label of the nth picture, if given by the look at a temperature and with a leaning. */
  own(nth: number, power: number, leaning: number): number
  /** 1 where a wrong label could have led to the own one. */
  readonly mayBeWrong: Uint8Array
  /** Labels that a wrong one is drawn from. */
  readonly others: number
  /** Whether only labels of one class lead to the other. */
  readonly oneWay: boolean
}

const shares = [0, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8]
const powers = [0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1, 1.2, 1.5, 2]
/** Natural leanings of a pair, as log odds: of two classes the rarer is also the one less often taken for the other. */
const leanings = [-2, -1, -0.5, 0, 0.5, 1, 2]

/** Evenly spaced pictures, where there are more than so many. */
const thinned = (rows: readonly number[], most: number): readonly number[] =>
  rows.length <= most ? rows : Array.from({ length: most }, (_, k) => rows[Math.floor((k * rows.length) / most)]!)

/** The pictures whose label the look could tell, at most so many. */
export function saidOfAll(told: PictureClasses, leftOut: ReadonlySet<number>, most = Infinity): Said {
  const { probability, label, classes } = told
  const rows = thinned(
    Array.from(label.keys()).filter(i => label[i]! >= 0 && !leftOut.has(i)),
    most,
  )
  const own = (nth: number, power: number): number => {
    const at = rows[nth]! * classes
    let sum = 0
    for (let c = 0; c < classes; c++) sum += (probability[at + c]! + 1e-9) ** power
    return (probability[at + label[rows[nth]!]!]! + 1e-9) ** power / sum
  }
  return { rows, own, mayBeWrong: new Uint8Array(rows.length).fill(1), others: classes - 1, oneWay: false }
}

/** The pictures of two labels, as if there were no others: those of `likely` may have been labelled `given`. */
export function saidOfPair(
  { probability, label, classes }: PictureClasses,
  { likely, given }: { readonly likely: number; readonly given: number },
  leftOut: ReadonlySet<number>,
  most = Infinity,
): Said {
  const all = Array.from(label.keys()).filter(i => (label[i] === likely || label[i] === given) && !leftOut.has(i))
  const rows = thinned(all, most)
  const odds = Float64Array.from(rows, i => {
    const own = probability[i * classes + label[i]!]!
    const other = probability[i * classes + (label[i] === likely ? given : likely)]!
    return Math.log((own + 1e-9) / (other + 1e-9))
  })
  const mayBeWrong = Uint8Array.from(rows, i => (label[i] === given ? 1 : 0))
  const own = (nth: number, power: number, leaning: number): number =>
    sigmoid(power * odds[nth]! + (mayBeWrong[nth] === 1 ? leaning : -leaning))
  return { rows, own, mayBeWrong, others: 1, oneWay: true }
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** Chance of a label if given by the look, and if given without it. */
function chances({ others, oneWay }: Said, own: number, mayBeWrong: boolean, share: number): readonly [number, number] {
  // Of a pair, labels of the class that nothing leads to are lost with the share, and cannot be wrong.
  if (!oneWay) return [own * (1 - share), ((1 - own) * share) / others]
  return mayBeWrong ? [own, (1 - own) * share] : [own * (1 - share), 0]
}

/** Calls back with the odds that the label of a picture is wrong. */
export function eachOdds(said: Said, { share, power, leaning }: Fitted, visit: (nth: number, odds: number) => void) {
  for (let k = 0; k < said.rows.length; k++) {
    const [right, wrong] = chances(said, said.own(k, power, leaning), said.mayBeWrong[k] === 1, share)
    visit(k, wrong / Math.max(1e-12, right))
  }
}

export interface Fitted {
  readonly share: number
  readonly power: number
  readonly leaning: number
}

/** The likeliest share, with how much likelier it is than the likeliest honest one. */
export function lookChannel(said: Said, honest: number): LookChannel & Fitted {
  let best = { share: 0, power: 1, leaning: 0, at: -Infinity }
  let bounded = -Infinity
  for (const power of powers)
    for (const leaning of said.oneWay ? leanings : [0]) {
      const own = Float64Array.from(said.rows, (_, k) => said.own(k, power, leaning))
      for (const share of shares) {
        const at = likelihood(said, own, share)
        if (share <= honest) bounded = Math.max(bounded, at)
        if (at > best.at) best = { share, power, leaning, at }
      }
    }
  const { at, ...found } = best
  return { ...found, evidence: at - bounded }
}

function likelihood(said: Said, own: Float64Array, share: number): number {
  let sum = 0
  for (let k = 0; k < own.length; k++) {
    const [right, wrong] = chances(said, own[k]!, said.mayBeWrong[k] === 1, share)
    sum += Math.log(right + wrong + 1e-12)
  }
  return sum
}
