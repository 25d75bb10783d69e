import { emptyLowest, hashString, type Lowest, mergeLowest, putLowest, trimLowest } from '../../core/index.ts'

/** Contents that several addresses serve now, by digest: a hash-defined share of them when there are too many. */
export interface Pages {
  readonly byDigest: Map<string, Page>
  /** Digests that hash to this or above are out. */
  limit: number
}

interface Page {
  rows: number
  /** Hashes of the domains that serve it, and of the digests that were recorded there; the lowest ones. */
  domains: Lowest
  recorded: Lowest
}

const mostPages = 20_000
/** Nobody asks for more than so many domains that serve the same. */
const mostSharing = 16
const rankOf = (digest: string): number => hashString(digest, 0x9a6e) >>> 0
const everything = 2 ** 32

export const emptyPages = (): Pages => ({ byDigest: new Map(), limit: everything })

/** Notes that an address on `domain` with another digest recorded serves the content of `digest`. */
export function putPage(to: Pages, digest: string, domain: string, recorded: string): void {
  const page = pageOf(to, digest)
  if (!page) return
  page.rows++
  keep(page.domains, hashString(domain, 1) >>> 0)
  keep(page.recorded, hashString(recorded, 2) >>> 0)
}

function pageOf(to: Pages, digest: string): Page | undefined {
  const known = to.byDigest.get(digest)
  if (known || (to.limit < everything && rankOf(digest) >= to.limit)) return known
  const page = { rows: 0, domains: emptyLowest(), recorded: emptyLowest() }
  // The digest may be a slice, which would keep the text alive that it was cut from.
  to.byDigest.set(Buffer.from(digest).toString(), page)
  if (to.byDigest.size > 2 * mostPages) trimPages(to)
  return to.byDigest.get(digest)
}

/** Puts a value in once. */
function keep(to: Lowest, value: number): void {
  if (!to.kept.includes(value)) putLowest(to, value, mostSharing)
}

/** Leaves as many contents as are allowed. */
export function trimPages(to: Pages): Pages {
  if (to.byDigest.size <= mostPages) return to
  const ranks = Float64Array.from(to.byDigest.keys(), rankOf).sort()
  to.limit = Math.min(to.limit, ranks[mostPages]!)
  for (const digest of to.byDigest.keys()) if (rankOf(digest) >= to.limit) to.byDigest.delete(digest)
  return to
}

/** The contents of both. May change and return `a`. */
export function mergePages(a: Pages, b: Pages): Pages {
  a.limit = Math.min(a.limit, b.limit)
  for (const digest of a.byDigest.keys())
    if (a.limit < everything && rankOf(digest) >= a.limit) a.byDigest.delete(digest)
  for (const [digest, page] of b.byDigest) {
    const own = pageOf(a, digest)
    if (!own) continue
    own.rows += page.rows
    own.domains = mergeDistinct(own.domains, page.domains)
    own.recorded = mergeDistinct(own.recorded, page.recorded)
  }
  return trimPages(a)
}

function mergeDistinct(a: Lowest, b: Lowest): Lowest {
  const fresh = { kept: b.kept.filter(value => !a.kept.includes(value)), limit: b.limit }
  return mergeLowest(a, fresh, mostSharing)
}

/** A content that stands on several domains now. */
export interface SharedPage {
  readonly digest: string
  readonly rows: number
  /** Domains that serve it; `mostSharing` when there are at least so many. */
  readonly domains: number
}

/** Contents on at least two domains where at least two digests had been recorded, by falling number of rows. */
export function sharedPages(pages: Pages): SharedPage[] {
  const shared = [...trimPages(pages).byDigest].flatMap(([digest, { rows, domains, recorded }]) => {
    const count = (of: Lowest) => trimLowest(of, mostSharing).kept.length
    return count(domains) > 1 && count(recorded) > 1 ? [{ digest, rows, domains: count(domains) }] : []
  })
  return shared.sort((a, b) => b.rows - a.rows || (a.digest < b.digest ? -1 : 1)).slice(0, mostShown)
}

const mostShown = 1000
