import { join } from 'node:path'
import type { Report, Table } from '../core/index.ts'
import { Fault } from '../core/index.ts'
import { seenLine } from '../ledger/index.ts'
import { joinUrls } from '../scan/index.ts'
import { temporaryFolder } from '../sources/index.ts'
import { type ProgressLine, progressLine } from './progress.ts'
import type { UrlFlags } from './url-flags.ts'
import { type Observed, observeList } from './url-observed.ts'
import { registrationsOf } from './url-registrations.ts'
import { type FateCounts, notSeen, type TriageFiles, triaged } from './url-triage.ts'

/** Detectors that judge what stands at the addresses of a list now. */
export const refetchDetectors = ['digest-mismatch', 're-registered-domain'] as const

/** A list beside what stands at its addresses now. */
export interface Refetched {
  readonly table: Table
  readonly counts: FateCounts
  readonly observed: Observed
  close(): void
}

/** How to look again. */
export interface RefetchRequest {
  readonly flags: UrlFlags & { readonly quiet?: boolean }
  /** Where observations are kept; a temporary file when absent. */
  readonly keep?: string | undefined
  readonly files: TriageFiles
  readonly signal: AbortSignal
  readonly line?: ProgressLine
}

/** Looks up the addresses of a list again; null when it was stopped before the end. */
export async function refetched(list: Table, request: RefetchRequest): Promise<Refetched | Observed> {
  if (!list.roles.has('digest'))
    throw new Fault(
      'missing-role',
      `${list.name}: no column holds digests to compare with.`,
      'Name it with --digest, or lock the list first: bezoar lock --urls.',
    )
  const { flags, signal } = request
  const line = request.line ?? progressLine(flags.quiet === true)
  const folder = request.keep === undefined ? temporaryFolder() : null
  const path = request.keep ?? join(folder!.path, 'observed.jsonl')
  try {
    const registrations = await registrationsOf(list, flags, line, signal)
    const observed = await observeList({ table: list, path, lineOf: seenLine, flags, registrations, signal, line })
    if (!observed.done) {
      folder?.remove()
      return observed
    }
    const counts = await triaged(list, path, registrations, request.files)
    const table = await joinUrls(list, { observed: path, ...(flags.rdap === undefined ? {} : { rdap: flags.rdap }) })
    return { table, counts, observed, close: () => folder?.remove() }
  } catch (reason) {
    folder?.remove()
    throw reason
  } finally {
    line.clear()
  }
}

/** The report with what of the list nobody looked at. */
export function withUnseen(report: Report, counts: FateCounts): Report {
  const { notLookedAt, unjudged } = notSeen(counts)
  const { coverage } = report
  const more = [...(coverage.unjudged ?? []), ...unjudged]
  return {
    ...report,
    coverage: {
      ...coverage,
      notLookedAt: [...coverage.notLookedAt, ...notLookedAt, ...unjudged],
      ...(more.length > 0 ? { unjudged: more } : {}),
    },
  }
}
