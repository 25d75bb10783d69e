import {
  type AnyStatistic,
  type AnyTableDetector,
  type Claim,
  cellsOf,
  type Finding,
  type Row,
  type Table,
  tableOfRows,
} from '../core/index.ts'
import { foldEngine } from '../engines/index.ts'
import { type Judgement, judge } from '../scan/index.ts'
import { picturesOf } from '../sources/index.ts'
import { statistics as builtIn } from '../statistics/index.ts'

/** How to judge rows in memory. */
export interface JudgeRowsOptions {
  /** Raw options by detector id. */
  readonly options?: Readonly<Record<string, unknown>>
  readonly seed?: number
  readonly rowsPerBatch?: number
  /** Statistics of plugins. */
  readonly statistics?: readonly AnyStatistic[]
  readonly baseline?: Readonly<Record<string, unknown>>
}

/** A finding and the claim it was made from, which keeps the order of the accused rows. */
export interface Accusation {
  readonly finding: Finding
  readonly claim: Claim
}

/** What detectors said about rows in memory; accusations most serious first, then in the order of the report. */
export interface Judged extends Judgement {
  readonly accusations: readonly Accusation[]
}

/** Rows in memory as a table whose pictures are decoded, pixels and files alike. */
export const heldTable = (rows: readonly Row[], rowsPerBatch?: number): Table =>
  tableOfRows('rows', rows, rowsPerBatch, batch => picturesOf(cellsOf(batch, 'image'), () => ({ folder: null })))

/** Judges rows in memory with the fold, the meaning of every statistic. */
export const judgeRows = (
  rows: readonly Row[],
  detectors: readonly AnyTableDetector[],
  options: JudgeRowsOptions = {},
): Promise<Judged> => judgeTable(heldTable(rows, options.rowsPerBatch), detectors, options)

/** Judges a table with the fold. */
export async function judgeTable(
  table: Table,
  detectors: readonly AnyTableDetector[],
  { options, seed = 1, statistics = [], baseline }: Omit<JudgeRowsOptions, 'rowsPerBatch'> = {},
): Promise<Judged> {
  const catalogue = new Map([...builtIn, ...statistics].map(s => [s.id, s]))
  const claims = new Map<Finding, Claim>()
  const engine = foldEngine(table, catalogue)
  try {
    const judgement = await judge({
      table,
      engine,
      detectors,
      seed,
      ...(options ? { options } : {}),
      ...(baseline ? { baseline } : {}),
      onClaim: (finding, claim) => claims.set(finding, claim),
    })
    const findings = judgement.outcomes.flatMap(outcome => outcome.findings)
    const accusations = (['block', 'hold', 'info'] as const).flatMap(severity =>
      findings.filter(f => f.severity === severity).map(finding => ({ finding, claim: claims.get(finding)! })),
    )
    return { ...judgement, accusations }
  } finally {
    await engine.close()
  }
}
