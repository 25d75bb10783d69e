import { writeFile } from 'node:fs/promises'
import { defaultNetwork, type Fetcher, fetcher } from '../sources/index.ts'
import { seen } from './seen.ts'
import { wrapped } from './text.ts'
import type { UrlFlags } from './url-flags.ts'

/** Hosts that are named on the terminal; the rest stand in a file. */
const mostNamed = 40

/**
 * Names the hosts that are going to be contacted, on stderr; more than fit there are written to a file, whole.
 * @param hosts how often each is needed
 */
export async function nameHosts(hosts: ReadonlyMap<string, number>, why: string, file: string): Promise<void> {
  const sorted = [...hosts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const shown = sorted.slice(0, mostNamed).map(([host, rows]) => `${host} (${rows.toLocaleString('en-US')})`)
  const rest = sorted.length - shown.length
  const count = `${sorted.length.toLocaleString('en-US')} ${sorted.length === 1 ? 'host' : 'hosts'}`
  process.stderr.write(`${wrapped(`Network: ${count} may be asked ${why}:`)}\n`)
  process.stderr.write(`${wrapped(shown.map(seen).join(', '), '  ')}\n`)
  if (rest === 0) return
  await writeFile(file, `${sorted.map(([host, rows]) => `${host}\t${rows}`).join('\n')}\n`)
  process.stderr.write(`${wrapped(`… and ${rest.toLocaleString('en-US')} more: all are named in ${file}.`, '  ')}\n`)
}

/** A fetcher as the flags have it. Hosts that redirects lead to are named on stderr before they are contacted. */
export const fetcherOf = (known: ReadonlyMap<string, unknown>, flags: UrlFlags): Fetcher =>
  fetcher(host => known.has(host), {
    ...defaultNetwork,
    mostBytes: flags.mostBytes,
    silenceMs: flags.timeout,
    totalMs: 6 * flags.timeout,
    allowPrivate: flags.allowPrivate === true,
    perHost: Math.max(1, flags.perHost),
    delayMs: flags.delay,
    retries: flags.retries,
    redirects: flags.redirects,
    onHost: (host, from) => void process.stderr.write(`Network: ${seen(from)} leads to another host: ${seen(host)}\n`),
  })
