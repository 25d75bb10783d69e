import { createHash } from 'node:crypto'
import {
  type AnyModelDetector,
  type Model,
  type ModelFile,
  type ModelFormat,
  type ModelLimits,
  memoryBytes,
  modelLimits,
  type Outcome,
} from '../core/index.ts'
import { modelFormats } from '../models/index.ts'
import { examine, judgeModel } from '../scan/index.ts'

/** Examines bytes in memory as a file of a model, with all formats. */
export async function examined(
  name: string,
  data: Uint8Array,
  { limits = {}, formats = modelFormats }: { limits?: Partial<ModelLimits>; formats?: readonly ModelFormat[] } = {},
): Promise<ModelFile> {
  const { root } = await examine(name, memoryBytes(data), formats, { ...modelLimits, ...limits })
  return { name, sizeBytes: data.length, sha256: createHash('sha256').update(data).digest('hex'), root }
}

/** A model of files in memory. */
export async function modelOf(files: Readonly<Record<string, Uint8Array>>): Promise<Model> {
  const all: ModelFile[] = []
  for (const [name, data] of Object.entries(files)) all.push(await examined(name, data))
  return { kind: 'model', name: 'model', files: all, notes: [], leftOut: [] }
}

/** What one detector says about a model. */
export async function outcomeOf(
  detector: AnyModelDetector,
  model: Model,
  more: { readonly base?: Model; readonly options?: unknown } = {},
): Promise<Outcome> {
  const { outcomes } = await judgeModel({
    model,
    ...(more.base ? { base: more.base } : {}),
    detectors: [detector],
    options: { [detector.id]: more.options ?? {} },
    seed: 1,
  })
  return outcomes[0]!
}
