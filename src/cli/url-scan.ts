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
    return { table: await registered(list, flags), beside: [], close() {} }
  }
  const again = await refetched(list, { flags, files: {}, signal, line })
  if ('done' in again) {
    const unjudged = ['Looking up the addresses was stopped: what stands there was not judged.']
    return { table: list, beside: [{ table: list, only: [], unjudged }], close() {} }
  }
  if (!flags.quiet) process.stderr.write(triageText(again.counts, {}))
  const beside = { table: again.table, only: refetchDetectors, sameRows: true, ...notSeen(again.counts) }
  return { table: await registered(list, flags), beside: [beside], close: again.close }
}

/** The list with the days on which its domains were registered, where a snapshot tells. */
const registered = async (list: Table, { rdap }: UrlFlags): Promise<Table> =>
  rdap === undefined ? list : joinUrls(list, { rdap })
