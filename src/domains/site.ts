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

/** A host as addresses write it, and its site. */
interface Known {
  readonly host: string
  readonly site: Site | null
}

/**
 * Hosts remembered: the last ones asked for, at least one such number and at most two. Lists name few hosts many times.
 */
const mostHosts = 1 << 17
let lately = new Map<string, Known>()
let before = new Map<string, Known>()
/** Sites by domain, for many hosts share one. */
const sites = { own: new Map<string, Site>(), hosted: new Map<string, Site>() }

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

function learned(written: string, host: string | null): Site | null {
  const found = host === null ? null : lookedUp(host)
  const site = found && siteNamed(found)
  remember({ host: detached(written), site })
  return site
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
export function siteOf(url: string): Site | null {
  const authority = authorityOf(url)
  const known = authority === null ? undefined : recalled(authority)
  if (known) return known.site
  const host = hostOf(url)
  if (authority !== null && simple.test(authority)) return learned(authority, host)
  if (host === null) return null
  const seen = recalled(host)
  return seen ? seen.site : learned(host, host)
}

/** Sites of columns that are still held: everybody who asks about a batch asks about all of it. */
const columns = new WeakMap<readonly Cell[], readonly (Site | null)[]>()

/** The sites of a column of addresses, worked out once however many ask; the column must not change. */
export function sitesOf(urls: readonly Cell[]): readonly (Site | null)[] {
  const known = columns.get(urls)
  if (known) return known
  const sites = urls.map(url => (typeof url === 'string' ? siteOf(url) : null))
  columns.set(urls, sites)
  return sites
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
function siteNamed({ domain, hosted }: Site): Site {
  const known = hosted ? sites.hosted : sites.own
  const seen = known.get(domain)
  if (seen) return seen
  if (known.size >= mostHosts) known.clear()
  const site = { domain: detached(domain), hosted }
  known.set(site.domain, site)
  return site
}

/** A copy: a slice would keep the whole text alive that it was cut from. */
const detached = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')
