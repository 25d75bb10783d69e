import { appendFile, readFile, stat } from 'node:fs/promises'
import { Fault, type Table, textOf } from '../core/index.ts'
import { emptyRegistrations, isKnown, type Registrations, siteOf } from '../domains/index.ts'
import { askRegistry, bootstrapUrl, type RdapServers, rdapServers, serverOf } from '../ledger/index.ts'
import { readRegistrations } from '../scan/index.ts'
import type { ProgressLine } from './progress.ts'
import { seen } from './seen.ts'
import { wrapped } from './text.ts'
import type { UrlFlags } from './url-flags.ts'
import { fetcherOf, nameHosts } from './url-network.ts'

/** More domains than any registry would answer about in one go. */
const mostAsked = 1_000_000

/** What registries said: the snapshot of the flags, after asking for what it lacks when the flags say so. */
export async function registrationsOf(
  table: Table,
  flags: UrlFlags,
  line: ProgressLine,
  signal: AbortSignal,
): Promise<Registrations | null> {
  if (flags.rdapLive) await askForMissing(table, flags, line, signal)
  if (flags.rdap === undefined) return null
  const all = await readRegistrations(flags.rdap)
  if (all.bad > 0)
    process.stderr.write(
      `${wrapped(`${flags.rdap}: ${all.bad} lines tell nothing; the first is line ${all.defects[0]!.line}: ${all.defects[0]!.message}.`)}\n`,
    )
  return all
}

/** Asks registries about the domains that the snapshot lacks, and adds their answers to it, one by one. */
async function askForMissing(table: Table, flags: UrlFlags, line: ProgressLine, signal: AbortSignal): Promise<void> {
  const { rdap } = flags
  if (rdap === undefined || !flags.network)
    throw new Fault(
      'bad-option',
      `--rdap-live needs ${rdap === undefined ? '--rdap' : '--network'}.`,
      'Answers are kept in the file of --rdap; the network is used only with --network.',
    )
  const known = (await stat(rdap).catch(() => null)) ? await readRegistrations(rdap) : emptyRegistrations()
  const missing = await domainsBeside(table, known)
  if (missing.size === 0) return
  const servers = await serversOf(flags, signal)
  const hosts = new Map<string, number>()
  for (const domain of missing) {
    const host = serverOf(domain, servers)?.hostname
    if (host) hosts.set(host, (hosts.get(host) ?? 0) + 1)
  }
  await nameHosts(hosts, `about ${missing.size.toLocaleString('en-US')} domains`, `${rdap}.hosts`)
  await askAll(missing, servers, { rdap, flags, hosts, line, signal })
}

async function domainsBeside(table: Table, known: Registrations): Promise<Set<string>> {
  const missing = new Set<string>()
  for await (const { columns } of table.batches())
    for (const cell of columns.get('url') ?? []) {
      const site = siteOf(textOf(cell) ?? '')
      if (site && !isKnown(known, site.domain)) missing.add(site.domain)
      if (missing.size > mostAsked)
        throw new Fault('bad-option', `More than ${mostAsked} domains are unknown.`, 'Take a snapshot from elsewhere.')
    }
  return missing
}

async function serversOf(flags: UrlFlags, signal: AbortSignal): Promise<RdapServers> {
  if (flags.bootstrap !== undefined) {
    const text = await readFile(flags.bootstrap, 'utf8').catch(cause =>
      Promise.reject(new Fault('no-such-path', `${flags.bootstrap} cannot be read.`, 'Check the path.', { cause })),
    )
    return rdapServers(text, flags.bootstrap, flags.allowPrivate === true)
  }
  const hosts = new Map([[new URL(bootstrapUrl).hostname, 1]])
  await nameHosts(hosts, 'for the list of RDAP servers', '')
  const got = await fetcherOf(hosts, flags).fetch(bootstrapUrl, signal)
  if ('kind' in got)
    throw new Fault('network', `${bootstrapUrl}: ${got.message}.`, 'Fetch it yourself and name it with --bootstrap.')
  return rdapServers(Buffer.from(got.body).toString('utf8'), bootstrapUrl)
}

interface Round {
  readonly rdap: string
  readonly flags: UrlFlags
  readonly hosts: ReadonlyMap<string, number>
  readonly line: ProgressLine
  readonly signal: AbortSignal
}

async function askAll(missing: ReadonlySet<string>, servers: RdapServers, round: Round): Promise<void> {
  const { rdap, flags, hosts, line, signal } = round
  const fetcher = fetcherOf(hosts, flags)
  const queue = missing.values()
  const reasons = new Map<string, number>()
  const fail = (reason: string) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  let asked = 0
  const work = async () => {
    for (const domain of queue) {
      if (signal.aborted) return
      const server = serverOf(domain, servers)
      const got = server
        ? await askRegistry(domain, server, fetcher, new Date(), signal)
        : { reason: 'no RDAP server is known' }
      if ('line' in got) await appendFile(rdap, got.line)
      else fail(got.reason)
      line.show(`Asking registries: ${++asked} of ${missing.size} domains`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, work)).catch(reason => {
    if (!signal.aborted) throw reason
  })
  line.clear()
  for (const [reason, count] of reasons)
    process.stderr.write(`${wrapped(seen(`No registration of ${count} domains: ${reason}.`))}\n`)
}
