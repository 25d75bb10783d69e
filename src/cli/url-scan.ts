import { Fault, type Table } from '../core/index.ts'
import { type Beside, joinUrls } from '../scan/index.ts'
import type { ProgressLine } from './progress.ts'
import type { UrlFlags } from './url-flags.ts'
import { refetchDetectors, refetched } from './url-refetch.ts'
import { registrationsOf } from './url-registrations.ts'
import { notSeen, triageText } from './url-triage.ts'

/** A list with what is known of its addresses. */
export interface LookedUp {
  readonly table: Table
  readonly beside: readonly Beside[]
  close(): void
}

/** Joins registrations to a list, and looks its addresses up again where the flags say where. */
export async function lookUp(
  list: Table,
  flags: UrlFlags & { readonly quiet?: boolean },
  line: ProgressLine,
  signal: AbortSignal,
): Promise<LookedUp> {
  if (!list.roles.has('url'))
    throw new Fault('missing-role', `${list.name}: no column holds addresses.`, 'Name it with --url.')
  if (flags.from === undefined && !(flags.network && !flags.rdapLive)) {
    await registrationsOf(list, flags, line, signal)
    const { rdap } = flags
    const table = rdap === undefined ? list : await joinUrls(list, { rdap })
    return { table, beside: [], close() {} }
  }
  const again = await refetched(list, { flags, files: {}, signal, line })
  if ('done' in again) {
    const unjudged = ['Looking up the addresses was stopped: what stands there was not judged.']
    return { table: list, beside: [{ table: list, only: [], unjudged }], close() {} }
  }
  if (!flags.quiet) process.stderr.write(triageText(again.counts, {}))
  const beside = { table: again.table, only: refetchDetectors, ...notSeen(again.counts) }
  return { table: list, beside: [beside], close: again.close }
}
