import { basename } from 'node:path'
import { Fault, type Model, type ModelFile, type ModelFormat, type ModelLimits, modelLimits } from '../../core/index.ts'
import { modelFormats } from '../../models/index.ts'
import { fileBytes, spool } from '../../sources/index.ts'
import { startDigest } from './digest.ts'
import { examine } from './examine.ts'
import { findModel, type ModelPath } from './find.ts'
import { layOutFolder } from './folder.ts'

const mostSpooledBytes = 2 ** 40

/** A model whose files are open; close it when its tensors are no longer read. */
export interface OpenedModel extends Model {
  /** Sentences about what was found and is read by no loader, so that nobody examined it. */
  readonly remarks: readonly string[]
  close(): void
}

/** How to open a model. */
export interface OpenModelOptions {
  readonly limits?: Partial<ModelLimits>
  /** Name of the model; the last part of the path when absent. */
  readonly name?: string
  /** Stops between two files; those that were not reached are left out. */
  readonly signal?: AbortSignal
  /** Called before each file. */
  readonly onFile?: (name: string, nth: number, of: number) => void
  readonly formats?: readonly ModelFormat[]
  /** What `-` reads; standard input when absent. */
  readonly stdin?: AsyncIterable<Uint8Array>
}

/**
 * Examines files and folders as one model; runs nothing. A file that cannot be read is left out, said, and does not
 * keep the others from being judged.
 * @throws Fault when there is nothing to judge.
 */
export async function openModel(paths: readonly string[], options: OpenModelOptions = {}): Promise<OpenedModel> {
  const limits = { ...modelLimits, ...options.limits }
  const formats = options.formats ?? modelFormats
  const closers: (() => void)[] = []
  const found = await findModel(await spooled(paths, options, closers))
  const files: ModelFile[] = []
  const leftOut = [...found.leftOut]
  for (const [i, each] of found.files.entries()) {
    if (options.signal?.aborted) {
      leftOut.push({ name: each.name, reason: 'the scan was stopped before it was reached' })
      continue
    }
    options.onFile?.(each.name, i, found.files.length)
    // Lets a signal through between files that are read without waiting.
    if (i % 16 === 15) await new Promise(resolve => setImmediate(resolve))
    const read = await readFile(each, formats, limits, closers)
    if ('root' in read) files.push(read)
    else leftOut.push(read)
  }
  const close = () => closers.splice(0).forEach(each => void each())
  if (files.length === 0 && leftOut[0]) {
    close()
    const { name, reason } = leftOut[0]
    throw new Fault('unreadable', `${name}: ${reason}.`, 'Check the path and the permissions.')
  }
  const name = options.name ?? nameOf(paths)
  const whole = found.folder ? await together(name, files, formats, limits) : { files, notes: [] }
  return { kind: 'model', name, ...whole, leftOut, remarks: found.remarks, close }
}

/** Files of one folder as one model: layouts over them have had their say. */
export async function together(
  name: string,
  files: readonly ModelFile[],
  formats: readonly ModelFormat[] = modelFormats,
  limits: ModelLimits = modelLimits,
): Promise<Pick<Model, 'files' | 'notes'>> {
  const whole = await layOutFolder(name, files, formats, limits)
  if (whole.programs.length + whole.tensors.length === 0) return { files, notes: whole.notes }
  const place: ModelFile = { name, sizeBytes: 0, sha256: '', root: { ...whole, notes: [] } }
  return { files: [...files, place], notes: whole.notes }
}

/** Puts `-` into a file of its own: models are read anywhere, not front to back. */
async function spooled(
  paths: readonly string[],
  { stdin }: OpenModelOptions,
  closers: (() => void)[],
): Promise<readonly string[]> {
  if (!paths.includes('-')) return paths
  const { source, close } = await spool('stdin', stdin ?? process.stdin, mostSpooledBytes)
  closers.push(() => void close())
  return paths.map(path => (path === '-' ? source.path! : path))
}

const nameOf = (paths: readonly string[]): string =>
  paths.length === 1 ? basename(paths[0]!.replace(/[/\\]+$/, '')) || paths[0]! : `${paths.length} paths`

async function readFile(
  { name, path }: ModelPath,
  formats: readonly ModelFormat[],
  limits: ModelLimits,
  closers: (() => void)[],
): Promise<ModelFile | { readonly name: string; readonly reason: string }> {
  try {
    const bytes = fileBytes(path)
    closers.push(bytes.close)
    const digest = startDigest(path, bytes)
    // The examination may fail first; the digest must not be left without somebody to hear of its failure.
    digest.catch(() => {})
    const { root, close } = await examine(name, bytes, formats, limits)
    closers.push(close)
    return { name, sizeBytes: bytes.size, sha256: await digest, root }
  } catch (reason) {
    const why = reason instanceof Error ? reason.message.replace(`${path}: `, '').replace(/\.$/, '') : String(reason)
    return { name, reason: why }
  }
}
