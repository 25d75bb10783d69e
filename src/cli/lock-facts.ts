import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Decision, Report } from '../core/index.ts'
import { judgedArtifact, type LockedArtifact, type Locking, originOf, type TableNow } from '../ledger/index.ts'
import { decide } from '../policy/index.ts'
import { pinTable } from '../scan/index.ts'
import { judged, policyOf, reportFile } from './judged.ts'
import type { LockFlags } from './lock.ts'
import { seen } from './seen.ts'

/** What a scan made of an artifact. */
export interface Judgement {
  readonly report: Report
  readonly decision: Decision
  /** How messages call the report. */
  readonly name: string
}

/** The report of the command line, or a scan made now; null when neither was asked for. */
export async function judgementOf(
  path: string,
  kind: LockedArtifact['kind'],
  flags: LockFlags,
): Promise<Judgement | null> {
  if (flags.report !== undefined) {
    const report = await reportFile(flags.report)
    const { policy } = await policyOf(flags, [path])
    return { report, decision: decide(report, policy, flags.at ?? new Date()), name: flags.report }
  }
  if (!flags.scan) return null
  if (kind === 'model') {
    const { judgedModel } = await import('./judged-model.ts')
    return { ...(await judgedModel([path], flags)), name: 'the scan' }
  }
  const { table, report, decision } = await judged([path], flags)
  await table.close()
  return { report, decision, name: 'the scan' }
}

/** The artifact with what a scan decided about these very bytes. @throws Fault when the report is about others */
export async function withDecision(
  artifact: LockedArtifact,
  found: Judgement,
  flags: LockFlags,
): Promise<LockedArtifact> {
  const { report, decision, name } = found
  const { digest, unjudged } = judgedArtifact({ artifacts: [artifact] }, report, decision, { report: name })
  if (unjudged.length > 0 && !flags.quiet) {
    const some = unjudged.slice(0, 3).join(', ') + (unjudged.length > 3 ? ', …' : '')
    process.stderr.write(`bezoar: ${seen(`${unjudged.length} files of ${artifact.name} were not judged: ${some}`)}\n`)
  }
  const baseline: Record<string, unknown> = JSON.parse(JSON.stringify(report.baseline))
  return {
    ...artifact,
    decision: {
      report: digest,
      verdict: decision.verdict,
      reasons: decision.reasons.map(({ text }) => text),
      waived: decision.waived.map(({ finding }) => finding),
      policy: flags.policy === undefined ? null : await digestOf(flags.policy),
      tool: `${report.tool.name} ${report.tool.version}`,
      detectors: Object.fromEntries(
        report.outcomes
          .filter(({ status }) => status === 'clean' || status === 'found')
          .map(o => [o.detector, o.version]),
      ),
      ...(decision.verdict === 'block' ? { forced: true as const } : {}),
    },
    ...(Object.keys(baseline).length > 0 ? { baseline } : {}),
  }
}

const digestOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

/** Rows of a table by its path, as a lock holds them. */
export async function tableAt(...given: Parameters<typeof tableNow>): Promise<NonNullable<LockedArtifact['table']>> {
  const table = await tableNow(...given)
  return { ...table, shards: table.shards.map(({ head: _, ...shard }) => shard) }
}

/** Rows of a table by its path, with the runs that an earlier lock has, to be compared with it. */
export async function tableNow(
  path: string,
  isFile: boolean,
  like: LockedArtifact['table'],
  onRows: (rows: number) => void,
): Promise<Omit<NonNullable<LockedArtifact['table']>, 'shards'> & Pick<TableNow, 'shards'>> {
  const root = isFile ? dirname(resolve(path)) : resolve(path)
  const pinned = await pinTable(path, { root, ...(like ? { like } : {}), onRows })
  return {
    rows: pinned.rows,
    lostRows: pinned.lostRows,
    columns: pinned.columns.map(column => ({ ...column })),
    shards: pinned.shards.map(shard => ({ ...shard, blocks: [...shard.blocks] })),
  }
}

/** The artifact with the commit that lies beside it, and what a person should know of it. */
export async function withOrigin(
  path: string,
  { artifact, tree }: Locking,
): Promise<{ readonly origin: LockedArtifact['origin']; readonly remarks: readonly string[] }> {
  const places = new Map(tree.files.map(file => [file.name, file.path]))
  const parts = artifact.parts.map(part => ({ ...part, path: places.get(part.name)! }))
  const found = await originOf(path, tree.isFile, parts)
  const differing = (found?.origin?.differing ?? []).map(name => `${name} differs from what the commit holds`)
  return { origin: found?.origin ?? undefined, remarks: [...differing, ...(found?.remarks ?? [])] }
}
