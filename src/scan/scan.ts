import { availableParallelism } from 'node:os'
import {
  type AnyDetector,
  type AnyStatistic,
  judgesTables,
  type Model,
  type Report,
  type Role,
  reportVersion,
  requiredRoles,
  type Table,
  threats,
  toolVersion,
} from '../core/index.ts'
import { detectors as builtIn } from '../detectors/index.ts'
import { chooseEngine } from '../engines/index.ts'
import { type Defects, defects, statistics, tableProfile } from '../statistics/index.ts'
import { artifactOf } from './artifact.ts'
import { type Beside, withBeside } from './beside.ts'
import { coverageOf } from './coverage.ts'
import { type EmbeddingModel, withEmbeddings } from './embedded/index.ts'
import { type Judgement, judge } from './judge.ts'
import { type ArtifactKind, kindOf } from './kind.ts'
import { leftOutSentences } from './left-out.ts'
import { openModel, scanModel } from './model/index.ts'
import { type OpenedTable, openTable } from './open.ts'
import { checkedOptions, chosen } from './options.ts'
import type { Progress } from './progress.ts'

/** How to scan; everything has a default. */
export interface ScanOptions {
  /** Columns by role, e.g. `{ text: 'body' }`; the other roles are inferred. */
  readonly roles?: Readonly<Partial<Record<Role, string>>>
  /** Detectors of plugins, judged together with the built-in ones. */
  readonly detectors?: readonly AnyDetector[]
  /** Statistics that the plugins' detectors ask for. */
  readonly statistics?: readonly AnyStatistic[]
  /** Run only these detectors, by id. */
  readonly only?: readonly string[]
  /** Leave these detectors out, by id. */
  readonly skip?: readonly string[]
  /** Detector options by detector id. */
  readonly options?: Readonly<Record<string, unknown>>
  readonly engine?: 'auto' | 'fold' | 'sql'
  readonly threads?: number
  /** Seed of every random choice; the same seed gives the same report. */
  readonly seed?: number
  /** An earlier report, or what a lock kept of it, whose statistics `drift` compares with. */
  readonly baseline?: Pick<Report, 'baseline'>
  /** What the paths hold; told by content when absent. */
  readonly as?: ArtifactKind
  /** For models: the model that this one was made from, as paths or open. */
  readonly base?: string | readonly string[] | Model
  /** An ONNX model that says what the pictures of a dataset look like to it: gives the role `vector`. */
  readonly model?: EmbeddingModel
  /** Tables about the artifact that are judged together with it. */
  readonly beside?: readonly Beside[]
  /** Quote rows of instructions, answers and pairs as detectors do; a report shows short excerpts of them when absent. */
  readonly showText?: boolean
  readonly onProgress?: (progress: Progress) => void
  /** Ends the scan early with a valid report in which the unfinished detectors are `skipped`. */
  readonly signal?: AbortSignal
}

/**
 * Judges one dataset or one model: files, folders, globs, or a table or a model already open.
 * Throws `Fault` when the caller is at fault; what is wrong with the data or the surroundings is in the report.
 */
export async function scan(
  target: string | readonly string[] | Table | Model,
  options: ScanOptions = {},
): Promise<Report> {
  const report = await scanTarget(target, options)
  if (!options.beside || options.beside.length === 0) return report
  const all = [...builtIn, ...(options.detectors ?? [])]
  return withBeside(report, options.beside, {
    detectors: chosen(all, options),
    options: checkedOptions(all, options.options ?? {}),
    seed: options.seed ?? 1,
    ...(options.signal ? { signal: options.signal } : {}),
  })
}

async function scanTarget(target: string | readonly string[] | Table | Model, options: ScanOptions): Promise<Report> {
  if (typeof target === 'object' && 'kind' in target)
    return target.kind === 'model' ? scanOpenModel(target, options) : scanTable(target, options)
  const paths = typeof target === 'string' ? [target] : target
  if ((options.as ?? (await kindOf(paths))) === 'model') {
    const model = await openModel(paths, options.signal ? { signal: options.signal } : {})
    try {
      return await scanOpenModel(model, options)
    } finally {
      model.close()
    }
  }
  const table = await openTable(paths, options.roles ? { roles: options.roles } : {})
  try {
    return await scanTable(table, options)
  } finally {
    await table.close()
  }
}

