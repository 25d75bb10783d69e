import { type PictureClasses, pictureClasses } from '../../core/index.ts'
import type { Thumbnails } from '../../statistics/index.ts'
import { eachOdds, type Fitted, lookChannel, type Said, saidOfAll, saidOfPair } from './look-channel.ts'
import { vouchedFor } from './vouched.ts'

/** A picture whose look speaks for another label than it has. */
export interface Doubted {
  /** Place in the thumbnails. */
  readonly nth: number
  readonly given: number
  readonly likely: number
  /** Odds that the label is wrong. */
  readonly odds: number
}

/** More wrong labels than honest ones leave. */
export interface Excess {
  readonly message: 'unreadPictures' | 'pairPictures'
  readonly rows: readonly Doubted[]
  readonly share: number
  readonly evidence: number
  readonly pair: { readonly likely: number; readonly given: number } | null
}

export interface PictureDoubt {
  readonly told: PictureClasses
  /** Pictures with a label that was judged. */
  readonly judged: number
  /** Most doubtful first. */
  readonly doubted: readonly Doubted[]
  /** Rows of each given label that look like each other, for the picture of all. */
  readonly looks: readonly Float64Array[]
  readonly excess: readonly Excess[]
}

export interface PictureBounds {
  readonly honest: number
  readonly risk: number
}

/** Pairs of labels that are tried: those with the most doubtful pictures. */
const mostPairs = 6
/** Deviations by which one direction must outweigh the other: classes hard to tell apart are mistaken both ways. */
const leastLean = 2
/** Fewer doubtful pictures are no campaign. */
const fewestOfPair = 8
/** Pictures of one pair that the channel is fitted to, and of all. */
const mostFitted = { pair: 4000, all: 12_000 }
/** Share of the pictures of a class that honest people take for one certain other class, in a plain look. */
const honestPair = 0.05
/** A picture is accused when its label is this much likelier to be wrong than right. */
const accused = 2
/** Where labels seem all right, those are listed that would be doubtful if so many were wrong. */
const leastShare = 0.005
/** The look must tell classes apart at least this much better than guessing the commonest. */
const leastGain = 0.1

/** What the look of pictures says of their labels; null where it says too little. */
export function pictureDoubt(thumbnails: Thumbnails, bounds: PictureBounds): PictureDoubt | null {
  const told = pictureClasses(thumbnails)
  const { label, classes } = told
  const sizes = new Float64Array(classes)
  for (const c of label) if (c >= 0) sizes[c]!++
  const judged = sizes.reduce((sum, n) => sum + n, 0)
  if (classes < 2 || told.accuracy < Math.max(...sizes) / judged + leastGain * (1 - Math.max(...sizes) / judged))
    return null
  const fitted = lookChannel(saidOfAll(told, new Set(), mostFitted.all), bounds.honest)
  const first = doubtedBy(told, saidOfAll(told, new Set()), fitted)
  const vouched = vouchedFor(told, first)
  const channel = lookChannel(saidOfAll(told, vouched, mostFitted.all), bounds.honest)
  const doubted = doubtedBy(told, saidOfAll(told, vouched), channel)
  const excess: Excess[] = []
  const need = -Math.log(bounds.risk)
  if (channel.share > bounds.honest && channel.evidence > need)
    excess.push({
      message: 'unreadPictures',
      rows: doubted,
      share: channel.share,
      evidence: channel.evidence,
      pair: null,
    })
  const looks = looksOf(told)
  excess.push(...pairsOf(told, looks, need, channel.share))
  return { told, judged, doubted: doubted.length > 0 ? doubted : first, looks, excess }
}

/** Labels that go one way from one class to another, beyond what goes every way. */
function pairsOf(told: PictureClasses, looks: readonly Float64Array[], need: number, usual: number): Excess[] {
  const { classes } = told
  const honest = Math.max(honestPair, usual)
  const tries = Math.log(classes * (classes - 1))
  return candidates(looks).flatMap((pair): Excess[] => {
    const channelOf = (leftOut: ReadonlySet<number>) =>
      lookChannel(saidOfPair(told, pair, leftOut, mostFitted.pair), honest)
    const first = channelOf(new Set())
    if (first.share <= honest || first.evidence < need + tries) return []
    const own = (channel: Fitted, leftOut: ReadonlySet<number>) =>
      doubtedBy(told, saidOfPair(told, pair, leftOut), channel).filter(d => d.likely === pair.likely)
    const vouched = vouchedFor(told, own(first, new Set()))
    const { share, evidence, ...rest } = channelOf(vouched)
    const rows = own({ share, ...rest }, vouched)
    if (share <= honest || evidence < need + tries || rows.length < fewestOfPair) return []
    return [{ message: 'pairPictures', rows, share, evidence, pair }]
  })
}

/** Pairs whose pictures look like the one and are labelled as the other, and not as often the other way round. */
function candidates(looks: readonly Float64Array[]) {
  const all = looks.flatMap((row, given) =>
    Array.from(row, (rows, likely) => {
      const back = looks[likely]![given]!
      return { likely, given, rows, lean: (rows - back) / Math.sqrt(rows + back + 1) }
    }),
  )
  return all
    .filter(({ likely, given, rows, lean }) => likely !== given && rows >= fewestOfPair && lean >= leastLean)
    .sort((a, b) => b.lean - a.lean || a.likely - b.likely || a.given - b.given)
    .slice(0, mostPairs)
}

function doubtedBy({ probability, label, classes }: PictureClasses, said: Said, channel: Fitted): Doubted[] {
  const found: Doubted[] = []
  eachOdds(said, { ...channel, share: Math.max(leastShare, channel.share) }, (k, odds) => {
    if (odds < accused) return
    const nth = said.rows[k]!
    const given = label[nth]!
    let likely = given === 0 ? 1 : 0
    for (let c = 0; c < classes; c++)
      if (c !== given && probability[nth * classes + c]! > probability[nth * classes + likely]!) likely = c
    found.push({ nth, given, likely, odds })
  })
  return found.sort((a, b) => b.odds - a.odds || a.nth - b.nth)
}

/** Rows by given label and by the label they look like. */
function looksOf({ probability, label, classes }: PictureClasses): Float64Array[] {
  const looks = Array.from({ length: classes }, () => new Float64Array(classes))
  for (const [i, given] of label.entries()) {
    if (given < 0) continue
    let likely = 0
    for (let c = 1; c < classes; c++) if (probability[i * classes + c]! > probability[i * classes + likely]!) likely = c
    looks[given]![likely]!++
  }
  return looks
}
