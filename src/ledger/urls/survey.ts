import { Fault } from '../../core/index.ts'
import { hostOf } from '../../domains/index.ts'
import { PlaceMap } from '../../sources/index.ts'
import { type DigestAlgorithm, digestForm } from './digest-form.ts'
import type { Asked } from './record.ts'
import { urlHash } from './shelf.ts'

/** Hosts that are told apart; a list that names more of them is fetched in parts. */
const mostHosts = 2_000_000

/** What a list asks for, found by reading it once. */
export interface Survey {
  readonly rows: number
  /** Digests that the list has. */
  readonly algorithms: ReadonlySet<DigestAlgorithm>
  /** Rows by host of the web. */
  readonly hosts: ReadonlyMap<string, number>
  /** The addresses, by hash. */
  readonly wanted: PlaceMap
}

/** Reads a list once. Hosts and addresses are gathered only when something needs them. */
export async function survey(
  asked: AsyncIterable<Asked>,
  needs: { readonly hosts: boolean; readonly wanted: boolean },
): Promise<Survey> {
  const algorithms = new Set<DigestAlgorithm>()
  const hosts = new Map<string, number>()
  const wanted = new PlaceMap()
  let rows = 0
  for await (const { url, digest } of asked) {
    rows++
    const form = digest === null ? null : digestForm(digest)
    if (form) algorithms.add(form.algorithm)
    if (url === null) continue
    if (needs.wanted) wanted.set(urlHash(url), 0)
    const host = needs.hosts && /^https?:/i.test(url) ? hostOf(url) : null
    if (host === null) continue
    hosts.set(host, (hosts.get(host) ?? 0) + 1)
    if (hosts.size > mostHosts)
      throw new Fault('bad-option', `The list names more than ${mostHosts} hosts.`, 'Cut it into parts.')
  }
  return { rows, algorithms, hosts, wanted }
}