/** Opens the base when paths name it; closes what it opened. */
async function scanOpenModel(model: Model, { base, ...options }: ScanOptions): Promise<Report> {
  if (base === undefined) return scanModel(model, options)
  if (typeof base === 'object' && 'kind' in base) return scanModel(model, { ...options, base })
  const opened = await openModel(typeof base === 'string' ? [base] : base)
  try {
    return await scanModel(model, { ...options, base: opened })
  } finally {
    opened.close()
  }
}

async function scanTable(given: Table, { model, ...options }: ScanOptions): Promise<Report> {
  const table = model ? await withEmbeddings(given, model) : given
  const all = [...builtIn, ...(options.detectors ?? [])]
  const detectors = chosen(all, options)
    .filter(judgesTables)
    .filter(d => isFor(d, table, options.beside ?? []))
  const checked = checkedOptions(all, options.options ?? {})
  const progress = { pass: 0, rows: 0, done: 0, detectors: detectors.length }
  const tell = (change: Partial<Progress>) => options.onProgress?.(Object.assign(progress, change))
  const catalogue = new Map([...statistics, ...(options.statistics ?? [])].map(s => [s.id, s]))
  const engine = await chooseEngine(table, {
    catalogue,
    engine: options.engine,
    threads: options.threads,
    signal: options.signal,
    onRows: (rows, pass) => tell({ rows, pass }),
  })
  const seed = options.seed ?? 1
  try {
    const judgement = await judge({
      table,
      engine,
      detectors,
      options: checked,
      seed,
      ...(options.baseline ? { baseline: options.baseline.baseline } : {}),
      also,
      ...(options.showText ? { showText: true } : {}),
      threads: options.threads ?? availableParallelism(),
      ...(options.signal ? { signal: options.signal } : {}),
      onOutcome: () => tell({ done: progress.done + 1 }),
    })
    return await reportOf(table, engine.id, judgement, { seed, detectors })
  } finally {
    await engine.close()
  }
}

/** A detector that has a table beside to judge, and nothing in this one or the same rows, did not miss anything here. */
const isFor = (detector: AnyDetector, { roles }: Table, beside: readonly Beside[]): boolean =>
  !beside.some(
    ({ only, sameRows }) =>
      only.includes(detector.id) && (sameRows || !requiredRoles(detector).every(role => roles.has(role))),
  )

/** What every report holds, whichever detectors run: what the bytes lack, and the profile that `drift` compares. */
const also = { defects: defects.request({}), 'table-profile': tableProfile.request({}) }

/** Threats that a dataset can carry; the others live in models. */
const dataThreats = threats.map(t => t.id).filter(id => id !== 'model-file-malware' && id !== 'weight-backdoor')

async function reportOf(
  table: Table,
  engine: string,
  judgement: Judgement,
  { seed, detectors }: { readonly seed: number; readonly detectors: readonly AnyDetector[] },
): Promise<Report> {
  const seen = judgement.answers?.defects as Defects | undefined
  const { leftOut, named } = 'leftOut' in table ? (table as OpenedTable) : { leftOut: [], named: [] }
  const coverage = coverageOf({
    table,
    outcomes: judgement.outcomes,
    rows: seen ? seen.rows : Math.max(0, ...judgement.outcomes.map(o => o.rows)),
    lostRows: seen?.lost ?? 0,
    named,
    engine,
    threats: dataThreats,
    sees: id => detectors.filter(d => d.id === id).flatMap(d => [d.threat, ...(d.also ?? [])]),
    notJudged: [...leftOutSentences(leftOut), ...judgement.notJudged],
  })
  return {
    $schema: 'urn:bezoar:report:1.0',
    version: reportVersion,
    tool: { name: 'bezoar', version: toolVersion },
    artifact: await artifactOf(table, named),
    seed,
    outcomes: [...judgement.outcomes],
    coverage,
    baseline: judgement.answers ? { 'table-profile': judgement.answers['table-profile'] } : {},
  }
}
