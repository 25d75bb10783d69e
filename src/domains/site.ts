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

/** Hosts remembered; beyond them the memory is emptied. Lists name few hosts many times. */
const mostHosts = 1 << 17
const known = new Map<string, Site | null>()

/**
 * The site of an address. The domain is found by the registries' part of the public suffix list alone: under
 * `blogspot.com` nobody can register a name, so all of it stands or falls with `blogspot.com`.
 * @returns null for addresses without a domain: numbers, `localhost`, bare suffixes, data and file addresses
 */
export function siteOf(url: string): Site | null {
  const host = hostOf(url)
  if (host === null) return null
  const found = known.get(host)
  if (found !== undefined) return found
  const site = lookedUp(host)
  if (known.size >= mostHosts) known.clear()
  known.set(detached(host), site)
  return site
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

function lookedUp(host: string): Site | null {
  if (!/[a-z]/.test(host) || host.startsWith('[')) return null
  const rules = { extractHostname: false, validateHostname: false }
  const { domain, isPrivate } = parse(host, { ...rules, allowPrivateDomains: true })
  if (isPrivate !== true) return domain === null ? null : { domain: detached(domain), hosted: false }
  const platform = parse(host, rules).domain
  return platform === null ? null : { domain: detached(platform), hosted: platform !== host }
}

/** A copy: a slice would keep the whole text alive that it was cut from. */
const detached = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')
