import { type Batch, cellsOf, labelOf, type Role, type RowId, statistic, textOf } from '../../core/index.ts'
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
  labels: Map<string, number>
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
        if (own.length > 0) note(state, exampleOf(batch.rows[i]!, role, text, own, label), kind, options)
      }
    }
  }
  return state
}

function note(state: HiddenCharactersState, example: HiddenExample, kind: HiddenKind, { limit }: { limit: number }) {
  let tally = state.get(kind)
  if (!tally) state.set(kind, (tally = { rows: 0, ids: [], labels: new Map(), examples: [] }))
  tally.rows++
  tally.ids.push(example.row)
  if (tally.ids.length > 2 * limit) trimIds(tally, limit)
  if (example.label !== null) countLabel(tally, example.label.slice(0, 200), 1)
  tally.examples.push(example)
  if (tally.examples.length > 2 * mostExamples) trimExamples(tally)
}

function countLabel(tally: Tally, label: string, rows: number): void {
  const known = tally.labels.get(label)
  if (known !== undefined || tally.labels.size < mostLabels) tally.labels.set(label, (known ?? 0) + rows)
}

function trimIds(tally: Tally, limit: number): void {
  tally.ids.sort((a, b) => a - b)
  tally.ids.length = Math.min(limit, tally.ids.length)
}

function trimExamples(tally: Tally): void {
  tally.examples.sort((a, b) => b.weight - a.weight || a.row - b.row || (a.role < b.role ? -1 : 1))
  tally.examples.length = Math.min(mostExamples, tally.examples.length)
}

function exampleOf(row: RowId, role: Role, text: string, sightings: Sighting[], label: string | null): HiddenExample {
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
    weight: hidden.reduce((sum, h) => sum + h.length, 0),
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
      for (const [label, rows] of other.labels) countLabel(tally, label, rows)
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
      return [{ kind, ...tally, labels: new Map([...tally.labels].sort((a, b) => (a[0] < b[0] ? -1 : 1))) }]
    })
  },
})
