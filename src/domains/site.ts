import { parse } from 'tldts'
import type { Cell } from '../core/index.ts'
import { hostOf } from './host.ts'

/** Who can decide what stands at an address. */
export interface Site {
  /** The name that a registry sells, and that its RDAP server answers about. */
  readonly domain: string
  /**
   * True when the host is a name that a hosting platform gives away under its own domain (`someone.github.io`). Nobody
   * can buy it from a registry: the platform's domain would have to lapse, or the account be taken over.
   */
  readonly hosted: boolean
}

/** A site, and its place among those of the column that named it last. */
interface Marked {
  readonly site: Site
  column: number
  place: number
}

/** A host as addresses write it, and its site. */
interface Known {
  readonly host: string
  readonly marked: Marked | null
}

/**
 * Hosts remembered: the last ones asked for, at least one such number and at most two. Lists name few hosts many times.
 */
const mostHosts = 1 << 17
let lately = new Map<string, Known>()
let before = new Map<string, Known>()
/** Sites by domain, for many hosts share one. */
const sites = { own: new Map<string, Marked>(), hosted: new Map<string, Marked>() }

function remember(known: Known): void {
  if (lately.size >= mostHosts) {
    before = lately
    lately = new Map()
  }
  lately.set(known.host, known)
}

/** What is known of a host; what was long not asked for is forgotten. */
function recalled(host: string): Known | undefined {
  const known = lately.get(host)
  if (known) return known
  const old = before.get(host)
  // With its own copy of the name: `host` may be a slice.
  if (old) remember(old)
  return old
}

function learned(written: string, host: string | null): Marked | null {
  const found = host === null ? null : lookedUp(host)
  const marked = found && markedOf(found)
  remember({ host: detached(written), marked })
  return marked
}

/** What an authority may consist of for it to mean the same wherever it stands before a slash. */
const simple = /^[A-Za-z0-9._:@-]{1,255}$/

/** The part between `http://` or `https://` and the next slash; null when the address is written otherwise. */
function authorityOf(url: string): string | null {
  const start = url.startsWith('https://') ? 8 : url.startsWith('http://') ? 7 : 0
  const end = start === 0 ? -1 : url.indexOf('/', start)
  return end < 0 || end - start > 255 ? null : url.slice(start, end)
}

/**
 * The site of an address. The domain is found by the registries' part of the public suffix list alone: under
 * `blogspot.com` nobody can register a name, so all of it stands or falls with `blogspot.com`.
 * @returns null for addresses without a domain: numbers, `localhost`, bare suffixes, data and file addresses
 */
export const siteOf = (url: string): Site | null => knownOf(url)?.site ?? null

function knownOf(url: string): Marked | null {
  const authority = authorityOf(url)
  const known = authority === null ? undefined : recalled(authority)
  if (known) return known.marked
  const host = hostOf(url)
  if (authority !== null && simple.test(authority)) return learned(authority, host)
  if (host === null) return null
  const seen = recalled(host)
  return seen ? seen.marked : learned(host, host)
}

/** The sites of a column of addresses. */
export interface ColumnSites {
  /** Each site about once, in the order of the rows. */
  readonly sites: readonly Site[]
  /** Which of them each address stands on, -1 for addresses without a domain. */
  readonly places: Int32Array
}

/** Sites of columns that are still held: everybody who asks about a batch asks about all of it. */
const columns = new WeakMap<readonly Cell[], ColumnSites>()
let column = 0

/** The sites of a column of addresses, worked out once however many ask; the column must not change. */
export function sitesOf(urls: readonly Cell[]): ColumnSites {
  const known = columns.get(urls)
  if (known) return known
  const found: Site[] = []
  const places = new Int32Array(urls.length).fill(-1)
  column++
  for (let i = 0; i < urls.length; i++) {
    const url = urls[i]
    const marked = typeof url === 'string' ? knownOf(url) : null
    if (!marked) continue
    if (marked.column !== column) {
      marked.column = column
      marked.place = found.push(marked.site) - 1
    }
    places[i] = marked.place
  }
  const own = { sites: found, places }
  columns.set(urls, own)
  return own
}

/** The domain that a registry sells, of an address or null; see `siteOf`. */
export const registrableDomain = (url: string): string | null => siteOf(url)?.domain ?? null

/** The same of a name that is not going to be asked for again soon: nothing is remembered. */
export function domainOnce(name: string): string | null {
  const host = hostOf(`http://${name}/`)
  return host === null ? null : (lookedUp(host)?.domain ?? null)
}

function lookedUp(host: string): Site | null {
  if (!/[a-z]/.test(host) || host.startsWith('[')) return null
  const { domain, isPrivate } = parse(host, allRules)
  if (isPrivate !== true) return domain === null ? null : { domain, hosted: false }
  const platform = parse(host, registriesRules).domain
  return platform === null ? null : { domain: platform, hosted: platform !== host }
}

const registriesRules = { extractHostname: false, validateHostname: false }
const allRules = { ...registriesRules, allowPrivateDomains: true }

/** The one site of that domain, with its own copy of the name. */
function markedOf({ domain, hosted }: Site): Marked {
  const known = hosted ? sites.hosted : sites.own
  const seen = known.get(domain)
  if (seen) return seen
  if (known.size >= mostHosts) known.clear()
  const marked = { site: { domain: detached(domain), hosted }, column: 0, place: 0 }
  known.set(marked.site.domain, marked)
  return marked
}

/** A copy: a slice would keep the whole text alive that it was cut from. */
const detached = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')
