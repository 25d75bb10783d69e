import {
  chooseGathered,
  Fault,
  type Gathered,
  gathered,
  gatherRevision,
  type SnapshotRule,
  type Table,
} from '../../core/index.ts'
import { lineOf, writtenLine } from './lines.ts'
import type { Pass } from './pass.ts'
import { type PageRevision, revisionsIn } from './records.ts'
import { linesIn, type Spill, spill } from './spill.ts'
import { count } from './summary.ts'

/** Revisions of one page kept on either side of the hold: a whole file's pages are in memory at once. */
const mostKept = 64
/** Pages of one file in memory; 64 times as many in all. */
const mostPages = 1_000_000

type Spilled = readonly [page: string, id: string, time: number, digest: string | null, place: number]

/** Deals the rows to files by page, chooses file by file, and writes the pages in the order in which they first came. */
export async function grouped(
  table: Table,
  rule: SnapshotRule,
  pass: Pass & { readonly mostSpillBytes: number },
): Promise<void> {
  const disk = await spill(pass.mostSpillBytes)
  try {
    let place = 0
    for await (const revisions of revisionsIn(table, pass.missing)) {
      pass.options.signal?.throwIfAborted()
      for (const { page, id, time, digest } of revisions) {
        const record: Spilled = [page, id, time, digest, place++]
        await disk.put(page, `${JSON.stringify(record)}\n`)
      }
    }
    pass.counts.revisions = place
    const sorted: string[] = []
    for (const [k, file] of (await disk.files()).entries()) sorted.push(await chosen(file, k, rule, pass, disk))
    await merged(sorted, pass)
  } finally {
    await disk.remove()
  }
}

/** Chooses the pages of one file; gives a file of lines, each after the place of its page's first row. */
async function chosen(file: string, k: number, rule: SnapshotRule, pass: Pass, disk: Spill): Promise<string> {
  const pages = new Map<string, { readonly place: number; readonly own: Gathered<PageRevision> }>()
  for await (const line of linesIn(file)) {
    const [page, id, time, digest, place] = JSON.parse(line) as Spilled
    let known = pages.get(page)
    if (!known) {
      known = { place, own: gathered(rule, mostKept) }
      pages.set(page, known)
      if (pages.size > mostPages) throw tooMany()
    }
    if (time > rule.at) pass.counts.laterRevisions++
    gatherRevision(known.own, { page, id, time, digest })
  }
  const lines = [...pages].map(([page, { place, own }]) => {
    const choice = chooseGathered(own)
    count(pass.counts, choice)
    return `${place} ${writtenLine(lineOf(page, choice))}`
  })
  pass.options.onPages?.(pass.counts.pages, pass.counts.revisions)
  return disk.write(`${k}-chosen`, lines.join(''))
}

const tooMany = (): Fault =>
  new Fault(
    'bad-option',
    `The rows of a page do not stand together, and there are more than ${64 * mostPages} pages.`,
    'Sort the table by page.',
  )

/** Merges files of placed lines, each ascending, into the sink. */
async function merged(files: readonly string[], { sink }: Pass): Promise<void> {
  const readers = files.map(file => linesIn(file)[Symbol.asyncIterator]())
  const heads: { place: number; line: string; reader: AsyncIterator<string> }[] = []
  const next = async (reader: AsyncIterator<string>) => {
    const { value, done } = await reader.next()
    if (done) return
    const cut = value.indexOf(' ')
    heads.push({ place: Number(value.slice(0, cut)), line: value.slice(cut + 1), reader })
    heads.sort((a, b) => b.place - a.place)
  }
  for (const reader of readers) await next(reader)
  let lines: string[] = []
  for (let head = heads.pop(); head; head = heads.pop()) {
    lines.push(`${head.line}\n`)
    await next(head.reader)
    if (lines.length < 500) continue
    await sink.write(lines.join(''))
    lines = []
  }
  await sink.write(lines.join(''))
}
