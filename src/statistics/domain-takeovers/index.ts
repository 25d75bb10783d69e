import {
  type Batch,
  type Cell,
  cellsOf,
  emptyRanked,
  type Fate,
  hashString,
  isForSale,
  mergeRanked,
  putRanked,
  type Ranked,
  type Role,
  type RowId,
  readDigest,
  sameLooks,
  statistic,
  textOf,
  timeOf,
  triage,
  trimRanked,
} from '../../core/index.ts'
import { lapsed, type Site, sitesOf } from '../../domains/index.ts'
import { emptyPages, mergePages, type Pages, putPage, type SharedPage, sharedPages } from './pages.ts'

export type { SharedPage } from './pages.ts'

export interface DomainTakeoversOptions {
  /** When the list was made, in milliseconds since 1970; rows may say an earlier moment themselves. */
  readonly curatedAt: number | null
  /** Contents, by digest, whose rows are wanted too. */
  readonly pages?: readonly string[]
}

/** A row that somebody else may serve now. */
export interface Suspect {
  readonly row: RowId
  readonly domain: string
  /** The address, at most 200 characters of it. */
  readonly url: string
  /** When the domain was registered, if that was after `curated`. */
  readonly registered: number | null
  readonly curated: number | null
  /** True when what is served is a page that offers domains for sale. */
  readonly parked: boolean
  /** True when the bytes are others and look different. */
  readonly changed: boolean
  /** Digest of what is served, among the asked ones or told apart by a hash. */
  readonly page: string
}

/** Rows whose domain changed hands after they were listed. */
export interface DomainTakeovers {
  /** The first of the suspect rows, ascending. */
  readonly suspects: readonly Suspect[]
  /** True when all of them are there. */
  readonly complete: boolean
  readonly shared: readonly SharedPage[]
  /** Rows with a domain, in all. */
  readonly rows: number
  /** Rows whose domain was registered at a time that nobody told. */
  readonly unknown: number
  /** Rows of which nobody tells when they were listed. */
  readonly undated: number
  readonly registered: number
  readonly parked: number
}

export interface DomainTakeoversState {
  suspects: Ranked<Suspect>
  pages: Pages
  rows: number
  unknown: number
  undated: number
  registered: number
  parked: number
}

/** Half of what a report lists. */
const bounds = { items: 50_000, weight: 12_000_000 }
const roles = ['url', 'registered', 'time', 'text', 'digest', 'observed', 'looks', 'observedLooks'] as const
const differs: ReadonlySet<Fate> = new Set(['near', 'changed', 'blank', 'unseen', 'unlike'])

type Cells = Readonly<Record<(typeof roles)[number], ReturnType<typeof cellsOf>>>

const columnsOf = (batch: Batch): Cells =>
  Object.fromEntries(roles.map((role: Role) => [role, cellsOf(batch, role)])) as unknown as Cells

/** Moments read lately: a list names few dates many times, and reading one costs more than all else. */
const mostMoments = 1 << 14
const moments = new Map<Cell, number | null>()

function momentOf(cell: Cell | undefined): number | null {
  if (cell === null || cell === undefined) return null
  if (typeof cell !== 'string' || cell.length > 40) return timeOf(cell)
  const known = moments.get(cell)
  if (known !== undefined) return known
  if (moments.size >= mostMoments) moments.clear()
  const moment = timeOf(cell)
  // A cell may be a slice, which would keep the text alive that it was cut from.
  moments.set(Buffer.from(cell).toString(), moment)
  return moment
}

/** The earlier of two moments, of which either may be unknown. */
const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b)

interface Place {
  readonly cells: Cells
  readonly site: Site
  readonly i: number
  readonly row: RowId
}

function judge(state: DomainTakeoversState, { cells, site, i, row }: Place, options: DomainTakeoversOptions): void {
  state.rows++
  const { domain } = site
  const since = momentOf(cells.registered[i])
  const curated = earlier(momentOf(cells.time[i]), options.curatedAt)
  if (since === null && cells.registered[i] !== lapsed) state.unknown++
  if (curated === null) state.undated++
  const registered = since !== null && curated !== null && since > curated ? since : null
  const [digest, observed] = [cells.digest[i], cells.observed[i]]
  const { fate } = triage({ digest, observed, looks: cells.looks[i], observedLooks: cells.observedLooks[i] }, sameLooks)
  const text = registered !== null || differs.has(fate) ? textOf(cells.text[i]) : null
  const parked = text !== null && isForSale(text)
  const served = differs.has(fate) || registered !== null ? (readDigest(observed)?.hex ?? '') : ''
  // A page that looks as before is no new page, whoever else serves it.
  if (differs.has(fate) && fate !== 'near') putPage(state.pages, served, domain, textOf(digest) ?? '')
  if (registered !== null) state.registered++
  if (parked) state.parked++
  const wanted = fate !== 'near' && differs.has(fate) ? options.pages?.find(page => page === served) : undefined
  if (registered === null && !parked && wanted === undefined) return
  const changed = fate === 'changed' || fate === 'blank'
  const page = wanted ?? (served === '' ? '' : (hashString(served) >>> 0).toString(16))
  // A copy: a slice would keep the text alive that it was cut from.
  const url = Buffer.from((textOf(cells.url[i]) ?? '').slice(0, 200)).toString()
  const suspect = { row, domain, url, registered, curated, parked, changed, page }
  putRanked(state.suspects, row, domain.length + url.length + page.length + 40, suspect, bounds)
}

/** Finds rows whose domain was registered anew since they were listed, or shows a page that sells domains. */
export default statistic<DomainTakeoversOptions, DomainTakeoversState, DomainTakeovers>({
  id: 'domain-takeovers',
  title: 'Rows whose domain changed hands',
  roles: () => roles,
  init: () => ({
    suspects: emptyRanked(),
    pages: emptyPages(),
    rows: 0,
    unknown: 0,
    undated: 0,
    registered: 0,
    parked: 0,
  }),
  add(state, batch, options) {
    const cells = columnsOf(batch)
    const { sites, places } = sitesOf(cells.url)
    for (let i = 0; i < batch.size; i++) {
      const site = sites[places[i] ?? -1]
      if (site) judge(state, { cells, site, i, row: batch.rows[i]! }, options)
    }
    return state
  },
  merge(a, b) {
    a.suspects = mergeRanked(a.suspects, b.suspects, bounds)
    a.pages = mergePages(a.pages, b.pages)
    for (const key of ['rows', 'unknown', 'undated', 'registered', 'parked'] as const) a[key] += b[key]
    return a
  },
  finish({ suspects, pages, rows, unknown, undated, registered, parked }) {
    const { items, limit } = trimRanked(suspects, bounds)
    const kept = items.map(item => item.value).sort((a, b) => a.row - b.row)
    const complete = limit === Infinity
    return { suspects: kept, complete, shared: sharedPages(pages), rows, unknown, undated, registered, parked }
  },
})
