import { type Cell, canonical, type Table } from '../core/index.ts'
import type { Registrations } from '../domains/index.ts'
import { type LineFile, lineFile } from '../ledger/index.ts'
import { type JudgedUrl, triageUrls, type UrlFate, urlFates } from '../scan/index.ts'
import { wrapped } from './text.ts'

/** Rows by what became of them. */
export type FateCounts = Readonly<Record<UrlFate, number>>

/** Fates of rows that may be used. */
const clean: ReadonlySet<UrlFate> = new Set(['identical', 're-encoded'])

/** Files to write rows to. */
export interface TriageFiles {
  /** Rows that may be used, with the columns of the list that mean something. */
  readonly clean?: string | undefined
  /** All other rows, each with its fate and the reason. */
  readonly quarantine?: string | undefined
}

/** Judges every row by what was observed of it, and writes the rows that may be used and those that may not. */
export async function triaged(
  table: Table,
  observed: string,
  registrations: Registrations | null,
  files: TriageFiles,
): Promise<FateCounts> {
  const counts = Object.fromEntries(urlFates.map(fate => [fate, 0])) as Record<UrlFate, number>
  const [good, bad] = await Promise.all([files.clean, files.quarantine].map(fresh))
  const names = new Map(table.columns.flatMap(({ name, role }) => (role ? [[role, name] as const] : [])))
  for await (const judged of triageUrls(table, observed, registrations)) {
    counts[judged.fate]++
    if (clean.has(judged.fate)) await good?.write(cleanLine(judged, names))
    else {
      const { row, url, fate, reason } = judged
      await bad?.write(`${canonical({ row, url, fate, reason })}\n`)
    }
  }
  await Promise.all([good?.finish(), bad?.finish()])
  return counts
}

/** A file begun anew: it is written in one go, and what an earlier run left of it is of no use. */
async function fresh(path: string | undefined): Promise<LineFile | undefined> {
  return path === undefined ? undefined : lineFile(path, true)
}

function cleanLine({ cells }: JudgedUrl, names: ReadonlyMap<string, string>): string {
  const named = Object.entries(cells).map(([role, cell]) => [names.get(role) ?? role, plain(cell)])
  return `${canonical(Object.fromEntries(named))}\n`
}

const plain = (cell: Cell | undefined): unknown =>
  cell instanceof Uint8Array ? Buffer.from(cell).toString('base64') : (cell ?? null)

const meanings: Readonly<Record<UrlFate, string>> = {
  identical: 'the bytes that were recorded',
  're-encoded': 'other bytes that look the same',
  changed: 'other bytes that look different, or nobody can tell',
  're-registered': 'changed, and the domain was registered anew since',
  parked: 'a page that offers the domain for sale',
  gone: 'nothing stands there any more',
  'not-fetched': 'nobody looked: neither clean nor poisoned',
}

/** The counts as a table of at most 80 columns. */
export function triageText(counts: FateCounts, files: TriageFiles): string {
  const rows = urlFates.reduce((sum, fate) => sum + counts[fate], 0)
  const width = Math.max(...urlFates.map(fate => counts[fate].toLocaleString('en-US').length))
  const lines = urlFates.map(fate => {
    const share = rows === 0 ? 0 : (100 * counts[fate]) / rows
    return `  ${fate.padEnd(13)} ${counts[fate].toLocaleString('en-US').padStart(width)} ${share.toFixed(2).padStart(6)} %  ${meanings[fate]}`
  })
  const usable = counts.identical + counts['re-encoded']
  const kept = files.clean === undefined ? '' : ` They are in ${files.clean}.`
  const out = files.quarantine === undefined ? '' : ` The others are in ${files.quarantine}, each with its reason.`
  const sum = wrapped(
    `${usable.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')} rows may be used.${kept}${out}`,
  )
  return `${lines.join('\n')}\n\n${sum}\n`
}

/** What of a list nobody looked at, as sentences for a report. */
export function notSeen(counts: FateCounts): { notLookedAt: string[]; unjudged: string[] } {
  const rows = urlFates.reduce((sum, fate) => sum + counts[fate], 0)
  const [unfetched, gone] = [counts['not-fetched'], counts.gone]
  const of = `of ${rows.toLocaleString('en-US')} rows`
  const sentences = [
    ...(unfetched > 0 ? [`${unfetched.toLocaleString('en-US')} ${of} were not fetched or cannot be compared.`] : []),
    ...(gone > 0 ? [`At the addresses of ${gone.toLocaleString('en-US')} ${of} nothing stands any more.`] : []),
  ]
  return unfetched + gone === rows ? { notLookedAt: [], unjudged: sentences } : { notLookedAt: sentences, unjudged: [] }
}
