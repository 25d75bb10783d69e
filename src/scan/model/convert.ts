import { existsSync } from 'node:fs'
import { Fault, modelLimits, type Tensor } from '../../core/index.ts'
import { objections } from './convert-allowed.ts'
import { namedTensors } from './convert-names.ts'
import { unwritable, type Written, writeSafetensors, writtenBytes } from './convert-write.ts'
import { openModel } from './open.ts'

/** Views of one storage may overlap; more than so many times the checkpoint is no checkpoint. */
const growth = { fold: 16, bytes: 64 << 20 }

/** What to convert, and where to. */
export interface ConvertRequest {
  readonly path: string
  readonly out: string
  readonly force?: boolean
  readonly signal?: AbortSignal
}

/** What came of a conversion: a file of tensors, or the reasons why there is none. */
export type Conversion =
  | (Written & {
      readonly kind: 'written'
      readonly tensors: number
      /** Values that are no tensors, by their names. */
      readonly leftOut: readonly string[]
    })
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }

/**
 * Writes the tensors of a pickle checkpoint as safetensors, bit for bit, without running the pickle: what rebuilds
 * tensors is followed, and a checkpoint that names anything else is refused.
 * @throws Fault when the checkpoint cannot be opened, or the target is there already and `force` is not set.
 */
export async function convertModel({ path, out, force = false, signal }: ConvertRequest): Promise<Conversion> {
  if (!force && existsSync(out))
    throw new Fault('would-overwrite', `${out} is there already.`, 'Give --force to overwrite it.')
  const model = await openModel([path], signal ? { signal } : {})
  try {
    if (model.files.length > 1) return refused([`${path} is a folder; convert its files one by one.`])
    const against = objections(model)
    if (against.length > 0) return refused(against)
    const named = namedTensors(model, modelLimits.steps)
    const tensors = [...named.tensors.values()]
    const wrong = [...named.objections, ...tensorObjections(tensors, model.files[0]?.sizeBytes ?? 0)]
    if (wrong.length > 0) return refused(wrong)
    const { leftOut } = named
    return { kind: 'written', tensors: tensors.length, leftOut, ...writeSafetensors(tensors, out, force) }
  } finally {
    model.close()
  }
}

const refused = (reasons: readonly string[]): Conversion => ({ kind: 'refused', reasons })

function tensorObjections(tensors: readonly Tensor[], sizeBytes: number): string[] {
  if (tensors.length === 0) return ['It holds no tensors.']
  const wrong = tensors.map(unwritable).filter(reason => reason !== null)
  if (wrong.length > 0) return wrong
  const total = tensors.reduce((sum, tensor) => sum + writtenBytes(tensor), 0)
  const most = Math.max(growth.bytes, sizeBytes * growth.fold)
  return total > most ? [`Its tensors would take ${total} bytes, more than ${growth.fold} times its own.`] : []
}
