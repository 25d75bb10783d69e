import { createHash } from 'node:crypto'
import {
  type Batch,
  type Cell,
  cellsOf,
  type Defect,
  type Revision,
  type Table,
  textOf,
  timeOf,
} from '../../core/index.ts'

/** A revision and the page that it belongs to. */
export interface PageRevision extends Revision {
  readonly page: string
}

/** Rows that cannot be judged. */
export interface Unread {
  withoutPage: number
  withoutTime: number
  /** Records that the format could not read, and what is wrong with the first. */
  lost: number
  firstLost?: string
}

export const unread = (): Unread => ({ withoutPage: 0, withoutTime: 0, lost: 0 })

/** Reads rows as revisions, in the order of the table, some at a time. */
export async function* revisionsIn(table: Table, missing: Unread): AsyncIterable<readonly PageRevision[]> {
  for await (const batch of table.batches()) {
    const [pages, ids, times] = (['item', 'id', 'time'] as const).map(role => cellsOf(batch, role))
    for (const defect of batch.defects) if (defect.lost) noteLost(missing, defect)
    const digest = digestIn(batch)
    const read: PageRevision[] = []
    for (let i = 0; i < batch.size; i++) {
      const page = textOf(pages![i])?.trim() ?? ''
      const time = page === '' ? null : timeOf(times![i])
      if (page === '') missing.withoutPage++
      else if (time === null) missing.withoutTime++
      else read.push({ page, id: textOf(ids![i])?.trim() ?? '', time, digest: digest(i) })
    }
    yield read
  }
}

function noteLost(missing: Unread, { records = 1, message }: Defect): void {
  missing.lost += records
  missing.firstLost ??= message
}

/** The digest column, else the SHA-1 of the text as MediaWiki writes it. */
function digestIn(batch: Batch): (i: number) => string | null {
  const digests = cellsOf(batch, 'digest')
  if (digests.length > 0) return i => textOf(digests[i])?.trim().toLowerCase() || null
  const texts = cellsOf(batch, 'text')
  return i => sha1Of(texts[i])
}

const digits = 31

function sha1Of(cell: Cell | undefined): string | null {
  const text = textOf(cell)
  if (text === null) return null
  const hex = createHash('sha1').update(text).digest('hex')
  return BigInt(`0x${hex}`).toString(36).padStart(digits, '0')
}
