import { cellsOf, isPicture, type PictureFacts, type RowId, statistic } from '../../core/index.ts'

export interface PictureFactsOptions {
  /** Places kept of each kind; 20 when absent. */
  readonly places?: number
}

/** A picture that something is to be said of. */
export interface PicturePlace {
  readonly row: RowId
  /** Name of the file; empty when there is none. */
  readonly name: string
  readonly message: string
}

/** Pictures of one kind, with the first of them. */
export interface PictureKind {
  readonly kind: string
  readonly count: number
  readonly places: readonly PicturePlace[]
  /** The rows of the first ten thousand. */
  readonly rows: readonly RowId[]
}

/** What the files of a table's pictures are, and which of them nobody could see. */
export interface PicturesKnown {
  /** Rows that name or hold a picture. */
  readonly total: number
  readonly seen: number
  /** By falling count. */
  readonly unseen: readonly PictureKind[]
  /** Pictures with frames or pages behind the first. */
  readonly animated: PictureKind
  /** Pictures whose name says another format than their bytes. */
  readonly misnamed: PictureKind
}

interface Kind {
  count: number
  places: PicturePlace[]
  rows: RowId[]
}
export interface PicturesKnownState {
  total: number
  seen: number
  kinds: Map<string, Kind>
}

const mostText = 200
const mostRows = 10_000
const [animated, misnamed] = ['animated', 'misnamed']

export default statistic<PictureFactsOptions, PicturesKnownState, PicturesKnown>({
  id: 'picture-facts',
  title: 'What the files of pictures are, and which nobody could see',
  looks: true,
  roles: () => ['image'],
  init: () => ({ total: 0, seen: 0, kinds: new Map() }),
  add(state, batch, { places = 20 }) {
    const cells = cellsOf(batch, 'image')
    for (let i = 0; i < batch.size; i++) {
      const seen = batch.pictures?.[i] ?? null
      if (seen === null) continue
      const name = nameOf(cells[i]).slice(0, mostText)
      const note = (kind: string, message: string) =>
        put(state, kind, { row: batch.rows[i]!, name, message: message.slice(0, mostText) }, places)
      state.total++
      if (!isPicture(seen)) {
        note(seen.kind, seen.reason)
        continue
      }
      state.seen++
      const { facts } = seen
      if (facts.frames > 1) note(animated!, `it has ${facts.frames} frames`)
      const called = calledBy(name)
      if (called !== null && !is(facts, called)) note(misnamed!, `it is called ${called} and is ${facts.format}`)
    }
    return state
  },
  merge(a, b, { places = 20 }) {
    a.total += b.total
    a.seen += b.seen
    for (const [name, kind] of b.kinds) {
      const own = kindIn(a, name)
      own.count += kind.count
      own.places = first([...own.places, ...kind.places], places)
      own.rows = lowest([...own.rows, ...kind.rows])
    }
    return a
  },
  finish({ total, seen, kinds }, { places = 20 }) {
    const named = [...kinds].map(([kind, own]) => finished(kind, own, places))
    const by = (kind: string) => named.find(each => each.kind === kind) ?? { kind, count: 0, places: [], rows: [] }
    const unseen = named.filter(({ kind }) => kind !== animated && kind !== misnamed)
    unseen.sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1))
    return { total, seen, unseen, animated: by(animated!), misnamed: by(misnamed!) }
  },
})

const finished = (kind: string, { count, places, rows }: Kind, most: number): PictureKind => ({
  kind,
  count,
  places: first(places, most),
  rows: lowest(rows),
})

function kindIn(state: PicturesKnownState, name: string): Kind {
  let kind = state.kinds.get(name)
  if (!kind) state.kinds.set(name, (kind = { count: 0, places: [], rows: [] }))
  return kind
}

function put(state: PicturesKnownState, name: string, place: PicturePlace, most: number): void {
  const kind = kindIn(state, name)
  kind.count++
  kind.places.push(place)
  kind.rows.push(place.row)
  if (kind.places.length > 2 * most + 16) kind.places = first(kind.places, most)
  if (kind.rows.length > 2 * mostRows) kind.rows = lowest(kind.rows)
}

const first = (places: PicturePlace[], most: number): PicturePlace[] =>
  places.sort((a, b) => a.row - b.row).slice(0, most)
const lowest = (rows: RowId[]): RowId[] => rows.sort((a, b) => a - b).slice(0, mostRows)

/** What a cell of pictures says of the file's name. */
function nameOf(cell: unknown): string {
  if (typeof cell === 'string') return cell
  const path = typeof cell === 'object' && cell !== null ? (cell as { path?: unknown }).path : null
  return typeof path === 'string' ? path : ''
}

const formats: readonly (readonly [RegExp, string])[] = [
  [/\.(jpe?g|jpe|jfif)$/i, 'jpeg'],
  [/\.a?png$/i, 'png'],
  [/\.webp$/i, 'webp'],
  [/\.gif$/i, 'gif'],
  [/\.(bmp|dib)$/i, 'bmp'],
  [/\.p[bgnp]m$/i, 'netpbm'],
  [/\.tiff?$/i, 'tiff'],
  [/\.avif$/i, 'avif'],
]

/** The format that a name says; null when it says none. */
const calledBy = (name: string): string | null => formats.find(([ending]) => ending.test(name))?.[1] ?? null
const is = ({ format }: PictureFacts, called: string): boolean => format === called || format === 'pixels'
