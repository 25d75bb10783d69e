import {
  type Batch,
  type BoundedCounts,
  cellsOf,
  countValue,
  emptyCounts,
  labelOf,
  mergeCounts,
  type Role,
  type RowId,
  statistic,
  textOf,
  trimCounts,
  valueKey,
} from '../../core/index.ts'
import { invisible } from './invisible.ts'
import { lookalikes } from './lookalike.ts'
import { type HiddenKind, hiddenKinds, type Sighting } from './sighting.ts'

export type { HiddenKind, Sighting } from './sighting.ts'

/** A row with hidden characters, kept for the evidence. */
export interface HiddenExample {
  readonly row: RowId
  readonly role: Role
  /** At most 600 characters of the text around the first sighting; `spans` are places in it. */
  readonly text: string
  readonly spans: readonly (readonly [number, number])[]
  readonly codePoints: readonly string[]
  readonly decoded: string
  readonly label: string | null
  /** Hidden characters in the row. */
  readonly weight: number
}

/** Rows with one kind of hidden characters. */
export interface HiddenGroup {
  readonly kind: HiddenKind
  readonly rows: number
  /** The first rows, ascending, at most `limit`. */
  readonly ids: readonly RowId[]
  readonly labels: ReadonlyMap<string, number>
  /** Most characters first. */
  readonly examples: readonly HiddenExample[]
}

export interface HiddenCharactersOptions {
  readonly roles: readonly Role[]
  /** Most row ids kept of each kind. */
  readonly limit: number
}

interface Tally {
  rows: number
  ids: number[]
  labels: BoundedCounts
  examples: HiddenExample[]
}
export type HiddenCharactersState = Map<HiddenKind, Tally>

const mostExamples = 12
/** Labels told apart; the association of one kind with one of more labels than this means nothing. */
const mostLabels = 1000

function addBatch(state: HiddenCharactersState, batch: Batch, options: HiddenCharactersOptions): HiddenCharactersState {
  for (const role of options.roles) {
    const cells = cellsOf(batch, role)
    for (let i = 0; i < batch.size; i++) {
      const text = textOf(cells[i])
      if (!text) continue
      const sightings = [...invisible(text), ...lookalikes(text)]
      if (sightings.length === 0) continue
      const label = labelOf(cellsOf(batch, 'label')[i])
      for (const kind of hiddenKinds) {
        const own = sightings.filter(s => s.kind === kind)
        if (own.length === 0) continue
        const tally = tallyOf(state, kind)
        const row = batch.rows[i]!
        count(tally, row, label, options)
        const weight = own.reduce((sum, s) => sum + s.end - s.start, 0)
        if (outranks(tally, weight, row)) keepExample(tally, exampleOf(row, role, text, own, label, weight))
      }
    }
  }
  return state
}

function tallyOf(state: HiddenCharactersState, kind: HiddenKind): Tally {
  let tally = state.get(kind)
  if (!tally) state.set(kind, (tally = { rows: 0, ids: [], labels: emptyCounts(), examples: [] }))
  return tally
}

function count(tally: Tally, row: RowId, label: string | null, { limit }: HiddenCharactersOptions): void {
  tally.rows++
  tally.ids.push(row)
  if (tally.ids.length > 2 * limit) trimIds(tally, limit)
  if (label !== null) countValue(tally.labels, valueKey(label), 1, mostLabels)
}

/** Whether an example may stay: once there are enough, only a better one is worth making. */
function outranks({ examples }: Tally, weight: number, row: RowId): boolean {
  const last = examples[mostExamples - 1]
  return !last || weight > last.weight || (weight === last.weight && row <= last.row)
}

function keepExample(tally: Tally, example: HiddenExample): void {
  tally.examples.push(example)
  trimExamples(tally)
}

function trimIds(tally: Tally, limit: number): void {
  tally.ids.sort((a, b) => a - b)
  tally.ids.length = Math.min(limit, tally.ids.length)
}

function trimExamples(tally: Tally): void {
  tally.examples.sort((a, b) => b.weight - a.weight || a.row - b.row || (a.role < b.role ? -1 : 1))
  tally.examples.length = Math.min(mostExamples, tally.examples.length)
}

function exampleOf(
  row: RowId,
  role: Role,
  text: string,
  sightings: Sighting[],
  label: string | null,
  weight: number,
): HiddenExample {
  const from = Math.max(0, sightings[0]!.start - 120)
  const near = sightings.filter(s => s.start < from + 500).slice(0, 16)
  const hidden = sightings.map(s => text.slice(s.start, s.end))
  const points = new Set(hidden.slice(0, 50).flatMap(h => Array.from(h.slice(0, 400)).filter(c => c > '~' || c < ' ')))
  return {
    row,
    role,
    text: text.slice(from, from + 600),
    spans: near.map(s => [s.start - from, Math.min(600, s.end - from)] as const),
    codePoints: [...points].slice(0, 16).map(c => 'U+' + c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')),
    decoded: sightings
      .map(s => s.decoded)
      .filter(Boolean)
      .join(' ')
      .slice(0, 200),
    label,
    weight,
  }
}

/** Finds characters a reader does not see or takes for others: what they are, what they spell, and in which rows. */
export default statistic<HiddenCharactersOptions, HiddenCharactersState, readonly HiddenGroup[]>({
  id: 'hidden-characters',
  title: 'Characters that a reader does not see or takes for others',
  roles: ({ roles }) => [...roles, 'label'],
  init: () => new Map(),
  add: addBatch,
  merge(a, b, { limit }) {
    for (const [kind, other] of b) {
      const tally = a.get(kind)
      if (!tally) {
        a.set(kind, other)
        continue
      }
      tally.rows += other.rows
      for (const id of other.ids) tally.ids.push(id)
      trimIds(tally, limit)
      mergeCounts(tally.labels, other.labels, mostLabels)
      tally.examples.push(...other.examples)
      trimExamples(tally)
    }
    return a
  },
  finish(state, { limit }) {
    return hiddenKinds.flatMap(kind => {
      const tally = state.get(kind)
      if (!tally) return []
      trimIds(tally, limit)
      trimExamples(tally)
      const labels = [...trimCounts(tally.labels, mostLabels).counts].sort((a, b) => (a[0] < b[0] ? -1 : 1))
      return [{ kind, ...tally, labels: new Map(labels) }]
    })
  },
})
