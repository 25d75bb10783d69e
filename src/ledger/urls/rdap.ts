import { canonical, Fault, type Plain } from '../../core/index.ts'
import { readRegistration } from '../../domains/index.ts'
import type { Fetcher } from '../../sources/index.ts'

/** Where the registries' servers are listed (RFC 9224). */
export const bootstrapUrl = 'https://data.iana.org/rdap/dns.json'

/** The RDAP server of each top-level domain. */
export type RdapServers = ReadonlyMap<string, URL>

/**
 * Reads the list of RDAP servers that IANA publishes. Only encrypted servers are taken, unless `plain` ones may be asked.
 * @throws Fault when it is no such list
 */
export function rdapServers(text: string, name: string, plain = false): RdapServers {
  const servers = new Map<string, URL>()
  for (const [names, addresses] of servicesIn(text)) {
    const address = addresses.find(each => isServer(each, plain))
    if (address === undefined) continue
    const server = new URL(address.endsWith('/') ? address : `${address}/`)
    for (const each of names) servers.set(each.toLowerCase(), server)
  }
  if (servers.size === 0)
    throw new Fault('bad-snapshot', `${name} lists no RDAP server.`, `It is the file at ${bootstrapUrl}.`)
  return servers
}

const isServer = (address: string, plain: boolean): boolean => {
  const protocol = URL.canParse(address) ? new URL(address).protocol : ''
  return protocol === 'https:' || (plain && protocol === 'http:')
}

function servicesIn(text: string): [string[], string[]][] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  const services = typeof value === 'object' && value !== null && 'services' in value ? value.services : null
  if (!Array.isArray(services)) return []
  const isTexts = (each: unknown): each is string[] => Array.isArray(each) && each.every(one => typeof one === 'string')
  return services.filter(
    (each): each is [string[], string[]] => Array.isArray(each) && isTexts(each[0]) && isTexts(each[1]),
  )
}

/** The server that answers for a domain: that of its longest ending which is listed. */
export function serverOf(domain: string, servers: RdapServers): URL | null {
  const labels = domain.split('.')
  for (let from = 1; from < labels.length; from++) {
    const server = servers.get(labels.slice(from).join('.'))
    if (server) return server
  }
  return null
}

/** What asking for a domain gave: a line of a snapshot, or why there is none. */
export type Asking = { readonly line: string } | { readonly reason: string }

/** Asks a registry when a domain was registered. `now` is when it is asked. */
export async function askRegistry(
  domain: string,
  server: URL,
  fetcher: Fetcher,
  now: Date,
  signal: AbortSignal,
): Promise<Asking> {
  const got = await fetcher.fetch(new URL(`domain/${encodeURIComponent(domain)}`, server).href, signal)
  const checkedAt = now.toISOString()
  if ('kind' in got) {
    if (got.kind === 'gone') return { line: `${canonical({ domain, errorCode: 404, checkedAt })}\n` }
    return { reason: got.message }
  }
  let answer: Plain
  try {
    answer = JSON.parse(Buffer.from(got.body).toString('utf8')) as Plain
  } catch {
    return { reason: 'the answer is no JSON' }
  }
  const read = readRegistration(answer)
  if (typeof read === 'string') return { reason: read }
  if (read.domain !== domain) return { reason: `the answer is about ${read.domain}` }
  const { registeredAt, expiresAt } = read
  const written = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
  return {
    line: `${canonical({ domain, registeredAt: written(registeredAt), expiresAt: written(expiresAt), checkedAt })}\n`,
  }
}
