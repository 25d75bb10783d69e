import { createHash } from 'node:crypto'
import { type Batch, type Cell, cellsOf, type Revision, type Table, textOf, timeOf } from '../../core/index.ts'

/** A revision and the page that it belongs to. */
export interface PageRevision extends Revision {
  readonly page: string
}

/** Rows that cannot be judged. */
export interface Unread {
  withoutPage: number
  withoutTime: number
}

export const unread = (): Unread => ({ withoutPage: 0, withoutTime: 0 })

/** Reads rows as revisions, in the order of the table, some at a time. */
export async function* revisionsIn(table: Table, missing: Unread): AsyncIterable<readonly PageRevision[]> {
  for await (const batch of table.batches()) {
    const [pages, ids, times] = (['item', 'id', 'time'] as const).map(role => cellsOf(batch, role))
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
