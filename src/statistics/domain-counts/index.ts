import {
  type Batch,
  type BoundedCounts,
  cellsOf,
  countValue,
  emptyCounts,
  emptyLowest,
  emptyRanked,
  hashString,
  type Lowest,
  mergeCounts,
  mergeLowest,
  mergeRanked,
  overflows,
  putLowest,
  putRanked,
  type Ranked,
  type RowId,
  sortedCounts,
  statistic,
  trimCounts,
  trimLowest,
  trimRanked,
} from '../../core/index.ts'
import { lapsed, type Site, sitesOf } from '../../domains/index.ts'

export interface DomainCountsOptions {
  /** Most domains counted; beyond it those whose names hash lowest stay. */
  readonly limit: number
  /** Of an earlier answer that overflowed: only domains that may have so many rows are counted, so none is lost. */
  readonly large?: { readonly cells: Uint32Array; readonly least: number }
}

/** How many rows stand on which registrable domain. */
export interface DomainCounts {
  /** Rows by domain that a registry sells, by falling count. */
  readonly domains: readonly DomainRows[]
  /** True when every domain is there. */
  readonly complete: boolean
  /** Rows on some domain, in all; more than those of `domains` when some were left out. */
  readonly rows: number
  /** Rows whose host is a name that a hosting platform gives away; part of `rows`. */
  readonly hosted: number
  /** Rows with an address that has no domain: numbers, `localhost`, data addresses, broken text. */
  readonly nowhere: number
  /** Rows on domains of which the table says that nobody held them. */
  readonly lapsed: number
  /** The first of them. */
  readonly lapsedRows: readonly RowId[]
  /** Addresses of the first few, by row, at most 200 characters of each. */
  readonly lapsedUrls: readonly (readonly [RowId, string])[]
  /** Domains there seem to be; exact when complete. */
  readonly distinct: number
  /** Two hashed histograms of all domains: with it the largest are found though some were left out. */
  readonly cells: Uint32Array
  /** Rows that at most some thousand domains can exceed, by these histograms. */
  readonly least: number
}

/** A domain, its rows, and how many of them are hosted names or lapsed. */
export interface DomainRows {
  readonly domain: string
  readonly rows: number
  readonly hosted: number
  readonly lapsed: number
}

export interface DomainCountsState {
  all: BoundedCounts
  hosted: BoundedCounts
  lapsed: BoundedCounts
  readonly cells: Uint32Array
  rows: number
  hostedRows: number
  nowhere: number
  lapsedRows: number
  firstLapsed: Lowest
  lapsedUrls: Ranked<readonly [RowId, string]>
}

/** Addresses are cut in the histograms at one in 2^20: with ten million rows a cell has ten others on average. */
const cellBits = 20
const width = 1 << cellBits
const mostLarge = 5000

/** What a finding lists, and what it shows. */
const mostRows = 100_000
const shownUrls = { items: 12, weight: 10_000 }

const cellsOfDomain = (domain: string): [number, number] => [
  hashString(domain, 0x1a) >>> (32 - cellBits),
  width + (hashString(domain, 0x2b) >>> (32 - cellBits)),
]

/** The smallest count that at most `most` domains can exceed. */
function leastOfLargest(cells: Uint32Array, most: number): number {
  const sorted = cells.slice(0, width).sort()
  return Math.max(1, sorted[Math.max(0, width - most - 1)]! + 1)
}

/** Keeps a copy of an address: a slice would keep the text alive that it was cut from. */
function keepUrl(state: DomainCountsState, row: RowId, url: string): void {
  putRanked(state.lapsedUrls, row, 200, [row, Buffer.from(url.slice(0, 200)).toString()], shownUrls)
}

