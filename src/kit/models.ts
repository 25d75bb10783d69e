import { createHash } from 'node:crypto'
import {
  type AnyModelDetector,
  type Bytes,
  type Model,
  type ModelBytes,
  type ModelFile,
  type ModelFormat,
  type ModelLimits,
  memoryBytes,
  modelLimits,
  type Outcome,
} from '../core/index.ts'
import { modelFormats } from '../models/index.ts'
import { examine, judgeModel, together } from '../scan/index.ts'

/** How bytes in memory are examined; everything has a default. */
export interface ExaminedOptions {
  readonly limits?: Partial<ModelLimits>
  readonly formats?: readonly ModelFormat[]
  /** How the bytes are read, e.g. `forgetful`. */
  readonly read?: (data: Uint8Array) => Bytes
}

/** Bytes whose every answer is overwritten by the next one, as the contract allows. */
export function forgetful(data: Uint8Array): Bytes {
  let scratch = new Uint8Array(0)
  return {
    size: data.length,
    read(start, end) {
      const wanted = data.subarray(Math.max(0, start), Math.max(0, start, end))
      scratch.fill(0xee)
      if (scratch.length < wanted.length) scratch = new Uint8Array(wanted.length * 2)
      scratch.set(wanted)
      return scratch.subarray(0, wanted.length)
    },
  }
}

/** Examines bytes in memory as a file of a model, with all formats. */
export async function examined(
  name: string,
  data: Uint8Array,
  { limits = {}, formats = modelFormats, read = memoryBytes }: ExaminedOptions = {},
): Promise<ModelFile> {
  const { root } = await examine(name, read(data), formats, { ...modelLimits, ...limits })
  return { name, sizeBytes: data.length, sha256: createHash('sha256').update(data).digest('hex'), root }
}

/** A model of files in memory, as if they lay in one folder. */
export async function modelOf(files: ModelBytes, options: ExaminedOptions = {}): Promise<Model> {
  const all: ModelFile[] = []
  for (const [name, data] of Object.entries(files)) all.push(await examined(name, data, options))
  return { kind: 'model', name: 'model', ...(await together('model', all, options.formats)), leftOut: [] }
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
