import type { Cell, ReadRequest, RecordBatch, RecordDefect } from '../core/index.ts'

/** Weight that fills a batch: what a thread holds at once stays small however long the rows are. */
const mostWeight = 8 << 20

/** Gathers rows, one after another, into batches. How they are cut depends on rows and weights alone. */
export class RowBatches {
  /** Whether the batch that is being filled was asked for: rows of others need no cells. */
  taken: boolean
  private index = 0
  private weight = 0
  private size = 0
  private records: number[] = []
  private cells: Cell[][]
  private defects: RecordDefect[] = []
  private readonly wanted: readonly string[]
  private readonly take: (index: number) => boolean
  private readonly most: number

  constructor(all: readonly string[], { columns = all, take = () => true, rowsPerBatch = 4096 }: ReadRequest) {
    this.wanted = columns
    this.take = take
    this.most = rowsPerBatch
    this.cells = columns.map(() => [])
    this.taken = take(0)
  }

  /** Whether a cell of this column will be looked at. */
  wants(column: string): boolean {
    return this.taken && this.wanted.includes(column)
  }

  /**
   * Adds a row; gives a batch when that filled it.
   * @param weight bytes that hold the row in the file: never what depends on the columns asked for
   */
  add(record: number, row: Readonly<Record<string, Cell>>, weight: number): RecordBatch | undefined {
    if (this.taken) {
      this.records.push(record)
      for (let k = 0; k < this.wanted.length; k++) this.cells[k]!.push(row[this.wanted[k]!] ?? null)
    }
    this.size++
    this.weight += weight
    return this.size < this.most && this.weight < mostWeight ? undefined : this.flush()
  }

  note(defect: RecordDefect): void {
    if (this.taken) this.defects.push(defect)
  }

  /** The rest, if there is any; an empty batch when there was nothing at all. */
  finish(): RecordBatch | undefined {
    return this.size > 0 || this.defects.length > 0 || this.index === 0 ? this.flush() : undefined
  }

  private flush(): RecordBatch | undefined {
    const { records, cells, defects, index, taken } = this
    const columns = new Map(this.wanted.map((name, k) => [name, cells[k]!]))
    this.records = []
    this.cells = this.wanted.map(() => [])
    this.defects = []
    this.size = 0
    this.weight = 0
    this.taken = this.take(++this.index)
    return taken ? { index, size: records.length, records: Float64Array.from(records), columns, defects } : undefined
  }
}
