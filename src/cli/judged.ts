import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Decision, Fault, type Report, type Table } from '../core/index.ts'
import { detectors } from '../detectors/index.ts'
import { decide, defaultPolicy, type Policy, parsePolicy } from '../policy/index.ts'
import { readReport, rolesText } from '../report/index.ts'
import { checkedOptions, chosen, loadPlugins, type OpenedTable, openTable, type Plugins, scan } from '../scan/index.ts'
import { lockBaseline } from './baseline.ts'
import { besideOf } from './beside.ts'
import { codeBudget } from './code-budget.ts'
import { type EmbeddingFlags, embeddingOf } from './embedding-flags.ts'
import { type DataFlags, type DetectorFlags, rolesOf } from './flags.ts'
import { interruptible } from './interrupt.ts'
import { type ProgressLine, progressLine } from './progress.ts'
import { seen } from './seen.ts'
import type { UrlFlags } from './url-flags.ts'
import type { LookedUp } from './url-scan.ts'

/** Whether to look beside the artifact for a lock, signatures and references. */
export interface ProvenanceFlags {
  readonly provenance?: boolean
  readonly lock?: string | boolean
}

/** What judging needs of the command line. */
export type JudgeFlags = DataFlags &
  DetectorFlags &
  ProvenanceFlags &
  EmbeddingFlags & {
    readonly baseline?: string
    readonly showText?: boolean
    /** Where to look up the addresses of a list. */
    readonly lookUp?: UrlFlags
  }

/** A report and what the policy makes of it. */
export interface Judged {
  /** To be closed by the caller. */
  readonly table: OpenedTable
  readonly policy: Policy
  readonly report: Report
  readonly decision: Decision
  /** True when the user stopped the scan: the report is valid but partial. */
  readonly stopped: boolean
}

/** Opens, scans and decides, with notes and progress on stderr. */
export async function judged(paths: readonly string[], flags: JudgeFlags): Promise<Judged> {
  const { policy, plugins } = await policyOf(flags, paths)
  const baseline = flags.baseline === undefined ? undefined : await baselineOf(flags.baseline, paths)
  const options = codeBudget(merged(policy.detectors, flags.set ?? {}), flags.codeSnippets)
  const all = [...detectors, ...plugins.detectors]
  chosen(all, flags)
  // A typing error is said before anything is read.
  checkedOptions(all, options)
  const table = await openTable(paths, { roles: rolesOf(flags) })
  if (!flags.quiet) noteRoles(table)
  const line = progressLine(flags.quiet === true)
  const { signal, release } = interruptible()
  let urls: LookedUp | null = null
  try {
    const known = table.spec.parts.flatMap(({ home, sha256 }) => (sha256 ? [{ path: home, sha256, rows: true }] : []))
    const beside = flags.provenance ? await besideOf({ paths, lock: flags.lock, known, signal }) : []
    urls = await lookedUp(table, flags, line, signal)
    const report = await scan(urls?.table ?? table, {
      ...plugins,
      beside: [...beside, ...(urls?.beside ?? [])],
      ...(flags.only ? { only: flags.only } : {}),
      ...(flags.skip ? { skip: flags.skip } : {}),
      options,
      ...(flags.showText ? { showText: true } : {}),
      ...embeddingOf(flags),
      engine: flags.engine,
      ...(flags.threads === undefined ? {} : { threads: flags.threads }),
      seed: flags.seed,
      ...(baseline ? { baseline } : {}),
      signal,
      onProgress: ({ pass, rows, done, detectors: all }) => {
        const read = rows > 0 ? `, ${rows.toLocaleString('en-US')} rows` : ''
        line.show(`Judging ${table.name}: pass ${Math.max(1, pass)}${read}; ${done} of ${all} detectors done`)
      },
    })
    return { table, policy, report, decision: decide(report, policy, new Date()), stopped: signal.aborted }
  } catch (reason) {
    await table.close()
    throw reason
  } finally {
    urls?.close()
    line.clear()
    release()
  }
}

async function lookedUp(
  table: OpenedTable,
  { lookUp: flags, quiet = false }: JudgeFlags,
  line: ProgressLine,
  signal: AbortSignal,
): Promise<LookedUp | null> {
  if (!flags) return null
  const { lookUp } = await import('./url-scan.ts')
  return lookUp(table, { ...flags, quiet }, line, signal)
}

/** What drift compares with: an earlier report, or what a lock kept of one. */
const baselineOf = async (path: string, paths: readonly string[]): Promise<Pick<Report, 'baseline'>> =>
  (await lockBaseline(path, paths)) ?? (await reportFile(path))

/** The policy of the command line and the plugins that it names. */
export async function policyOf(
  flags: DetectorFlags,
  paths: readonly string[],
): Promise<{ policy: Policy; plugins: Plugins }> {
  if (flags.policy === undefined) return { policy: defaultPolicy, plugins: { detectors: [], statistics: [] } }
  const text = await textFile(flags.policy, 'bad-policy')
  const { plugins: named } = await parsePolicy(text, flags.policy)
  const plugins = await loadPlugins(named, dirname(flags.policy), paths)
  const ids = [...detectors, ...plugins.detectors].map(detector => detector.id)
  return { policy: await parsePolicy(text, flags.policy, ids), plugins }
}

/** Reads a report that an earlier scan wrote. */
export const reportFile = async (path: string): Promise<Report> => readReport(await textFile(path, 'bad-report'), path)

async function textFile(path: string, code: 'bad-policy' | 'bad-report'): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const gone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new Fault(gone ? 'no-such-path' : code, `${path} ${gone ? 'does not exist' : 'cannot be read'}.`, '', {
      cause,
    })
  }
}

type Settings = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Flags win over the policy, option by option. */
export function merged(policy: Settings, flags: Settings): Settings {
  const all = new Set([...Object.keys(policy), ...Object.keys(flags)])
  return Object.fromEntries([...all].map(id => [id, { ...policy[id], ...flags[id] }]))
}

/** Says on stderr what each column was taken for. */
export function noteRoles(table: Table): void {
  const told = rolesText(table.columns)
  process.stderr.write(`Columns: ${told === '' ? 'no role was recognised.' : seen(told)}\n`)
}
