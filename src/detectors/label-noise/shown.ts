import { type Evidence, type MeasuredTable, type Tile, tileOf } from '../../core/index.ts'
import type { PicturesOf, Thumbnails } from '../../statistics/index.ts'
import type { Doubted, Excess, PictureDoubt } from './pictures.ts'

const mostTiles = { doubted: 24, beside: 8 }
const mostNames = 64
const mostFlows = 60

/** The pictures that evidence shows: doubtful ones, and such as their labels are said to look like. */
export interface Shown {
  readonly pictures: PicturesOf['pictures']
  readonly parts: MeasuredTable['parts']
  readonly thumbnails: Thumbnails
  readonly doubt: PictureDoubt
}

/** Rows whose pictures are wanted for the evidence. */
export function wantedRows(thumbnails: Thumbnails, doubt: PictureDoubt): Float64Array {
  const lists = [doubt.doubted, ...doubt.excess.map(e => e.rows)].flatMap(rows => rows.slice(0, mostTiles.doubted))
  const beside = doubt.excess.flatMap(e => plainOf(doubt, besideClass(e)))
  return Float64Array.from([...lists.map(d => d.nth), ...beside], nth => thumbnails.rows[nth]!)
}

const besideClass = ({ pair, rows }: Excess): number => pair?.given ?? rows[0]!.given

/** Pictures that look most like their own label. */
function plainOf({ told: { label, probability, classes } }: PictureDoubt, c: number): number[] {
  const own = Array.from(label.keys()).filter(i => label[i] === c)
  return own
    .sort((a, b) => probability[b * classes + c]! - probability[a * classes + c]! || a - b)
    .slice(0, mostTiles.beside)
}

function tilesOf({ pictures, parts, thumbnails, doubt }: Shown, rows: readonly Doubted[]): Tile[] {
  return rows.slice(0, mostTiles.doubted).flatMap(({ nth, likely, given }) => {
    const seen = pictures.get(thumbnails.rows[nth]!)
    const { labels } = thumbnails
    const p = doubt.told.probability[nth * doubt.told.classes + likely]!
    const note = `looks like "${labels[likely]}" (${Math.round(100 * p)} %)`
    return seen
      ? [tileOf(seen.raster, { row: seen.row, name: seen.name, label: labels[given]!, score: p, note }, parts)]
      : []
  })
}

/** The doubtful pictures as evidence. */
export function evidenceOf(shown: Shown, rows: readonly Doubted[], excess: Excess | null, expected: number): Evidence {
  const { pictures, parts, thumbnails, doubt } = shown
  const { labels } = thumbnails
  const from = new Map<number, number>()
  for (const { likely } of rows) from.set(likely, (from.get(likely) ?? 0) + 1)
  const beside = (excess ? plainOf(doubt, besideClass(excess)) : []).flatMap(nth => {
    const seen = pictures.get(thumbnails.rows[nth]!)
    return seen ? [tileOf(seen.raster, { row: seen.row, name: seen.name, label: seen.label }, parts)] : []
  })
  return {
    kind: 'pictures',
    shared: 'nothing',
    ...(excess?.pair ? { label: labels[excess.pair.given]! } : {}),
    rows: rows.length,
    agreeing: rows.length,
    from: [...from]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, mostNames)
      .map(([c, count]) => ({ label: labels[c]!, rows: count })),
    tiles: tilesOf(shown, rows),
    beside,
    score: excess?.evidence ?? rows.length / Math.max(1, doubt.judged),
    expected,
  }
}

/** Given labels against looks, as a matrix and as streams between labels. */
export function figuresOf({ labels }: Thumbnails, { looks, excess }: PictureDoubt) {
  const names = labels.slice(0, Math.min(mostNames, looks.length))
  const lit = (likely: number, given: number) =>
    excess.some(({ pair }) => pair?.likely === likely && pair.given === given)
  const flows = looks
    .flatMap((row, given) => Array.from(row, (rows, likely) => ({ likely, given, rows })))
    .filter(({ likely, given, rows }) => likely !== given && rows > 0)
    .sort((a, b) => Number(lit(b.likely, b.given)) - Number(lit(a.likely, a.given)) || b.rows - a.rows)
    .slice(0, mostFlows)
  const heat = {
    kind: 'heat' as const,
    title: 'Given labels and what the pictures look like',
    x: 'looks like',
    y: 'label given',
    labels: names,
    counts: names.map((_, y) => names.map((_, t) => looks[y]![t]!)),
  }
  const flow = {
    kind: 'flow' as const,
    title: 'From what pictures look like to what they are labelled',
    from: 'looks like',
    to: 'is labelled',
    flows: flows.map(({ likely, given, rows }) => ({
      from: labels[likely]!,
      to: labels[given]!,
      rows,
      lit: lit(likely, given),
    })),
  }
  return [heat, flow] as const
}
