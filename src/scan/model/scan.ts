import { createHash } from 'node:crypto'
import {
  type AnyDetector,
  type Artifact,
  Fault,
  judgesModels,
  type Model,
  type Report,
  reportVersion,
  toolVersion,
} from '../../core/index.ts'
import { detectors as builtIn } from '../../detectors/index.ts'
import { checkedOptions, chosen } from '../options.ts'
import type { Progress } from '../progress.ts'
import { modelCoverage } from './coverage.ts'
import { examinedFiles, filesOf } from './files.ts'
import { judgeModel } from './judge.ts'

/** How to judge a model; everything has a default. */
export interface ScanModelOptions {
  readonly detectors?: readonly AnyDetector[]
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly options?: Readonly<Record<string, unknown>>
  readonly seed?: number
  /** The model that this one was made from. */
  readonly base?: Model
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

/** Judges a model whose files were examined. */
export async function scanModel(
  model: Model & { readonly remarks?: readonly string[] },
  options: ScanModelOptions,
): Promise<Report> {
  const all = [...builtIn, ...(options.detectors ?? [])]
  const detectors = chosen(all, options).filter(judgesModels)
  if (detectors.length === 0)
    throw new Fault(
      'nothing-to-do',
      'None of these detectors judges models.',
      `There are: ${all
        .filter(judgesModels)
        .map(d => d.id)
        .join(', ')}.`,
    )
  const seed = options.seed ?? 1
  let done = 0
  const { outcomes, notJudged } = await judgeModel({
    model,
    ...(options.base ? { base: options.base } : {}),
    detectors,
    options: checkedOptions(all, options.options ?? {}),
    seed,
    ...(options.signal ? { signal: options.signal } : {}),
    onOutcome: () => options.onProgress?.({ pass: 0, rows: 0, done: ++done, detectors: detectors.length }),
  })
  return {
    $schema: 'urn:bezoar:report:1.0',
    version: reportVersion,
    tool: { name: 'bezoar', version: toolVersion },
    artifact: artifactOfModel(model),
    seed,
    outcomes: [...outcomes],
    coverage: modelCoverage({ model, outcomes, detectors, notJudged, remarks: model.remarks ?? [] }),
    files: examinedFiles(
      model,
      outcomes.flatMap(outcome => outcome.findings),
    ),
    baseline: {},
  }
}

/** Names and pins the files of a model. */
function artifactOfModel(model: Model): Artifact {
  const parts = filesOf(model).map(({ name, sizeBytes, sha256, root }) => ({
    name,
    sizeBytes,
    format: root.format ?? 'unknown',
    sha256,
  }))
  const lines = parts.map(part => `${part.name}\0${part.sha256}`).sort()
  const digest = createHash('sha256').update(lines.join('\n')).digest('hex')
  return { name: model.name, kind: 'model', digest, parts }
}
