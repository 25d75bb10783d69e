import {
  type Cell,
  cellsOf,
  emptyRanked,
  hashRow,
  labelOf,
  mergeRanked,
  putRanked,
  type Ranked,
  type RowId,
  rankedValues,
  statistic,
} from '../../core/index.ts'

export interface LabelledVectorsOptions {
  /** Most rows kept; 60,000 when absent. Of more, those whose hashed rows rank lowest: an even sample. */
  readonly most?: number
}

/** Numbers that a model or somebody else gave to each row, in the order of the rows. */
export interface LabelledVectors {
  /** Numbers a row: as many as most rows have. Rows with others are counted as `odd`. */
  readonly columns: number
  /** Rows with a vector, of which `rows.length` were kept. */
  readonly total: number
  /** Rows whose cell is no vector of that length, or holds numbers that are not finite. */
  readonly odd: number
  readonly rows: Float64Array
  /** Labels by falling frequency among the kept. */
  readonly labels: readonly string[]
  /** Index of each row's label in `labels`; -1 where there is none. */
  readonly label: Int32Array
  readonly values: Float32Array
}

interface Kept {
  readonly row: RowId
  readonly label: string | null
  readonly values: Float32Array
}

export interface LabelledVectorsState {
  total: number
  odd: number
  kept: Ranked<Kept>
}

/** Longer vectors are cut: what tells classes apart stands in the first thousands as well. */
const mostColumns = 4096
/** Numbers that are kept in all: 256 MB. */
const mostNumbers = 64 << 20
const boundsOf = ({ most = 60_000 }: LabelledVectorsOptions) => ({ items: most, weight: mostNumbers })

export default statistic<LabelledVectorsOptions, LabelledVectorsState, LabelledVectors>({
  id: 'labelled-vectors',
  title: 'Vectors of rows, with their labels',
  roles: () => ['vector', 'label'],
  init: () => ({ total: 0, odd: 0, kept: emptyRanked() }),
  add(state, batch, options) {
    const [cells, labels] = [cellsOf(batch, 'vector'), cellsOf(batch, 'label')]
    for (let i = 0; i < batch.size; i++) {
      const cell = cells[i]
      if (cell === null || cell === undefined || cell === '') continue
      const values = vectorOf(cell)
      if (!values) {
        state.odd++
        continue
      }
      state.total++
      const row = batch.rows[i]!
      const value = { row, label: labelOf(labels[i]), values }
      putRanked(state.kept, hashRow(row, 1) >>> 0, values.length, value, boundsOf(options))
    }
    return state
  },
  merge: (a, b, options) => ({
    total: a.total + b.total,
    odd: a.odd + b.odd,
    kept: mergeRanked(a.kept, b.kept, boundsOf(options)),
  }),
  finish({ total, odd, kept }, options) {
    const all = rankedValues(kept, boundsOf(options)).sort((a, b) => a.row - b.row)
    const columns = commonest(all.map(v => v.values.length))
    const own = all.filter(v => v.values.length === columns)
    const labels = labelsOf(own)
    const places = new Map(labels.map((label, i) => [label, i]))
    const values = new Float32Array(own.length * columns)
    own.forEach((v, i) => void values.set(v.values, i * columns))
    return {
      columns,
      total,
      odd: odd + all.length - own.length,
      rows: Float64Array.from(own, v => v.row),
      labels,
      label: Int32Array.from(own, v => (v.label === null ? -1 : places.get(v.label)!)),
      values,
    }
  },
})

/** The numbers of a cell: a list, or its text as JSON or with blanks between. */
function vectorOf(cell: Cell): Float32Array | null {
  const list = typeof cell === 'string' ? listIn(cell) : cell
  if (!Array.isArray(list) || list.length === 0) return null
  const values = Float32Array.from(list.slice(0, mostColumns), x => (typeof x === 'number' ? x : Number.NaN))
  return values.every(x => Number.isFinite(x)) ? values : null
}

function listIn(text: string): unknown {
  const inner = text.trim().replace(/^\[|\]$/g, '')
  if (inner === '' || inner.length > 32 * mostColumns) return null
  return inner.split(/[\s,;]+/).map(Number)
}

function commonest(sizes: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}

function labelsOf(values: readonly Kept[]): string[] {
  const counts = new Map<string, number>()
  for (const { label } of values) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([label]) => label)
}
