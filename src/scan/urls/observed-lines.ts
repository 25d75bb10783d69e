import { type Batch, Fault } from '../../core/index.ts'
import { type Lines, manyLinesOf } from '../../sources/index.ts'

/** What a file of observations says of one row. */
export interface ObservedRow {
  readonly row: number
  readonly url: string
  /** Digest of what stands there now; null when nothing was fetched. */
  readonly observed: string | null
  readonly looks: string | null
  readonly text: string | null
  /** Why nothing was fetched: a code, and a sentence. */
  readonly error: { readonly kind: string; readonly message: string } | null
  readonly remark: string | null
}

/** Reads the observations of a table beside its batches, in one walk: both are in the order of the rows. */
export class ObservedLines {
  private readonly chunks: AsyncIterator<Lines>
  private lines: Lines = { texts: [], ended: true }
  /** Place of the next line in `lines`, and in the file. */
  private at = 0
  private line = 0
  private next: ObservedRow | null = null
  private before = -1
  private readonly path: string

  constructor(path: string) {
    this.path = path
    this.chunks = manyLinesOf(path)[Symbol.asyncIterator]()
  }

  /** What was observed of each row of a batch; null where nothing was written of it. Batches may be left out. */
  async beside(batch: Batch): Promise<(ObservedRow | null)[]> {
    const found: (ObservedRow | null)[] = new Array(batch.size).fill(null)
    for (let i = 0; i < batch.size; ) {
      this.next ??= this.read()
      if (this.next === null && (await this.fill())) continue
      if (this.next === null) break
      const row = batch.rows[i]!
      if (this.next.row === row) found[i] = this.next
      if (this.next.row >= row) i++
      if (this.next.row <= row) this.next = null
    }
    return found
  }

  async close(): Promise<void> {
    await this.chunks.return?.()
  }

  /** Takes more lines in; false at the end. What a run that was stopped left behind may be cut there. */
  private async fill(): Promise<boolean> {
    const { done, value } = await this.chunks.next()
    if (done || !value.ended) return false
    this.lines = value
    this.at = 0
    return true
  }

  /** The row of the next line that is already here; null when there is none. */
  private read(): ObservedRow | null {
    if (this.at >= this.lines.texts.length) return null
    const text = this.lines.texts[this.at++]!
    this.line++
    const read = parsed(text)
    if (!read || read.row <= this.before)
      throw new Fault(
        'bad-snapshot',
        `${this.path}, line ${this.line}: this is no row of a file of observations, or not in its place.`,
        'Write the file anew with bezoar verify --urls … --observed.',
      )
    this.before = read.row
    return read
  }
}

function parsed(text: string): ObservedRow | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const fields = value as Readonly<Record<string, unknown>>
  if (typeof fields.row !== 'number' || typeof fields.url !== 'string') return null
  const textual = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null)
  const { row, url } = fields
  return {
    row,
    url,
    observed: textual('observed'),
    looks: textual('looks'),
    text: textual('text'),
    error: errorIn(fields.error),
    remark: textual('remark'),
  }
}

function errorIn(value: unknown): ObservedRow['error'] {
  if (typeof value !== 'object' || value === null) return null
  const { kind, message } = value as Readonly<Record<string, unknown>>
  return { kind: String(kind), message: String(message) }
}