/** Counts a batch: by site first, for a list names few sites many times. */
function addBatch(state: DomainCountsState, batch: Batch, options: DomainCountsOptions): DomainCountsState {
  const urls = cellsOf(batch, 'url')
  const registered = cellsOf(batch, 'registered')
  const { sites, places } = sitesOf(urls)
  const rowsOn = new Uint32Array(sites.length)
  const lapsedOn = new Uint32Array(sites.length)
  for (let i = 0; i < batch.size; i++) {
    const url = urls[i]
    if (url === null || url === undefined || url === '') continue
    const place = places[i]!
    if (place < 0) {
      state.nowhere++
      continue
    }
    rowsOn[place]!++
    if (registered[i] !== lapsed) continue
    lapsedOn[place]!++
    putLowest(state.firstLapsed, batch.rows[i]!, mostRows)
    if (batch.rows[i]! < state.lapsedUrls.limit) keepUrl(state, batch.rows[i]!, String(url))
  }
  for (let place = 0; place < sites.length; place++)
    addSite(state, sites[place]!, { rows: rowsOn[place]!, lapsed: lapsedOn[place]! }, options)
  return state
}

interface SiteRows {
  readonly rows: number
  readonly lapsed: number
}

function addSite(
  state: DomainCountsState,
  { domain, hosted }: Site,
  { rows, lapsed }: SiteRows,
  { limit, large }: DomainCountsOptions,
): void {
  state.rows += rows
  state.lapsedRows += lapsed
  if (hosted) state.hostedRows += rows
  const [first, second] = cellsOfDomain(domain)
  state.cells[first]! += rows
  state.cells[second]! += rows
  if (large && Math.min(large.cells[first]!, large.cells[second]!) < large.least) return
  countValue(state.all, domain, rows, limit)
  if (hosted) countValue(state.hosted, domain, rows, limit)
  if (lapsed > 0) countValue(state.lapsed, domain, lapsed, limit)
}

/** Counts rows by registrable domain, exactly up to a limit of domains and by a hash-defined share of them beyond. */
export default statistic<DomainCountsOptions, DomainCountsState, DomainCounts>({
  id: 'domain-counts',
  title: 'Rows by registrable domain',
  roles: () => ['url', 'registered'],
  init: () => ({
    all: emptyCounts(),
    hosted: emptyCounts(),
    lapsed: emptyCounts(),
    cells: new Uint32Array(2 * width),
    rows: 0,
    hostedRows: 0,
    nowhere: 0,
    lapsedRows: 0,
    firstLapsed: emptyLowest(),
    lapsedUrls: emptyRanked(),
  }),
  add: addBatch,
  merge(a, b, { limit }) {
    for (let k = 0; k < a.cells.length; k++) a.cells[k]! += b.cells[k]!
    for (const key of ['all', 'hosted', 'lapsed'] as const) a[key] = mergeCounts(a[key], b[key], limit)
    for (const key of ['rows', 'hostedRows', 'nowhere', 'lapsedRows'] as const) a[key] += b[key]
    a.lapsedUrls = mergeRanked(a.lapsedUrls, b.lapsedUrls, shownUrls)
    a.firstLapsed = mergeLowest(a.firstLapsed, b.firstLapsed, mostRows)
    return a
  },
  finish(state, { limit }) {
    const all = trimCounts(state.all, limit)
    const kept = sortedCounts(all)
    return {
      // A domain that stays among all stays among the few, for its hash is below both limits.
      domains: kept.map(([domain, rows]) => ({
        domain,
        rows,
        hosted: state.hosted.counts.get(domain) ?? 0,
        lapsed: state.lapsed.counts.get(domain) ?? 0,
      })),
      complete: !overflows(all),
      rows: state.rows,
      hosted: state.hostedRows,
      nowhere: state.nowhere,
      lapsed: state.lapsedRows,
      lapsedRows: trimLowest(state.firstLapsed, mostRows).kept,
      lapsedUrls: trimRanked(state.lapsedUrls, shownUrls)
        .items.map(item => item.value)
        .sort((a, b) => a[0] - b[0]),
      distinct: Math.round((kept.length * 2 ** 32) / all.limit),
      cells: state.cells,
      least: leastOfLargest(state.cells, Math.min(mostLarge, limit)),
    }
  },
})
